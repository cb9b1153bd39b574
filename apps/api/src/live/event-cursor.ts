import { invalidCursor } from '../graphql/cursors.js';
import { requestError } from '../graphql/errors.js';

/** Cursor of a position in the log of changes. */
export function cursorOfSequence(sequence: number): string {
  return Buffer.from(`e1:${sequence}`).toString('base64url');
}

/** Throws CURSOR_INVALID. */
export function sequenceOfCursor(cursor: string): number {
  const sequence = Number(/^e1:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1] ?? Number.NaN);
  if (Number.isNaN(sequence)) throw invalidCursor();
  return sequence;
}

/** Throws CURSOR_EXPIRED, with the cursor to begin anew from, for a position after which events were removed for their age. */
export function requireKept(after: number, { pruned }: { pruned: number }): void {
  if (after >= pruned) return;
  const oldestCursor = cursorOfSequence(pruned);
  throw requestError('CURSOR_EXPIRED', 'The events after this cursor are no longer kept.', { oldestCursor });
}
