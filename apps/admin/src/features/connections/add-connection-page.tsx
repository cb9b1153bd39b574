import { useQuery } from '@apollo/client/react';
import { getRouteApi } from '@tanstack/react-router';
import type { JSX } from 'react';
import { Page, Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import uiStyles from '../../ui/ui.module.css';
import styles from './connections.module.css';
import { ConnectionSetup } from './connection-setup.js';
import { PlatformsQuery, type PlatformForm } from './form.js';
import { NewConnection } from './new-connection.js';
import { PlatformIcon, platformNote } from '../../domain/connection/connection-tags.js';
import { Failure } from '../../domain/failure.js';
import { t } from './words.js';

const route = getRouteApi('/shell/connections/new');

export function AddConnectionPage(): JSX.Element {
  const { platform: key, id, step } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, loading, refetch } = useQuery(PlatformsQuery);
  const platforms = data?.platforms ?? [];
  const platform = platforms.find((one) => one.key === key);
  const title =
    id !== undefined
      ? t('setUp')
      : platform
        ? t('addConnectionTo', { platform: platform.displayName })
        : t('addConnection');
  const show = () => {
    if (id !== undefined) return <ConnectionSetup key={`${id} ${step ?? ''}`} id={id} step={step ?? null} />;
    if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
    if (loading && !data) return <Loading label={t('loadingPlatforms')} />;
    if (!platform)
      return (
        <PlatformCards platforms={platforms} onChoose={(chosen) => void navigate({ search: { platform: chosen } })} />
      );
    const onCreated = (created: string) =>
      void navigate({ search: { platform: platform.key, id: created }, replace: true });
    return <NewConnection key={platform.key} platform={platform} onCreated={onCreated} />;
  };
  return (
    <Page title={title} isNarrow back={{ to: '/connections', label: t('connections') }}>
      {show()}
    </Page>
  );
}

function PlatformCards({
  platforms,
  onChoose,
}: {
  platforms: readonly PlatformForm[];
  onChoose: (key: PlatformForm['key']) => void;
}): JSX.Element {
  if (platforms.length === 0) {
    return (
      <Panel title={t('choosePlatform')} isFlush>
        <Blank title={t('noPlatform')}>{t('noPlatformWhy')}</Blank>
      </Panel>
    );
  }
  return (
    <Panel title={t('choosePlatform')}>
      <ul className={`${uiStyles.list ?? ''} ${styles.cards ?? ''}`}>
        {platforms.map((platform) => (
          <li key={platform.key}>
            <div className={styles.card}>
              <PlatformIcon platform={platform.key} size={28} />
              <span>
                <button type="button" className={styles.choose} onClick={() => onChoose(platform.key)}>
                  {platform.displayName}
                </button>
                <span className={uiStyles.sub}>{platformNote(platform.key)}</span>
              </span>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
