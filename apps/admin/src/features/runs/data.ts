import { graphql, type ResultOf } from '@sluice/client/graphql';
import { ItemFields } from '../../domain/item/item-data.js';
import { BudgetFields } from '../../domain/budget/budget-data.js';
import { ProblemFields } from '../../graphql/problems.js';

export const StatisticsFields = graphql(`
  fragment StatisticsFields on RunStatistics {
    asOfSequence
    itemsDiscovered
    itemsPlanned
    itemsDone
    itemsInFlight
    bytesDiscovered
    bytesPlanned
    bytesDone
    bytesInFlight
    itemsRevised
    outcomes {
      outcome
      itemCount
      byteCount
    }
    reasons {
      reason
      itemCount
    }
    calls {
      budget {
        id
        apiHost
      }
      total
      throttled
    }
    itemsPerSecond
    bytesPerSecond
    progress
    expectedFinishAt
  }
`);

export const RunFields = graphql(
  `
    fragment RunFields on Run {
      id
      number
      state
      stateReason {
        code
        message
      }
      waitingUntil
      trigger
      allowedActions
      queuedAt
      startedAt
      finishedAt
      statistics {
        ...StatisticsFields
      }
      forecast {
        callsNeeded
        callsLeftThisHour
        budget {
          id
          apiHost
        }
      }
    }
  `,
  [StatisticsFields],
);

export type RunData = ResultOf<typeof RunFields>;
export type Statistics = ResultOf<typeof StatisticsFields>;

const EventFields = graphql(
  `
    fragment EventFields on RunEvent {
      cursor
      sequence
      occurredAt
      kind
      isReset
      state
      severity
      message
      item {
        ...ItemFields
      }
    }
  `,
  [ItemFields],
);

export const RunProgressStream = graphql(
  `
    subscription RunProgress($runId: ID!, $after: String) {
      runProgress(runId: $runId, after: $after) {
        ...EventFields
        run {
          ...RunFields
        }
        statistics {
          ...StatisticsFields
        }
      }
    }
  `,
  [EventFields, RunFields, StatisticsFields],
);

export const RunEventsQuery = graphql(
  `
    query RunEvents($id: ID!, $after: String, $kinds: [RunEventKind!]) {
      run(id: $id) {
        id
        events(first: 200, after: $after, kinds: $kinds) {
          ...EventFields
        }
      }
    }
  `,
  [EventFields],
);

export type RunEvent = ResultOf<typeof EventFields>;

export const StagesQuery = graphql(`
  query RunStages($id: ID!) {
    run(id: $id) {
      id
      events(first: 500, kinds: [STATE]) {
        cursor
        state
        occurredAt
      }
    }
  }
`);

export const SamplesQuery = graphql(`
  query RunSamples($id: ID!) {
    run(id: $id) {
      id
      samples {
        at
        itemsDone
        bytesDone
        callCount
        itemsFlagged
      }
    }
  }
`);

export const ReasonsQuery = graphql(`
  query RunReasons($id: ID!) {
    run(id: $id) {
      id
      flagged: itemReasons(filter: { outcomes: [FLAGGED] }) {
        reason
        itemCount
      }
      nameRevisions {
        revision
        itemCount
      }
    }
  }
`);

export const RunBudgetsQuery = graphql(
  `
    query RunBudgets($ids: [ID!]!) {
      nodes(ids: $ids) {
        __typename
        ...BudgetFields
      }
    }
  `,
  [BudgetFields],
);

export type RunMessage = RunEvent & { run?: RunData | null; statistics?: Statistics | null };

export const RunQuery = graphql(
  `
    query Run($id: ID!) {
      run(id: $id) {
        ...RunFields
        startedBy {
          id
          displayName
        }
        continues {
          id
          number
        }
        plan {
          id
          approvalState
          undoes {
            id
          }
        }
        job {
          id
          name
          transferType
          allowedActions
          source {
            path
            connection {
              id
              name
            }
          }
          destination {
            path
            connection {
              id
              name
            }
          }
        }
      }
    }
  `,
  [RunFields],
);

export type RunPageData = NonNullable<ResultOf<typeof RunQuery>['run']>;

export const RunPause = graphql(
  `
    mutation RunPause($id: ID!) {
      runPause(id: $id) {
        run {
          ...RunFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [RunFields, ProblemFields],
);

export const RunResume = graphql(
  `
    mutation RunResume($id: ID!) {
      runResume(id: $id) {
        run {
          ...RunFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [RunFields, ProblemFields],
);

export const RunCancel = graphql(
  `
    mutation RunCancel($id: ID!, $isImmediate: Boolean!) {
      runCancel(id: $id, isImmediate: $isImmediate) {
        run {
          ...RunFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [RunFields, ProblemFields],
);

export const PlanUndo = graphql(
  `
    mutation PlanUndo($runId: ID!, $key: String) {
      planUndo(runId: $runId, idempotencyKey: $key) {
        plan {
          id
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ProblemFields],
);
