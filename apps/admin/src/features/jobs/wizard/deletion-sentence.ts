import type { JobValues } from '../job-input.js';
import { t } from './words.js';

/**
 * What a job deletes, as its type and its policies have it; null where nothing is deleted and nobody would expect it. A job that
 * keeps both sides alike says so even where its policies leave all deletions out.
 */
export function deletionSentence({
  transferType,
  policies,
}: Pick<JobValues, 'transferType' | 'policies'>): string | null {
  const { deletions, deletePermanently } = policies;
  if (transferType === 'SYNC' && deletions === 'IGNORE_BOTH') return t('deletesNothing');
  const what = t.known('deletes', transferType) ?? t.known('deletes', `${transferType}_${deletions}`);
  if (what === undefined) return null;
  return t(deletePermanently ? 'deletedForGood' : 'deletedToBin', { what });
}
