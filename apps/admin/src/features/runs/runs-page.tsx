/*
 * The room of runs: the list, and the page of one run that follows it live: progress, log, items, and what may be done with
 * them.
 */
import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { JSX } from 'react';
import { Failure } from '../../domain/failure.js';
import { RunRows } from '../../domain/run/run-rows.js';
import { ButtonLink } from '../../ui/links.js';
import { ListPage } from '../../ui/list-page.js';
import { Blank, Loading } from '../../ui/states.js';
import { useRuns } from './list-data.js';
import { RunFilters } from './run-filters.js';
import { t } from './words.js';

const route = getRouteApi('/shell/runs');

export function RunsPage(): JSX.Element {
  const asked = route.useSearch();
  const runs = useRuns(asked);
  const isNarrowed = Object.values(asked).some((value) => value !== undefined);
  return (
    <ListPage
      title={t('runs')}
      lead={t('runsLead')}
      count={runs.total === null ? t('runs') : t('count', { count: runs.total })}
      filters={<RunFilters />}
    >
      {runs.nodes.length > 0 && <RunRows runs={runs.nodes} />}
      {runs.nodes.length === 0 && runs.status === 'loading' && <Loading label={t('loadingRuns')} />}
      {runs.nodes.length === 0 && runs.status === 'idle' && <NoRuns isNarrowed={isNarrowed} />}
      {runs.failure !== null && <Failure error={runs.failure} onRetry={runs.hasMore ? runs.loadMore : runs.refresh} />}
      {runs.hasMore && runs.failure === null && (
        <Button variant="subtle" fullWidth loading={runs.status === 'loading'} onClick={runs.loadMore}>
          {t('moreRuns')}
        </Button>
      )}
    </ListPage>
  );
}

function NoRuns({ isNarrowed }: { isNarrowed: boolean }): JSX.Element {
  if (isNarrowed) return <Blank title={t('noRunFits')}>{t('otherFilters')}</Blank>;
  return (
    <Blank title={t('nothingYet')} action={<ButtonLink to="/jobs">{t('goToJobs')}</ButtonLink>}>
      {t('nothingYetWhy')}
    </Blank>
  );
}
