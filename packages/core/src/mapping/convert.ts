import { joinValues, splitValues } from '../platform/index.js';
import type { DirectoryEntry, FieldType } from '../platform/index.js';
import { foldedKey } from './names.js';

/** A value as its field holds it, in its one spelling; or why the field cannot hold it. */
export type Converted = { value: string } | { problem: string };

/** Finds one of the choices of a field for a value that none of them equals; null when none fits. */
export type ChoiceFinder = (value: string) => string | null;

type HoldingField = Pick<DirectoryEntry, 'choices' | 'type'>;

/**
 * Converts a text to the type of a field:
 *
 * - TEXT takes everything as it is.
 * - NUMBER takes decimal numbers with a point, of at most 15 digits; `12.50` becomes `12.5`.
 * - BOOLEAN takes `true` `yes` `on` `1` and `false` `no` `off` `0`, in any case of letters.
 * - DATE takes a day or an instant in ISO 8601 that exists; an instant needs a time zone and becomes UTC with milliseconds.
 * - CHOICE takes one value that the field has, CHOICES several separated by `;`; a case of letters that differs is none.
 */
export function convert(text: string, field: HoldingField, findChoice: ChoiceFinder): Converted {
  return CONVERSIONS[field.type ?? 'TEXT'](text, field, findChoice);
}

type Conversion = (text: string, field: HoldingField, findChoice: ChoiceFinder) => Converted;

const CONVERSIONS: Readonly<Record<FieldType, Conversion>> = {
  TEXT: (text) => ({ value: text }),
  NUMBER: (text) => orProblem(numberOf(text.trim()), 'is no number such as 12.5 with at most 15 digits'),
  BOOLEAN: (text) => orProblem(BOOLEANS.get(foldedKey(text)) ?? null, 'is neither true nor false'),
  DATE: (text) => orProblem(dateOf(text.trim()), 'is no date such as 2026-11-21 or 2026-11-21T14:05:09Z'),
  CHOICE: (text, field, findChoice) => {
    const values = splitValues(text);
    if (values.length > 1) return { problem: 'has several values, and the field takes one' };
    return orProblem(choiceFor(values[0] ?? '', field, findChoice), NO_CHOICE);
  },
  CHOICES: (text, field, findChoice) => {
    const found = splitValues(text).map((value) => choiceFor(value, field, findChoice));
    return orProblem(found.includes(null) ? null : joinValues(new Set(found as string[])), NO_CHOICE);
  },
};

const NO_CHOICE = 'is none of the values that the field takes';

const orProblem = (value: string | null, problem: string): Converted => (value === null ? { problem } : { value });

const BOOLEANS: ReadonlyMap<string, string> = new Map([
  ...['true', 'yes', 'on', '1'].map((text) => [text, 'true'] as const),
  ...['false', 'no', 'off', '0'].map((text) => [text, 'false'] as const),
]);

function choiceFor(value: string, { choices }: HoldingField, findChoice: ChoiceFinder): string | null {
  if (choices.includes(value)) return value;
  const alike = choices.filter((choice) => foldedKey(choice) === foldedKey(value));
  return alike.length === 1 ? alike[0]! : findChoice(value);
}

/** More digits than these are not kept by every program that reads the number. */
const MOST_DIGITS = 15;

function numberOf(text: string): string | null {
  if (!/^[+-]?\d{1,30}(\.\d{1,30})?$/.test(text)) return null;
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  const counted = text.includes('.') ? digits.replace(/0+$/, '') : digits;
  if (counted.length > MOST_DIGITS) return null;
  const number = Number(text);
  return number === 0 ? '0' : plain(number, text);
}

/** Without exponents, which few programs take; of 15 digits only small fractions have one. */
function plain(number: number, text: string): string {
  const short = String(number);
  if (!short.includes('e')) return short;
  const decimals = text.split('.')[1]!.replace(/0+$/, '');
  return number.toFixed(decimals.length);
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

function dateOf(text: string): string | null {
  const parts = DATE.exec(text)
    ?.slice(1)
    .map((part) => (part === undefined ? null : Number(part)));
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = parts;
  if (!isOfCalendar(year!, month!, day!) || (hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 59) return null;
  if (hour === null || hour === undefined) return text;
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}

function isOfCalendar(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCFullYear(year);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
