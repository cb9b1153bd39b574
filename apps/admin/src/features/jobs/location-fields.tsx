import { ActionIcon, NativeSelect, TextInput } from '@mantine/core';
import { IconFolderSearch } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { lazily } from '../../ui/lazily.js';
import styles from '../../ui/ui.module.css';
import { normalPath, type LocationValues } from './job-input.js';
import { t } from './words.js';

const FolderDialog = lazily(async () => (await import('./folder-dialog.js')).FolderDialog);

export interface ConnectionChoice {
  id: string;
  name: string;
  detail: string;
}

const WORDS = {
  source: {
    connection: () => t('sourceConnection'),
    help: () => t('sourceHelp'),
    folder: () => t('sourceFolder'),
    folderHelp: () => t('sourceFolderHelp'),
    browse: () => t('browseSource'),
  },
  destination: {
    connection: () => t('destinationConnection'),
    help: () => t('destinationHelp'),
    folder: () => t('destinationFolder'),
    folderHelp: () => t('destinationFolderHelp'),
    browse: () => t('browseDestination'),
  },
};

/** A connection and a folder in it. */
export function LocationFields({
  side,
  connections,
  value,
  errors,
  onChange,
}: {
  side: 'source' | 'destination';
  connections: readonly ConnectionChoice[];
  value: LocationValues;
  errors: { connection?: string; path?: string };
  onChange: (value: LocationValues) => void;
}): JSX.Element {
  const [isBrowsing, setBrowsing] = useState(false);
  const words = WORDS[side];
  const choices = connections.map(({ id, name: label, detail }) => ({
    value: id,
    label: detail ? t('choice', { name: label, detail }) : label,
  }));
  return (
    <div className={styles.fields}>
      <NativeSelect
        name={`${side}.connectionId`}
        label={words.connection()}
        description={words.help()}
        withAsterisk
        error={errors.connection}
        data={[{ value: '', label: t('chooseConnection') }, ...choices]}
        value={value.connectionId}
        onChange={(event) => onChange({ connectionId: event.currentTarget.value, path: '/' })}
      />
      <TextInput
        name={`${side}.path`}
        label={words.folder()}
        description={words.folderHelp()}
        error={errors.path}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={value.path}
        onChange={(event) => onChange({ ...value, path: event.currentTarget.value })}
        onBlur={() => onChange({ ...value, path: normalPath(value.path) })}
        rightSection={
          <ActionIcon
            variant="subtle"
            aria-label={words.browse()}
            disabled={value.connectionId === ''}
            onClick={() => setBrowsing(true)}
          >
            <IconFolderSearch size={18} />
          </ActionIcon>
        }
      />
      {isBrowsing && (
        <FolderDialog
          title={words.folder()}
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
