import type { JSX } from 'react';
import { ConflictDialog } from '../../../ui/conflict-dialog.js';
import { mineOver } from '../../../ui/merge.js';
import type { JobValues } from '../job-input.js';
import type { Basis } from './basis.js';
import { useMappingSets } from './mapping-sets.js';
import { toldDifferences } from './told.js';
import type { DraftOfJob } from './use-draft.js';
import type { Conflict } from './use-save.js';

/** Of policies each one is a field of its own. */
const merged = (start: JobValues, mine: JobValues, theirs: JobValues): JobValues => ({
  ...mineOver(start, mine, theirs),
  policies: mineOver(start.policies, mine.policies, theirs.policies),
});

interface JobConflictProps {
  conflict: Conflict;
  values: JobValues;
  draft: DraftOfJob;
  basis: Basis;
  onSettled: () => void;
}

/** Both versions of a job that was changed elsewhere while it was edited here. */
export function JobConflict({ conflict, values, draft, basis, onSettled }: JobConflictProps): JSX.Element {
  const { sets } = useMappingSets();
  const { by, theirs } = conflict;
  const goOnWith = (now: JobValues) => {
    draft.goOnFrom(theirs, now);
    onSettled();
  };
  return (
    <ConflictDialog
      by={by}
      rows={toldDifferences(values, theirs.start, { ...basis, mappingSets: sets ?? [] })}
      onTakeTheirs={() => goOnWith(theirs.start)}
      onKeepMine={() => goOnWith(merged(draft.from.start, values, theirs.start))}
      onClose={onSettled}
    />
  );
}
