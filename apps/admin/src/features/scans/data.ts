import { graphql, type EnumOf, type ResultOf } from '@sluice/client/graphql';
import { LocationFields } from '../../domain/job/job-data.js';
import { RunRowFields } from '../../domain/run/run-data.js';
import { ACTIVE_STATES, ENDED_STATES } from '../../domain/run/run-states.js';
import { client } from '../../graphql/client.js';
import { ListError, usePages, type Page } from '../../graphql/pages.js';
import { useChanges } from '../../graphql/use-changes.js';
import { t } from '../../graphql/words.js';
import type { Asked } from './asked.js';

const ScanRowFields = graphql(
  `
    fragment ScanRowFields on Run {
      ...RunRowFields
      statistics {
        itemsDiscovered
        bytesDiscovered
      }
      job {
        id
        name
        source {
          ...LocationFields
        }
      }
    }
  `,
  [RunRowFields, LocationFields],
);

export type ScanRow = ResultOf<typeof ScanRowFields>;

const ScansQuery = graphql(
  `
    query Scans($states: [RunState!], $after: String) {
      runs(first: 50, after: $after, filter: { transferTypes: [SCAN], states: $states }) {
        totalCount
        nodes {
          ...ScanRowFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [ScanRowFields],
);

export const ScanQuery = graphql(
  `
    query ScanPage($id: ID!) {
      run(id: $id) {
        ...ScanRowFields
        job {
          id
          transferType
          allowedActions
        }
      }
    }
  `,
  [ScanRowFields],
);

export type ScanOfPage = NonNullable<ResultOf<typeof ScanQuery>['run']>;

const STATES: Record<NonNullable<Asked['state']>, EnumOf<'RunState'>[]> = {
  underWay: ACTIVE_STATES,
  ended: ENDED_STATES,
};

async function readScans({ state }: Asked, after: string | null): Promise<Page<ScanRow>> {
  const states = state === undefined ? null : STATES[state];
  const { data } = await client.query({ query: ScansQuery, variables: { states, after }, fetchPolicy: 'no-cache' });
  if (!data?.runs) throw new ListError(t('refused'));
  return data.runs;
}

/** Runs of scans, latest first; the list follows what happens to them. */
export function useScans(asked: Asked) {
  const scans = usePages(asked.state ?? '', (after) => readScans(asked, after));
  useChanges(['RUN'], scans.refresh);
  return scans;
}
