import { invalidCursor } from '../graphql/cursors.js';
import { requestError } from '../graphql/errors.js';

/** Cursors of the positions in one log. */
export class LogCursors {
  private readonly pattern: RegExp;

  /** @param log tells the cursors of this log from those of others */
  constructor(private readonly log: string) {
    this.pattern = new RegExp(`^${log}:(\\d{1,15})$`);
  }

  of(sequence: number): string {
    return Buffer.from(`${this.log}:${sequence}`).toString('base64url');
  }

  /** The position of a cursor. Throws CURSOR_INVALID. */
  sequenceOf(cursor: string): number {
    const sequence = Number(this.pattern.exec(Buffer.from(cursor, 'base64url').toString())?.[1] ?? Number.NaN);
    if (Number.isNaN(sequence)) throw invalidCursor();
    return sequence;
  }

  /** Throws CURSOR_EXPIRED, with the cursor to begin anew from, for a position after which events were removed for their age. */
  requireKept(after: number, { pruned }: { pruned: number }): void {
    if (after >= pruned) return;
    const oldestCursor = this.of(pruned);
    throw requestError('CURSOR_EXPIRED', 'The events after this cursor are no longer kept.', { oldestCursor });
  }
}

/** Those of the log of changes. */
export const changeCursors = new LogCursors('e1');

/** Cursor of a position in the log of changes. */
export const cursorOfSequence = (sequence: number): string => changeCursors.of(sequence);
