import { graphql, type ResultOf } from '@sluice/client/graphql';
import { RunRowFields } from '../../domain/run/run-data.js';
import { client } from '../../graphql/client.js';
import { ListError, usePages, type Page } from '../../graphql/pages.js';
import { useChanges } from '../../graphql/use-changes.js';
import type { RunsAsked } from './asked.js';
import { runFilterOf } from './list-filter.js';
import { t } from './words.js';

export const RunsQuery = graphql(
  `
    query Runs($filter: RunFilter!, $after: String) {
      runs(first: 50, after: $after, filter: $filter) {
        totalCount
        nodes {
          ...RunRowFields
          job {
            id
            name
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [RunRowFields],
);

export type ListedRun = NonNullable<ResultOf<typeof RunsQuery>['runs']>['nodes'][number];

async function readRuns(asked: RunsAsked, after: string | null): Promise<Page<ListedRun>> {
  const { data } = await client.query({
    query: RunsQuery,
    variables: { filter: runFilterOf(asked), after },
    fetchPolicy: 'no-cache',
  });
  if (!data?.runs) throw new ListError(t('runsNotRead'));
  return data.runs;
}

/** Runs that the address asks for, latest first; the list follows what happens to runs. */
export function useRuns(asked: RunsAsked) {
  const runs = usePages(JSON.stringify(asked), (after) => readRuns(asked, after));
  useChanges(['RUN'], runs.refresh);
  return runs;
}

/** Jobs whose name holds a text, and the one that is chosen. */
export const JobChoicesQuery = graphql(`
  query RunJobChoices($name: String, $chosen: ID!) {
    jobs(first: 50, filter: { nameContains: $name }) {
      nodes {
        id
        name
      }
    }
    job(id: $chosen) {
      id
      name
    }
  }
`);
