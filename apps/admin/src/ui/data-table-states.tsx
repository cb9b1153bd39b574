import { Button, Skeleton } from '@mantine/core';
import type { JSX } from 'react';
import styles from './data-table.module.css';
import { Notice } from './states.js';
import uiStyles from './ui.module.css';
import { t } from './words.js';

/** In place of a table whose first rows are not here yet. */
export function Waiting({ label }: { label: string }): JSX.Element {
  return (
    <div role="status" aria-label={label} className={styles.waiting}>
      {[92, 75, 84, 66].map((width) => (
        <Skeleton key={width} height={18} width={`${width}%`} radius="xs" />
      ))}
    </div>
  );
}

/** Why rows could not be read. */
export function Failed({ message, onRetry }: { message: string; onRetry: () => void }): JSX.Element {
  return (
    <div className={styles.waiting}>
      <Notice tone="bad" role="alert">
        <div className={uiStyles.row}>
          <span className={styles.failure}>{message}</span>
          <Button variant="default" size="xs" onClick={onRetry}>
            {t('tryAgain')}
          </Button>
        </div>
      </Notice>
    </div>
  );
}
