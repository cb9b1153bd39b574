import { graphql, type ResultOf, type VariablesOf } from '@sluice/client/graphql';
import { client } from '../../graphql/client.js';
import { ListError } from '../../graphql/pages.js';
import { PLACED_PAGE, unshared, type PlacedSource } from '../../graphql/placed-pages.js';
import type { Asked } from './asked.js';
import { t } from './words.js';

const StepsQuery = graphql(`
  query PlanSteps($id: ID!, $filter: PlanStepFilter, $first: Int!, $offset: Int!) {
    plan(id: $id) {
      id
      steps(first: $first, filter: $filter, offset: $offset) {
        nodes {
          action
          side
          kind
          sourcePath
          destinationPath
          reason
          message
          byteCount
          isDestructive
          isRevised
          revision
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  }
`);

const StepCountQuery = graphql(`
  query PlanStepCount($id: ID!, $filter: PlanStepFilter) {
    plan(id: $id) {
      id
      steps(first: 1, filter: $filter, offset: 0) {
        totalCount
      }
    }
  }
`);

export type Step = NonNullable<ResultOf<typeof StepsQuery>['plan']>['steps']['nodes'][number];

/** The steps that fit, in the order in which they are carried out. */
export function stepsOf(planId: string, { action, path, destructive }: Asked): PlacedSource<Step> {
  const filter = {
    ...(action && { actions: [action as Step['action']] }),
    ...(path && { pathContains: path }),
    ...(destructive && { isDestructive: true }),
  };
  return {
    readPage: (offset, signal) => readPage({ id: planId, filter, offset, first: PLACED_PAGE }, signal),
    readTotal: async (signal) => {
      const { data } = await client.query({
        query: StepCountQuery,
        variables: { id: planId, filter },
        fetchPolicy: 'no-cache',
        context: unshared(signal),
      });
      const total = data?.plan?.steps.totalCount;
      if (typeof total !== 'number') throw new ListError(t('notRead'));
      return total;
    },
  };
}

/** The first steps that lose or replace content. */
export const readDestructive = (planId: string, first: number) =>
  readPage({ id: planId, filter: { isDestructive: true }, offset: 0, first });

const NEVER = new AbortController().signal;

async function readPage(variables: VariablesOf<typeof StepsQuery>, signal = NEVER) {
  const { data } = await client.query({
    query: StepsQuery,
    variables,
    fetchPolicy: 'no-cache',
    context: unshared(signal),
  });
  if (!data?.plan) throw new ListError(t('notRead'));
  const { nodes, pageInfo } = data.plan.steps;
  return { nodes, pageInfo: { ...pageInfo, endCursor: null }, hasNextPage: pageInfo.hasNextPage };
}
