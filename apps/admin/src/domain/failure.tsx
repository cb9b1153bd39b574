import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { failureSentence } from '../graphql/problems.js';
import { Notice } from '../ui/states.js';
import styles from '../ui/ui.module.css';
import { t } from './words.js';

/** A part of a page that could not be read. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }): JSX.Element {
  return (
    <div className={styles.panelBody}>
      <Notice tone="bad" role="alert">
        <div className={styles.row}>
          <span className={styles.noticeText}>{typeof error === 'string' ? error : failureSentence(error)}</span>
          {onRetry && (
            <Button variant="default" size="xs" onClick={onRetry}>
              {t('tryAgain')}
            </Button>
          )}
        </div>
      </Notice>
    </div>
  );
}
