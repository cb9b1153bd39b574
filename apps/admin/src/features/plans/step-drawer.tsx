import { Drawer } from '@mantine/core';
import type { JSX } from 'react';
import { ActionTag } from '../../domain/job/job-tags.js';
import { reasonWord, revisionWord } from '../../domain/run/run-tags.js';
import { useFocusReturn } from '../../ui/focus.js';
import { formatBytes, lastSegment } from '../../ui/format.js';
import { Facts } from '../../ui/page.js';
import { Notice } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import type { Step } from './steps-data.js';
import { t } from './words.js';
import '../../theme/dialog.css';

/** Everything about one step. */
export function StepDrawer({ step, onClose }: { step: Step; onClose: () => void }): JSX.Element {
  useFocusReturn();
  const path = (value: string | null) => (value === null ? '–' : <span className={styles.path}>{value}</span>);
  return (
    <Drawer
      opened
      onClose={onClose}
      size="lg"
      title={lastSegment(step.sourcePath ?? step.destinationPath ?? '/')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={styles.stack}>
        <div className={styles.row}>
          <ActionTag action={step.action} />
          <span className={styles.dim}>{reasonWord(step.reason)}</span>
        </div>
        <p className={styles.flat}>{step.message}</p>
        {step.isDestructive && <Notice tone="warn">{t('cannotUndo')}</Notice>}
        <Facts
          facts={[
            [t('kind'), t(step.kind === 'FOLDER' ? 'folder' : 'file')],
            [t('writes'), t(`side.${step.side}`)],
            [t('atSource'), path(step.sourcePath)],
            [t('atDestination'), path(step.destinationPath)],
            step.isRevised ? [t('name'), step.revision ? revisionWord(step.revision) : t('adapted')] : null,
            step.kind === 'FOLDER' ? null : [t('toTransfer'), formatBytes(step.byteCount)],
          ]}
        />
      </div>
    </Drawer>
  );
}
