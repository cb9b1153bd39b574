import { ActionIcon, Button, Group, Modal, NativeSelect, TextInput } from '@mantine/core';
import { IconFolderSearch } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { FolderTree } from '../../domain/connection/folder-tree.js';
import styles from '../../ui/ui.module.css';
import { normalPath, type LocationValues } from './job-input.js';

export interface ConnectionChoice {
  id: string;
  name: string;
  detail: string;
}

/** A connection and a folder in it. `side` begins the accessible names: "Source connection", "Source folder". */
export function LocationFields({
  side,
  help,
  connections,
  value,
  errors,
  onChange,
}: {
  side: 'Source' | 'Destination';
  help: string;
  connections: readonly ConnectionChoice[];
  value: LocationValues;
  errors: { connection?: string; path?: string };
  onChange: (value: LocationValues) => void;
}): JSX.Element {
  const [isBrowsing, setBrowsing] = useState(false);
  const name = side.toLowerCase();
  const choices = connections.map(({ id, name: label, detail }) => ({
    value: id,
    label: detail ? `${label} (${detail})` : label,
  }));
  return (
    <div className={styles.fields}>
      <NativeSelect
        name={`${name}.connectionId`}
        label={`${side} connection`}
        description={help}
        withAsterisk
        error={errors.connection}
        data={[{ value: '', label: 'Choose a connection' }, ...choices]}
        value={value.connectionId}
        onChange={(event) => onChange({ connectionId: event.currentTarget.value, path: '/' })}
      />
      <TextInput
        name={`${name}.path`}
        label={`${side} folder`}
        description={
          side === 'Source'
            ? 'Everything below it is copied, but for what the filters leave out.'
            : 'It is created if it does not exist.'
        }
        error={errors.path}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={value.path}
        onChange={(event) => onChange({ ...value, path: event.currentTarget.value })}
        onBlur={() => onChange({ ...value, path: normalPath(value.path) })}
        rightSection={
          <ActionIcon
            variant="subtle"
            aria-label={`Browse ${name} folders`}
            disabled={value.connectionId === ''}
            onClick={() => setBrowsing(true)}
          >
            <IconFolderSearch size={18} />
          </ActionIcon>
        }
      />
      {isBrowsing && (
        <FolderDialog
          title={`${side} folder`}
          connectionId={value.connectionId}
          path={normalPath(value.path)}
          onChoose={(path) => {
            onChange({ ...value, path });
            setBrowsing(false);
          }}
          onClose={() => setBrowsing(false)}
        />
      )}
    </div>
  );
}

function FolderDialog({
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
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={styles.stack}>
        <Button
          variant={chosen === '/' ? 'light' : 'default'}
          size="xs"
          aria-pressed={chosen === '/'}
          onClick={() => setChosen('/')}
          w="fit-content"
        >
          Root of the connection
        </Button>
        <div style={{ maxHeight: '48vh', overflowY: 'auto' }}>
          <FolderTree connectionId={connectionId} foldersOnly chosen={chosen} onChoose={setChosen} />
        </div>
        <Group justify="space-between" gap="sm">
          <span className={styles.path}>{chosen}</span>
          <Button onClick={() => onChoose(chosen)}>Use this folder</Button>
        </Group>
      </div>
    </Modal>
  );
}
