import { graphql, type ResultOf } from '@sluice/client/graphql';
import { client } from '../../graphql/client.js';
import { ListError, type Page } from '../../graphql/pages.js';
import type { Asked } from './asked.js';
import { t } from './words.js';

const StepsQuery = graphql(`
  query PlanSteps($id: ID!, $filter: PlanStepFilter, $first: Int!, $after: String) {
    plan(id: $id) {
      id
      steps(first: $first, filter: $filter, after: $after) {
        totalCount
        edges {
          cursor
          node {
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
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

type StepNode = NonNullable<ResultOf<typeof StepsQuery>['plan']>['steps']['edges'][number]['node'];

/** A step with its cursor, which stands for it in the plan. */
export type Step = StepNode & { cursor: string };

export const PAGE_STEPS = 100;

/** Steps that fit, in the order in which they are carried out. */
export async function readSteps(
  planId: string,
  asked: Asked,
  after: string | null,
  first = PAGE_STEPS,
): Promise<Page<Step>> {
  const { action, path, destructive } = asked;
  const filter = {
    ...(action && { actions: [action as Step['action']] }),
    ...(path && { pathContains: path }),
    ...(destructive && { isDestructive: true }),
  };
  const { data } = await client.query({
    query: StepsQuery,
    variables: { id: planId, filter, first, after },
    fetchPolicy: 'no-cache',
  });
  if (!data?.plan) throw new ListError(t('notRead'));
  const { edges, ...rest } = data.plan.steps;
  return { ...rest, nodes: edges.map(({ cursor, node }) => ({ ...node, cursor })) };
}
