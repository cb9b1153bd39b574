import { formatCount } from '../../ui/format.js';
import { t } from '../words.js';

/** What the sentence needs of a run's figures. */
export interface DoneFigures {
  itemsPlanned: number | null;
  itemsDone: number;
  outcomes: readonly { outcome: string; itemCount: number }[];
}

export const flaggedIn = ({ outcomes }: Pick<DoneFigures, 'outcomes'>): number =>
  outcomes.find(({ outcome }) => outcome === 'FLAGGED')?.itemCount ?? 0;

/** Whether a run had nothing that it could try, and yet items that it flagged. */
export const isOnlyFlagged = (figures: DoneFigures): boolean => figures.itemsPlanned === 0 && flaggedIn(figures) > 0;

/** How much of what could be tried is done. Items that were flagged at once were never planned, so they are named beside it. */
export function doneText(figures: DoneFigures): string {
  const { itemsPlanned, itemsDone } = figures;
  const flagged = flaggedIn(figures);
  if (itemsPlanned === null) return t('itemsDone', { count: itemsDone });
  if (itemsPlanned === 0) return flagged > 0 ? t('onlyFlagged', { count: flagged }) : t('nothingToDo');
  const text = t('itemsOf', { done: formatCount(itemsDone), count: itemsPlanned });
  return flagged > 0 ? t('andFlagged', { text, flagged: formatCount(flagged) }) : text;
}
