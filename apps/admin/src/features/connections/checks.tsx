import type { JSX } from 'react';
import styles from '../../ui/ui.module.css';
import type { ConnectionData } from './data.js';
import { CheckTag, stepWord } from '../../domain/connection/connection-tags.js';
import { t } from './words.js';

/** Steps of the last check, with what to do about those that did not pass. */
export function Checks({ health }: { health: ConnectionData['health'] }): JSX.Element {
  return (
    <ol className={styles.list} aria-label={t('checks')}>
      {health.checks.map((check) => (
        <li key={check.step}>
          <div className={`${styles.row ?? ''} ${styles.between ?? ''}`}>
            <strong className={styles.strong}>{stepWord(check.step)}</strong>
            <CheckTag outcome={check.outcome} />
          </div>
          {check.message && <span className={styles.sub}>{check.message}</span>}
          {check.remedy && <div className={`${styles.small ?? ''} ${styles.below ?? ''}`}>{check.remedy}</div>}
        </li>
      ))}
    </ol>
  );
}
