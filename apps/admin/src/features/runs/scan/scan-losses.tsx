import { useQuery } from '@apollo/client/react';
import { NativeSelect } from '@mantine/core';
import { useState, type JSX } from 'react';
import { IssueList } from '../../../domain/job/issue-list.js';
import { Panel } from '../../../ui/page.js';
import { Blank, Loading } from '../../../ui/states.js';
import type { ResultOf } from '@sluice/client/graphql';
import { ScanLossesQuery, type ScanPlatformsQuery } from './scan-data.js';
import { Failure } from '../../../domain/failure.js';
import { t } from '../words.js';

export type PlatformChoice = NonNullable<ResultOf<typeof ScanPlatformsQuery>['platforms']>[number];

/** What a copy of everything could lose at a platform that one chooses. */
export function ScanLosses({
  runId,
  platforms,
}: {
  runId: string;
  platforms: readonly [PlatformChoice, ...PlatformChoice[]];
}): JSX.Element {
  const [chosen, setChosen] = useState<PlatformChoice['key'] | null>(null);
  const platform = chosen ?? platforms[0].key;
  const { data, error, refetch } = useQuery(ScanLossesQuery, {
    variables: { id: runId, destination: { platform } },
  });
  const losses = data?.run?.scan?.losses;
  return (
    <Panel
      title={t('wouldLose')}
      isFlush
      aside={
        <NativeSelect
          size="xs"
          aria-label={t('platformToCopyTo')}
          data={platforms.map(({ key, displayName }) => ({
            value: key,
            label: t('toPlatform', { platform: displayName }),
          }))}
          value={platform}
          onChange={(event) => setChosen(event.currentTarget.value as PlatformChoice['key'])}
        />
      }
    >
      {!losses &&
        (error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label={t('comparing')} />)}
      {losses?.length === 0 && <Blank title={t('nothingLost')}>{t('nothingLostWhy')}</Blank>}
      {losses && losses.length > 0 && <IssueList issues={losses} label={t('wouldLose')} />}
    </Panel>
  );
}
