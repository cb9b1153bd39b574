import { Button, Group, Modal } from '@mantine/core';
import { useState, type JSX } from 'react';
import { FolderTree } from '../../domain/connection/folder-tree.js';
import styles from '../../ui/ui.module.css';
import { t } from './words.js';

/** The folders of a connection, to choose one of them. */
export function FolderDialog({
  title,
  connectionId,
  path,
  onChoose,
  onClose,
}: {
  title: string;
  connectionId: string;
  path: string;
  onChoose: (path: string) => void;
  onClose: () => void;
}): JSX.Element {
  const [chosen, setChosen] = useState(path);
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      <div className={styles.stack}>
        <Button
          variant={chosen === '/' ? 'light' : 'default'}
          size="xs"
          aria-pressed={chosen === '/'}
          onClick={() => setChosen('/')}
          w="fit-content"
        >
          {t('root')}
        </Button>
        <div style={{ maxHeight: '48vh', overflowY: 'auto' }}>
          <FolderTree connectionId={connectionId} foldersOnly chosen={chosen} onChoose={setChosen} />
        </div>
        <Group justify="space-between" gap="sm">
          <span className={styles.path}>{chosen}</span>
          <Button onClick={() => onChoose(chosen)}>{t('useFolder')}</Button>
        </Group>
      </div>
    </Modal>
  );
}
