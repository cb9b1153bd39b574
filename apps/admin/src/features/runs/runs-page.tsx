/*
 * The room of runs: the list, and the page of one run that follows it live: progress, log, items, and what may be done with
 * them.
 */
import { useQuery } from '@apollo/client/react';
import { NativeSelect } from '@mantine/core';
import { useState, type JSX } from 'react';
import { graphql } from '@sluice/client/graphql';
import { ButtonLink } from '../../ui/links.js';
import { Page, Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import { RunRows } from '../../domain/run/run-rows.js';
import { ALL_STATES, stateOf } from '../../domain/run/run-tags.js';
import { Failure } from '../../domain/failure.js';
import { RunRowFields, type RunRow } from '../../domain/run/run-data.js';
import { ACTIVE_STATES } from '../../domain/run/run-states.js';
import { t } from './words.js';

const RunsQuery = graphql(
  `
    query Runs($first: Int!, $states: [RunState!]) {
      runs(first: $first, filter: { states: $states }) {
        totalCount
        nodes {
          ...RunRowFields
          job {
            id
            name
          }
        }
      }
    }
  `,
  [RunRowFields],
);

type RunState = RunRow['state'];

const choices = () => [
  { value: '', label: t('allRuns') },
  { value: 'ACTIVE', label: t('inProgress') },
  ...ALL_STATES.map((value) => ({ value, label: stateOf(value).label })),
];

export function RunsPage(): JSX.Element {
  const [choice, setChoice] = useState('');
  const states = choice === '' ? null : choice === 'ACTIVE' ? ACTIVE_STATES : [choice as RunState];
  const { data, previousData, error, refetch } = useQuery(RunsQuery, {
    variables: { first: 50, states },
    pollInterval: 4000,
  });
  const page = (data ?? previousData)?.runs;
  return (
    <Page title={t('runs')} lead={t('runsLead')}>
      <Panel
        title={page ? t('count', { count: page.totalCount }) : t('runs')}
        isFlush
        aside={
          <NativeSelect
            size="xs"
            aria-label={t('showByState')}
            data={choices()}
            value={choice}
            onChange={(event) => setChoice(event.currentTarget.value)}
          />
        }
      >
        {!page &&
          (error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label={t('loadingRuns')} />)}
        {page && page.nodes.length > 0 && <RunRows runs={page.nodes} />}
        {page && page.nodes.length === 0 && (
          <Blank
            title={choice === '' ? t('nothingYet') : t('noneInState')}
            action={choice === '' && <ButtonLink to="/jobs">{t('goToJobs')}</ButtonLink>}
          >
            {choice === '' ? t('nothingYetWhy') : t('otherState')}
          </Blank>
        )}
      </Panel>
    </Page>
  );
}
