import type { JSX } from 'react';
import { PlatformIcon } from '../../domain/connection/connection-tags.js';
import { wordOf } from '../../ui/format.js';
import { Moment } from '../../ui/moment.js';
import { Facts, Panel } from '../../ui/page.js';
import styles from '../../ui/ui.module.css';
import { settingsOf, type ConnectionData } from './data.js';
import { ConnectionFrame } from './frame.js';
import { t } from './words.js';

export function SettingsPage(): JSX.Element {
  return (
    <ConnectionFrame>
      {(connection) => (
        <Panel title={t('settings')}>
          <Facts facts={factsOf(connection)} />
        </Panel>
      )}
    </ConnectionFrame>
  );
}

function factsOf(connection: ConnectionData): (readonly [string, JSX.Element | string])[] {
  const settings = Object.entries(settingsOf(connection)).flatMap(([key, value]) => {
    if (value === null || key === '__typename' || key.endsWith('Id')) return [];
    return [[t.known('setting', key) ?? wordOf(key), t.known('value', String(value)) ?? String(value)] as const];
  });
  const { credential, platform } = connection;
  const method = t.known('method', credential.method) ?? wordOf(credential.method);
  return [
    [
      t('platform'),
      <span key="platform" className={styles.row}>
        <PlatformIcon platform={platform.key} size={17} /> {platform.displayName}
      </span>,
    ],
    ...settings,
    [t('credential'), credential.isSet ? method : t('notStored', { method })],
    ...(credential.hint ? [[t('recognisedBy'), credential.hint] as const] : []),
    ...(credential.expiresAt
      ? [[t('validUntil'), <Moment key="valid" instant={credential.expiresAt} />] as const]
      : []),
    [t('changed'), <Moment key="changed" instant={connection.updatedAt} />],
  ];
}
