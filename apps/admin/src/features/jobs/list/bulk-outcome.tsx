import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { NameLink } from '../../../ui/links.js';
import { Notice } from '../../../ui/states.js';
import styles from '../../../ui/ui.module.css';
import type { BulkResult } from './bulk.js';
import own from './list.module.css';
import { t } from './words.js';

/** What came of an action on several jobs: how many it was done with, and which were refused for what. */
export function BulkOutcome({ result, onDismiss }: { result: BulkResult; onDismiss: () => void }): JSX.Element {
  const { action, doneCount, refused } = result;
  return (
    <Notice tone={refused.length > 0 ? 'warn' : 'ok'} role="status">
      <div className={styles.row}>
        <span className={styles.grow}>
          {doneCount > 0 && t(`done.${action}`, { count: doneCount })}{' '}
          {refused.length > 0 && t('refused', { count: refused.length })}
        </span>
        <Button size="compact-sm" variant="default" onClick={onDismiss}>
          {t('dismiss')}
        </Button>
      </div>
      {refused.length > 0 && (
        <ul className={own.refused}>
          {refused.map(({ job, why }) => (
            <li key={job.id}>
              <NameLink to="/jobs/$jobId" params={{ jobId: job.id }}>
                {job.name}
              </NameLink>{' '}
              {why}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
