import { Button, TextInput } from '@mantine/core';
import type { JSX } from 'react';
import { ConnectionPicker } from '../../../domain/connection/connection-picker.js';
import { FolderTree } from '../../../domain/connection/folder-tree.js';
import { isTransfer } from '../../../domain/job/transfer-types.js';
import { ButtonLink } from '../../../ui/links.js';
import { Panel } from '../../../ui/page.js';
import { Blank } from '../../../ui/states.js';
import uiStyles from '../../../ui/ui.module.css';
import { normalPath, type LocationValues } from '../job-input.js';
import { t } from './words.js';
import type { StepProps } from './step-props.js';
import styles from './wizard.module.css';

const WORDS = {
  source: {
    side: () => t('source'),
    connection: () => t('sourceConnection'),
    help: (type: string) => t.known('sourceHelpOf', type) ?? t('sourceHelp'),
    folder: () => t('sourceFolder'),
    folderHelp: () => t('sourceFolderHelp'),
    folders: () => t('sourceFolders'),
  },
  destination: {
    side: () => t('destination'),
    connection: () => t('destinationConnection'),
    help: (type: string) => t.known('destinationHelpOf', type) ?? t('destinationHelp'),
    folder: () => t('destinationFolder'),
    folderHelp: () => t('destinationFolderHelp'),
    folders: () => t('destinationFolders'),
  },
};

/** Both places side by side, each with its folders; a scan has one. */
export function LocationsStep({ values, errors, basis, onChange }: StepProps): JSX.Element {
  if (basis.connections.length === 0) {
    return (
      <Panel title={t('step.locations')} isFlush>
        <Blank
          title={t('needsConnections')}
          action={<ButtonLink to="/connections/new">{t('addConnection')}</ButtonLink>}
        >
          {t('needsConnectionsWhy')}
        </Blank>
      </Panel>
    );
  }
  const place = (side: 'source' | 'destination') => (
    <Place
      side={side}
      type={values.transferType}
      value={values[side]}
      errors={{
        connection: errors[`${side}.connectionId`] ?? errors[side],
        path: errors[`${side}.at`],
      }}
      onChange={(value) => onChange({ [side]: value })}
    />
  );
  return (
    <div className={uiStyles.columns}>
      {place('source')}
      {isTransfer(values.transferType) && place('destination')}
    </div>
  );
}

interface PlaceProps {
  side: 'source' | 'destination';
  type: string;
  value: LocationValues;
  errors: { connection?: string; path?: string };
  onChange: (value: LocationValues) => void;
}

/** A connection and a folder in it, written or chosen from the tree. */
function Place({ side, type, value, errors, onChange }: PlaceProps): JSX.Element {
  const words = WORDS[side];
  return (
    <Panel title={words.side()}>
      <div className={uiStyles.stack}>
        <ConnectionPicker
          name={`${side}.connectionId`}
          label={words.connection()}
          description={words.help(type)}
          withAsterisk
          error={errors.connection}
          empty={t('chooseConnection')}
          labelOf={({ name, detail }) => (detail ? t('choice', { name, detail }) : name)}
          value={value.connectionId}
          onChange={(connectionId) => onChange({ connectionId, path: '/' })}
        />
        <TextInput
          name={`${side}.at`}
          label={words.folder()}
          description={words.folderHelp()}
          error={errors.path}
          className={styles.mono}
          value={value.path}
          onChange={(event) => onChange({ ...value, path: event.currentTarget.value })}
          onBlur={() => onChange({ ...value, path: normalPath(value.path) })}
        />
        {value.connectionId !== '' && (
          <Folders label={words.folders()} value={value} onChoose={(path) => onChange({ ...value, path })} />
        )}
      </div>
    </Panel>
  );
}

interface FoldersProps {
  label: string;
  value: LocationValues;
  onChoose: (path: string) => void;
}

function Folders({ label, value: { connectionId, path }, onChoose }: FoldersProps): JSX.Element {
  const chosen = normalPath(path);
  return (
    <div role="group" aria-label={label} className={styles.tree}>
      <Button
        variant={chosen === '/' ? 'light' : 'subtle'}
        size="xs"
        aria-pressed={chosen === '/'}
        onClick={() => onChoose('/')}
      >
        {t('root')}
      </Button>
      <FolderTree label={label} connectionId={connectionId} foldersOnly chosen={chosen} onChoose={onChoose} />
    </div>
  );
}
