import { graphql, type ResultOf } from '@sluice/client/graphql';
import { IssueFields } from '../../domain/job/job-data.js';

export const PlanQuery = graphql(
  `
    query Plan($id: ID!) {
      plan(id: $id) {
        id
        jobVersion
        taskState
        progress
        failure {
          message
        }
        digest
        summary {
          totals {
            action
            itemCount
            byteCount
          }
          itemCount
          destructiveCount
          byteCount
          callEstimates {
            callsNeeded
            callsLeftThisHour
            finishAt
            budget {
              id
              apiHost
            }
          }
          warnings {
            ...IssueFields
          }
        }
        approvalState
        decidedBy {
          id
          displayName
        }
        comment
        expiresAt
        createdAt
        finishedAt
        undoes {
          id
          number
        }
        run {
          id
          number
        }
        job {
          id
          name
          version
          allowedActions
        }
      }
    }
  `,
  [IssueFields],
);

export type PlanData = NonNullable<ResultOf<typeof PlanQuery>['plan']>;
