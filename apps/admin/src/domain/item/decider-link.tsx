import type { JSX } from 'react';
import { TextLink } from '../../ui/links.js';
import styles from '../../ui/ui.module.css';
import type { Decider } from './flag-cures.js';
import { t } from '../words.js';

/** Steps of the job that decide; of all others it is that of the policies. */
const STEPS: Partial<Record<Decider, 'filters' | 'mappings'>> = { rules: 'filters', mappingSets: 'mappings' };

/** Leads to the part of a job that decides what happens to such items. */
export function DeciderLink({ jobId, decidedBy }: { jobId: string; decidedBy: Decider }): JSX.Element {
  return (
    <TextLink
      to="/jobs/$jobId/edit/$step"
      params={{ jobId, step: STEPS[decidedBy] ?? 'policies' }}
      className={styles.small}
    >
      {t('decide', { what: t(`decider.${decidedBy}`) })}
    </TextLink>
  );
}
