import { Button, Checkbox } from '@mantine/core';
import type { JSX } from 'react';
import { useCan } from '../../../domain/session.js';
import { confirm } from '../../../ui/confirm.js';
import styles from '../../../ui/ui.module.css';
import { removingAmong, type BulkAction } from './bulk.js';
import type { JobRow } from './list-data.js';
import { t } from './words.js';
import '../../../theme/checkbox.css';

interface BulkBarProps {
  shown: readonly JobRow[];
  selected: readonly JobRow[];
  /** Jobs that have had their turn; null while nothing goes on. */
  done: number | null;
  onSelect: (jobs: readonly JobRow[]) => void;
  onAct: (action: BulkAction, jobs: readonly JobRow[]) => void;
}

/** Selects all jobs that are shown, and does one thing with those that are selected. */
export function BulkBar({ shown, selected, done, onSelect, onAct }: BulkBarProps): JSX.Element {
  const canRun = useCan('RUNS_CONTROL');
  const canHold = useCan('JOBS_WRITE');
  const isNone = selected.length === 0 || done !== null;
  const isAll = shown.length > 0 && selected.length === shown.length;
  return (
    <>
      <Checkbox
        size="xs"
        label={selected.length === 0 ? t('selectAll') : t('selected', { count: selected.length })}
        checked={isAll}
        indeterminate={!isAll && selected.length > 0}
        disabled={done !== null}
        onChange={() => onSelect(isAll ? [] : shown)}
      />
      {done !== null && (
        <span role="status" className={styles.dim}>
          {t('working', { done, count: selected.length })}
        </span>
      )}
      {canRun && <RunSelected selected={selected} isDisabled={isNone} onRun={() => onAct('run', selected)} />}
      {canHold && (
        <>
          <Button size="xs" variant="default" disabled={isNone} onClick={() => onAct('suspend', selected)}>
            {t('suspend')}
          </Button>
          <Button size="xs" variant="default" disabled={isNone} onClick={() => onAct('resume', selected)}>
            {t('resume')}
          </Button>
        </>
      )}
    </>
  );
}

interface RunSelectedProps {
  selected: readonly JobRow[];
  isDisabled: boolean;
  onRun: () => void;
}

/** Runs the selected jobs, once that is confirmed. */
function RunSelected({ selected, isDisabled, onRun }: RunSelectedProps): JSX.Element {
  const ask = () =>
    confirm({
      title: t('runTitle', { count: selected.length }),
      children: (
        <div>
          {t('runWhat')} <Removing jobs={selected} />
        </div>
      ),
      action: t('run'),
      isPlain: true,
      onConfirm: () => {
        onRun();
        return Promise.resolve(null);
      },
    });
  return (
    <Button size="xs" disabled={isDisabled} onClick={ask}>
      {t('run')}
    </Button>
  );
}

function Removing({ jobs }: { jobs: readonly JobRow[] }): JSX.Element | null {
  const count = removingAmong(jobs);
  return count === 0 ? null : <strong>{t('removes', { count })}</strong>;
}
