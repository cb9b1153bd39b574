import { graphql, type ResultOf, type VariablesOf } from '@sluice/client/graphql';
import { useCallback } from 'react';
import { LocationFields } from '../../../domain/job/job-data.js';
import { RunRowFields } from '../../../domain/run/run-data.js';
import { client } from '../../../graphql/client.js';
import { ListError, usePages, type Page } from '../../../graphql/pages.js';
import { useChanges } from '../../../graphql/use-changes.js';
import { t } from '../../../graphql/words.js';
import type { Asked } from './asked.js';

export const JobsQuery = graphql(
  `
    query Jobs($filter: JobFilter, $after: String) {
      jobs(first: 50, after: $after, filter: $filter) {
        totalCount
        nodes {
          id
          name
          transferType
          state
          labels
          policies {
            deletions
          }
          source {
            ...LocationFields
          }
          destination {
            ...LocationFields
          }
          schedule {
            cron
            intervalAfterEnd
            isEnabled
          }
          nextStartAt
          allowedActions
          latestRun {
            ...RunRowFields
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      flaggedItems {
        itemCount
        job {
          id
        }
      }
    }
  `,
  [LocationFields, RunRowFields],
);

type Answer = ResultOf<typeof JobsQuery>;

/** A job in the list. */
export type JobRow = NonNullable<Answer['jobs']>['nodes'][number] & {
  /** Items of the job that wait for a person. */
  flagged: number;
};

function withFlagged({ jobs, flaggedItems }: Answer): Page<JobRow> {
  if (!jobs) throw new ListError(t('refused'));
  const flaggedIn = (id: string) =>
    (flaggedItems ?? []).reduce((sum, { job, itemCount }) => sum + (job?.id === id ? itemCount : 0), 0);
  return { ...jobs, nodes: jobs.nodes.map((job) => ({ ...job, flagged: flaggedIn(job.id) })) };
}

const only = <Value>(value: Value | undefined): [Value] | null => (value === undefined ? null : [value]);

/** The condition for the request. */
export const filterOf = ({ search, type, platform, state, label }: Asked): VariablesOf<typeof JobsQuery>['filter'] => ({
  nameContains: search ?? null,
  transferTypes: only(type),
  platforms: only(platform),
  states: only(state),
  labels: only(label),
});

async function readJobs(asked: Asked, after: string | null): Promise<Page<JobRow>> {
  const variables = { filter: filterOf(asked), after };
  const { data } = await client.query({ query: JobsQuery, variables, fetchPolicy: 'no-cache' });
  if (!data) throw new ListError(t('refused'));
  return withFlagged(data);
}

/** Jobs by name that the address asks for; the list follows what happens to jobs and runs. */
export function useJobs(asked: Asked) {
  const jobs = usePages(JSON.stringify(asked), (after) => readJobs(asked, after));
  const { refresh } = jobs;
  useChanges(
    ['JOB', 'RUN'],
    useCallback(() => refresh(), [refresh]),
  );
  return jobs;
}
