import { isConflict, type Problem } from '../../graphql/problems.js';
import { toastProblems } from '../../ui/toast.js';
import { t } from './words.js';

/** Says why a change of a set was refused, and returns whether it was; a set that somebody else has changed is read `again`. */
export function tellRefused(problems: readonly Problem[] | undefined, again: () => void): boolean {
  if (!problems?.some(isConflict)) return toastProblems(problems);
  again();
  return toastProblems([{ message: t('changedMeanwhile') }]);
}
