import type { JSX } from 'react';
import { TextLink } from '../../ui/links.js';
import styles from '../../ui/ui.module.css';
import type { Decider } from './flag-cures.js';
import { t } from '../words.js';

/** Leads to the part of a job that decides what happens to such items. */
export function DeciderLink({ jobId, decidedBy }: { jobId: string; decidedBy: Decider }): JSX.Element {
  return (
    <TextLink to="/jobs/$jobId/edit" params={{ jobId }} className={styles.small}>
      {t('decide', { what: t(`decider.${decidedBy}`) })}
    </TextLink>
  );
}
