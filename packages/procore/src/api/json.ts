import { instantOf } from '@sluice/core/platform';

/** Reading of JSON that others wrote: every reader answers null for what is not there or of another kind. */
export type Json = Record<string, unknown>;

const LONG_NUMBER = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;

/** Parses text; whole numbers too long to be exact become text. Undefined: it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    const exact = /\d{16}/.test(text)
      ? text.replace(LONG_NUMBER, (part) => (part.startsWith('"') ? part : `"${part}"`))
      : text;
    return JSON.parse(exact) as unknown;
  } catch {
    return undefined;
  }
}

export function recordOf(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

/** The rows of a list, also when it is wrapped as `{ data: [] }`; null when there is no list. */
export function rowsOf(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value as unknown[];
  const data = recordOf(value)?.['data'];
  return Array.isArray(data) ? (data as unknown[]) : null;
}

/** The object of a reply, also when it is wrapped as `{ data: {} }` or is the only row of a list. */
export function objectOf(value: unknown): Json | null {
  if (Array.isArray(value)) return value.length === 1 ? recordOf(value[0]) : null;
  const record = recordOf(value);
  return record && !('id' in record) && recordOf(record['data']) ? recordOf(record['data']) : record;
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** An identifier as text, given as number or text. */
export function idOf(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** A size or count: a whole number from 0, given as number or text. */
export function countOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

export function dateOf(value: unknown): Date | null {
  if (typeof value !== 'string' || value === '') return null;
  return instantOf(Date.parse(value));
}

export function flagOf(value: unknown): boolean | null {
  if (value === 'true') return true;
  if (value === 'false') return false;
  return typeof value === 'boolean' ? value : null;
}

/** An identifier as Procore's v1 wants it: a number where it is exact. */
export function wireId(id: string): number | string {
  const number = Number(id);
  return /^\d+$/.test(id) && Number.isSafeInteger(number) ? number : id;
}
