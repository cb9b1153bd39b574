import { Button, Group, Modal, Stack } from '@mantine/core';
import type { JSX } from 'react';
import { useFocusReturn } from './focus.js';
import type { ConflictRow } from './merge.js';
import styles from './ui.module.css';
import { t } from './words.js';
import '../theme/dialog.css';

/** Shows where two versions of an object differ after somebody else has saved theirs, and asks which one is to go on. */
export function ConflictDialog({
  by,
  rows,
  onTakeTheirs,
  onKeepMine,
  onClose,
}: {
  /** Who has saved meanwhile, null when unknown. */
  by: string | null;
  rows: readonly ConflictRow[];
  onTakeTheirs: () => void;
  onKeepMine: () => void;
  onClose: () => void;
}): JSX.Element {
  useFocusReturn();
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={by === null ? t('changedMeanwhile') : t('changedBy', { by })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="md">
        {rows.length === 0 ? <div>{t('noDifference')}</div> : <Versions rows={rows} />}
        <div className={styles.sub}>{t('mineOverTheirs')}</div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onTakeTheirs} data-autofocus>
            {t('takeTheirs')}
          </Button>
          <Button onClick={onKeepMine}>{t('keepMine')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Versions({ rows }: { rows: readonly ConflictRow[] }): JSX.Element {
  return (
    <table className={`${styles.table ?? ''} ${styles.cards ?? ''}`}>
      <thead>
        <tr>
          <th scope="col">{t('what')}</th>
          <th scope="col">{t('mine')}</th>
          <th scope="col">{t('theirs')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, mine, theirs }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td data-label={t('mine')}>{mine}</td>
            <td data-label={t('theirs')}>{theirs}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
