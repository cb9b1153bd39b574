/** What is known of a run that would remove what is gone at the source. */
export interface RemovalCase {
  /** Whether the source's listings prove that what they lack is gone. */
  provesAbsence: boolean;
  /** Whether the destination can remove. */
  canRemove: boolean;
  /** Items seen at the source. */
  seen: number;
  /** Items in the ledger. */
  remembered: number;
}

/** Why nothing may be removed in this run, in a sentence for people; null when what is proved gone may be. */
export function withheldBecause({ provesAbsence, canRemove, seen, remembered }: RemovalCase): string | null {
  if (!canRemove) return 'The destination cannot remove items.';
  if (!provesAbsence)
    return 'The source does not tell what was deleted there, and an item that is not seen may only be hidden.';
  if (seen === 0 && remembered > 0) return 'The source is empty and was not before.';
  return null;
}

/** The most that a run removes without asking: the larger of a number and a share of the ledger, 0 to 1. */
export interface RemovalGuard {
  maxItems: number;
  maxShare: number;
}

export const isGuardExceeded = (removals: number, remembered: number, { maxItems, maxShare }: RemovalGuard): boolean =>
  removals > Math.max(maxItems, Math.floor(remembered * maxShare));
