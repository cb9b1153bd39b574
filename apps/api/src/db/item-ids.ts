/** Steps that a plan may have; the identifier of a step is the ordinal of its plan, times this, and its number in the plan. */
export const STEPS_PER_PLAN = 2 ** 26;

const DIGITS = 11;
const TEXT = /^item_([0-9a-z]{11})$/;
/** No step has it, since plans are numbered from 1. */
const NOBODY = 0;

/** The identifier as it is known outside this server, where it is opaque: `item_00000000abc`. */
export function itemIdOf(value: number): string {
  return `item_${value.toString(36).padStart(DIGITS, '0')}`;
}

/** The number in the store; that of no step for a text that is no identifier of one. */
export function itemNumberOf(id: string): number {
  const value = Number.parseInt(TEXT.exec(id)?.[1] ?? '', 36);
  return Number.isSafeInteger(value) ? value : NOBODY;
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
