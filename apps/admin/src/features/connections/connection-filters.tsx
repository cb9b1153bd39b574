import { NativeSelect, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { JSX } from 'react';
import { CONNECTION_STATUSES, connectionStatusWord } from '../../domain/connection/connection-tags.js';
import { useSettledText } from '../../ui/settled-text.js';
import type { Asked } from './filter.js';
import type { PlatformName } from './list-data.js';
import { t } from './words.js';

const route = getRouteApi('/shell/connections');
const REST_MS = 250;

/** What narrows the list; each choice is part of the address at once. */
export function ConnectionFilters({ platforms }: { platforms: readonly PlatformName[] }): JSX.Element {
  const asked = route.useSearch();
  const navigate = route.useNavigate();
  const change = (part: Asked) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const { text, setText } = useSettledText(
    asked.search ?? '',
    (search) => change({ search: search || undefined }),
    REST_MS,
  );
  return (
    <>
      <TextInput
        type="search"
        label={t('searchConnections')}
        placeholder={t('searchByName')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('platform')}
        data={[
          { value: '', label: t('anyPlatform') },
          ...platforms.map(({ key, displayName }) => ({ value: key, label: displayName })),
        ]}
        value={asked.platform ?? ''}
        onChange={(event) => change({ platform: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        label={t('status')}
        data={[
          { value: '', label: t('anyStatus') },
          ...CONNECTION_STATUSES.map((status) => ({ value: status, label: connectionStatusWord(status) })),
        ]}
        value={asked.status ?? ''}
        onChange={(event) => change({ status: event.currentTarget.value || undefined })}
      />
    </>
  );
}
