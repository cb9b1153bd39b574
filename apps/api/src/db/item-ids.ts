/** Steps that a plan may have; the identifier of a step is the ordinal of its plan, times this, and its number in the plan. */
export const STEPS_PER_PLAN = 2 ** 26;

const START = 'item_';
const DIGITS = 11;
const BASE = 36;
const [ZERO, NINE, A, Z] = ['0', '9', 'a', 'z'].map((character) => character.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
];
/** No step has it, since plans are numbered from 1. */
const NOBODY = 0;

/** The identifier as it is known outside this server, where it is opaque: `item_00000000abc`. */
export function itemIdOf(value: number): string {
  return START + value.toString(BASE).padStart(DIGITS, '0');
}

/** The number in the store; that of no step for a text that is no identifier of one. Without an expression: of each step it is asked often. */
export function itemNumberOf(id: string): number {
  if (id.length !== START.length + DIGITS || !id.startsWith(START)) return NOBODY;
  let value = 0;
  for (let at = START.length; at < id.length; at++) {
    const digit = digitOf(id.charCodeAt(at));
    if (digit < 0) return NOBODY;
    value = value * BASE + digit;
  }
  return Number.isSafeInteger(value) ? value : NOBODY;
}

function digitOf(code: number): number {
  if (code >= ZERO && code <= NINE) return code - ZERO;
  return code >= A && code <= Z ? code - A + 10 : -1;
}

/** Identifier of a step by the ordinal of its plan and its number there, from 1. */
export function stepIdOf(ordinal: number, sequence: number): string {
  if (sequence >= STEPS_PER_PLAN) throw new Error('The plan has too many steps.');
  return itemIdOf(ordinal * STEPS_PER_PLAN + sequence);
}

/** Ordinal of the plan that an item belongs to. */
export function planOrdinalOf(id: string): number {
  return Math.floor(itemNumberOf(id) / STEPS_PER_PLAN);
}
