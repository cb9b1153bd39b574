import { useCallback, useEffect, useRef, useState } from 'react';
import { graphql } from '@sluice/client/graphql';
import { ItemFields, type ItemData } from '../item/item-data.js';
import { client } from '../../graphql/client.js';
import { failureSentence } from '../../graphql/problems.js';
import { useStream } from '../../graphql/use-stream.js';
import type { FlaggedJob } from './groups.js';

const JobsQuery = graphql(`
  query AttentionJobs($first: Int!, $after: String) {
    jobs(first: $first, after: $after) {
      nodes {
        id
        name
        allowedActions
        items(first: 1, filter: { outcomes: [FLAGGED] }) {
          totalCount
          nodes {
            id
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const ItemsQuery = graphql(
  `
    query AttentionItems($id: ID!, $first: Int!) {
      job(id: $id) {
        id
        items(first: $first, filter: { outcomes: [FLAGGED] }) {
          nodes {
            ...ItemFields
          }
        }
      }
    }
  `,
  [ItemFields],
);

const WorkChanged = graphql(`
  subscription AttentionWorkChanged($after: String) {
    changes(topics: [RUN, JOB], after: $after) {
      cursor
      runState
      topic
    }
  }
`);

const JOBS_OF_A_PAGE = 50;
const MAX_JOBS = 500;
export const ITEMS_OF_A_JOB = 100;

export interface Attention {
  jobs: FlaggedJob<ItemData>[];
  /** Jobs that were looked at, where there are more than that; else null. */
  lookedAt: number | null;
}

/** Reads the flagged items of all jobs: of 500 jobs at most, and the first 100 items of each. */
async function readAttention(): Promise<Attention> {
  const jobs: FlaggedJob<ItemData>[] = [];
  let lookedAt = 0;
  for (let after: string | null = null; ;) {
    const variables: { first: number; after: string | null } = { first: JOBS_OF_A_PAGE, after };
    const { data } = await client.query({ query: JobsQuery, variables, fetchPolicy: 'no-cache' });
    const page = data?.jobs;
    for (const job of page?.nodes ?? []) {
      if (job.items.nodes.length === 0) continue;
      const items = await readItems(job.id);
      const mayRetry = job.allowedActions.includes('RETRY');
      jobs.push({ id: job.id, name: job.name, mayRetry, items, total: job.items.totalCount });
    }
    lookedAt += page?.nodes.length ?? 0;
    if (!page?.pageInfo.hasNextPage) return { jobs, lookedAt: null };
    if (lookedAt >= MAX_JOBS) return { jobs, lookedAt };
    after = page.pageInfo.endCursor;
  }
}

async function readItems(id: string): Promise<readonly ItemData[]> {
  const variables = { id, first: ITEMS_OF_A_JOB };
  const { data } = await client.query({ query: ItemsQuery, variables, fetchPolicy: 'no-cache' });
  return data?.job?.items.nodes ?? [];
}

const SETTLE_MS = 1_500;

/** What is flagged, read again a little after a run or job changed. */
export function useAttention(): { attention: Attention | null; failure: string | null; refresh: () => void } {
  const [state, setState] = useState<{ attention: Attention | null; failure: string | null }>({
    attention: null,
    failure: null,
  });
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const refresh = useCallback(() => {
    readAttention().then(
      (attention) => setState({ attention, failure: null }),
      (error: unknown) => setState((before) => ({ ...before, failure: failureSentence(error) })),
    );
  }, []);
  const soon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = null;
      refresh();
    }, SETTLE_MS);
  }, [refresh]);
  useEffect(() => {
    refresh();
    return () => {
      if (timer.current !== null) clearTimeout(timer.current);
    };
  }, [refresh]);
  useStream(
    WorkChanged,
    { after: null },
    ({ changes }) => {
      soon();
      return changes?.cursor ?? null;
    },
    soon,
  );
  return { ...state, refresh };
}
