/** What the two places of a job can do about deletions. */
export interface RemovalAbility {
  /** Whether the source's listings prove that what they lack is gone. */
  provesAbsence: boolean;
  /** Whether the destination can remove. */
  canRemove: boolean;
}

/** What is known of a run that would remove what is gone at the source. */
export interface RemovalCase extends RemovalAbility {
  /** Items seen at the source. */
  seen: number;
  /** Items in the ledger. */
  remembered: number;
}

/** Why deletions can never be followed between two places, in a sentence for people; null when they can. */
export function cannotRemoveBecause({ provesAbsence, canRemove }: RemovalAbility): string | null {
  if (!canRemove) return 'The destination cannot remove items.';
  if (!provesAbsence)
    return 'The source does not tell what was deleted there, and an item that is not seen may only be hidden.';
  return null;
}

/** Why nothing may be removed in this run, in a sentence for people; null when what is proved gone may be. */
export function withheldBecause({ seen, remembered, ...ability }: RemovalCase): string | null {
  const isEmptied = seen === 0 && remembered > 0;
  return cannotRemoveBecause(ability) ?? (isEmptied ? 'The source is empty and was not before.' : null);
}

/** The most that a run removes without asking: the larger of a number and a share of the ledger, 0 to 1. */
export interface RemovalGuard {
  maxItems: number;
  maxShare: number;
}

export const isGuardExceeded = (removals: number, remembered: number, { maxItems, maxShare }: RemovalGuard): boolean =>
  removals > Math.max(maxItems, Math.floor(remembered * maxShare));
