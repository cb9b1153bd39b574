import type { JSX } from 'react';
import { DeciderLink } from '../../domain/item/decider-link.js';
import { Notice } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import type { FlaggedCures } from './use-flagged.js';
import { t } from './words.js';

/** Says of flagged items that another try cannot settle what of the job would. */
export function StuckItems({ cures, jobId }: { cures: FlaggedCures; jobId: string }): JSX.Element | null {
  if (!cures.hasStuck) return null;
  return (
    <Notice tone="warn">
      <div className={styles.row}>
        <span>{t(cures.mayRetry ? 'someStuck' : 'allStuck')}</span>
        {cures.deciders.map((decidedBy) => (
          <DeciderLink key={decidedBy} jobId={jobId} decidedBy={decidedBy} />
        ))}
      </div>
    </Notice>
  );
}
