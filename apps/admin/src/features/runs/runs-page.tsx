/*
 * The room of runs: the list, and the page of one run that follows it live: progress, log, items, and what may be done with
 * them.
 */
import { useQuery } from '@apollo/client/react';
import { NativeSelect } from '@mantine/core';
import { useState, type JSX } from 'react';
import { graphql } from '@sluice/client/graphql';
import { countOf } from '../../ui/format.js';
import { ButtonLink } from '../../ui/links.js';
import { Page, Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import { RunRows } from '../../domain/run/run-rows.js';
import { STATES } from '../../domain/run/run-tags.js';
import { Failure } from '../../domain/failure.js';
import { RunRowFields, type RunRow } from '../../domain/run/run-data.js';
import { ACTIVE_STATES } from '../../domain/run/run-states.js';

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

const CHOICES = [
  { value: '', label: 'All runs' },
  { value: 'ACTIVE', label: 'Runs in progress' },
  ...Object.entries(STATES).map(([value, { label }]) => ({ value, label })),
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
    <Page title="Runs" lead="Every execution of every job, latest first.">
      <Panel
        title={page ? countOf(page.totalCount, 'run') : 'Runs'}
        isFlush
        aside={
          <NativeSelect
            size="xs"
            aria-label="Show runs by state"
            data={CHOICES}
            value={choice}
            onChange={(event) => setChoice(event.currentTarget.value)}
          />
        }
      >
        {!page && (error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label="Loading runs" />)}
        {page && page.nodes.length > 0 && <RunRows runs={page.nodes} />}
        {page && page.nodes.length === 0 && (
          <Blank
            title={choice === '' ? 'Nothing has run yet' : 'No run is in this state'}
            action={choice === '' && <ButtonLink to="/jobs">Go to the jobs</ButtonLink>}
          >
            {choice === ''
              ? 'Open a job and choose Run now. Its progress appears here.'
              : 'Choose another state to see more runs.'}
          </Blank>
        )}
      </Panel>
    </Page>
  );
}
