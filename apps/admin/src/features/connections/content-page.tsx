import type { JSX } from 'react';
import { FolderTree } from '../../domain/connection/folder-tree.js';
import { Panel } from '../../ui/page.js';
import styles from '../../ui/ui.module.css';
import { ConnectionFrame } from './frame.js';
import { t } from './words.js';

const BROWSABLE: readonly string[] = ['HEALTHY', 'DEGRADED', 'UNTESTED'];

export function ContentPage(): JSX.Element {
  return (
    <ConnectionFrame>
      {({ id, health }) => (
        <Panel title={t('content')}>
          {BROWSABLE.includes(health.status) ? (
            <FolderTree label={t('content')} connectionId={id} foldersOnly={false} />
          ) : (
            <span className={styles.dim}>{t('notBrowsable')}</span>
          )}
        </Panel>
      )}
    </ConnectionFrame>
  );
}
