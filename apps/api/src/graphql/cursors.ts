import { createHash } from 'node:crypto';
import { requestError } from './errors.js';

/** What a cursor holds: the values by which its list is ordered. Times are epoch milliseconds. */
export type SortValue = string | number | boolean;

const VERSION = 1;

/** Cursor of an entry. `list` is the name of the list with everything that decides what it holds and in which order. */
export function encodeCursor(list: readonly unknown[], values: readonly SortValue[]): string {
  return cursorEncoder(list)(values);
}

/** Cursors of many entries of one list. */
export function cursorEncoder(list: readonly unknown[]): (values: readonly SortValue[]) => string {
  let mark: string | null = null;
  return (values) => {
    mark ??= fingerprint(list);
    return Buffer.from(JSON.stringify([VERSION, mark, ...values])).toString('base64url');
  };
}

/** The values of a cursor of this very list. Throws CURSOR_INVALID. */
export function decodeCursor(list: readonly unknown[], cursor: string): unknown[] {
  const [version, mark, ...values] = parse(cursor);
  if (version !== VERSION || mark !== fingerprint(list)) throw invalidCursor();
  return values;
}

export function invalidCursor(): Error {
  return requestError('CURSOR_INVALID', 'The cursor is damaged or belongs to another list, filter or order.');
}

function parse(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(value)) return value;
  } catch {
    // A text that is no JSON is refused below, like a cursor of another list.
  }
  throw invalidCursor();
}

function fingerprint(list: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 8);
}
