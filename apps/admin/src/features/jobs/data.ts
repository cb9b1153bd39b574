import { graphql, type ResultOf, type VariablesOf } from '@sluice/client/graphql';
import { ProblemFields } from '../../graphql/problems.js';
import { IssueFields, LocationFields } from '../../domain/job/job-data.js';
import { RunRowFields } from '../../domain/run/run-data.js';

export const JobRowFields = graphql(
  `
    fragment JobRowFields on Job {
      id
      name
      transferType
      state
      source {
        ...LocationFields
      }
      destination {
        ...LocationFields
      }
      latestRun {
        ...RunRowFields
      }
      nextStartAt
      updatedAt
    }
  `,
  [LocationFields, RunRowFields],
);

export type JobRow = ResultOf<typeof JobRowFields>;

export const PolicyFields = graphql(`
  fragment PolicyFields on JobPolicies {
    conflict
    existing
    deletions
    deletePermanently
    duplicateNames
    failure
    retries
    largeItem
    zeroByteFile
    emptyFolders
    invalidCharacters
    truncateLongNames
    lockedFiles
    permissions
    createGroups
    verification
    readBack
    maxParallelTransfers
    keepTimestamps
    maxItemBytes
    maxVersions
    versionsAsFiles
    stopAfterRuns
    stopAfterUnchangedRuns
    stopAfterFailedRuns
    budgetShare
    onBudgetExhausted
  }
`);

export type Policies = ResultOf<typeof PolicyFields>;

export const BandwidthFields = graphql(`
  fragment BandwidthFields on JobPolicies {
    bandwidth {
      window {
        days
        from
        to
      }
      timeZone
      uploadBytesPerSecond
      downloadBytesPerSecond
    }
  }
`);

export type SavedLimit = ResultOf<typeof BandwidthFields>['bandwidth'][number];

export const RuleFields = graphql(`
  fragment RuleFields on ItemRule {
    isExclusion
    globs
    extensions
    minBytes
    maxBytes
    createdFrom
    createdTo
    modifiedFrom
    modifiedTo
    minAge
    maxAge
    isHidden
    metadataKey
    metadataValue
  }
`);

export type SavedRule = ResultOf<typeof RuleFields>;

export const ScheduleFields = graphql(`
  fragment ScheduleFields on Schedule {
    cron
    intervalAfterEnd
    timeZone
    windows {
      days
      from
      to
    }
    followsChanges
    isEnabled
    nextStarts
  }
`);

export type SavedSchedule = ResultOf<typeof ScheduleFields>;

export const PlanRowFields = graphql(`
  fragment PlanRowFields on Plan {
    id
    taskState
    progress
    approvalState
    createdAt
    finishedAt
    summary {
      itemCount
      byteCount
    }
  }
`);

export const JobFields = graphql(
  `
    fragment JobFields on Job {
      ...JobRowFields
      version
      approval
      stopReason
      description
      rules {
        ...RuleFields
      }
      policies {
        ...PolicyFields
        ...BandwidthFields
      }
      mappingSets {
        id
      }
      schedule {
        ...ScheduleFields
      }
      issues {
        ...IssueFields
      }
      allowedActions
      ledgerItemCount
      latestPlan {
        ...PlanRowFields
      }
    }
  `,
  [JobRowFields, RuleFields, PolicyFields, BandwidthFields, ScheduleFields, IssueFields, PlanRowFields],
);

export type JobData = ResultOf<typeof JobFields>;

export const JobQuery = graphql(
  `
    query Job($id: ID!, $runs: Int!) {
      job(id: $id) {
        ...JobFields
        runs(first: $runs) {
          totalCount
          nodes {
            ...RunRowFields
          }
        }
      }
    }
  `,
  [JobFields, RunRowFields],
);

/** A job with its latest runs. */
export type JobPageData = NonNullable<ResultOf<typeof JobQuery>['job']>;

export const JobCreate = graphql(
  `
    mutation JobCreate($input: JobCreateInput!, $key: String) {
      jobCreate(input: $input, idempotencyKey: $key) {
        job {
          ...JobFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [JobFields, ProblemFields],
);

/** A filter as the server takes it. */
export type RuleInput = NonNullable<VariablesOf<typeof JobCreate>['input']['rules']>[number];

/** A schedule as the server takes it. */
export type ScheduleInput = NonNullable<VariablesOf<typeof JobCreate>['input']['schedule']>;

export const JobUpdate = graphql(
  `
    mutation JobUpdate($id: ID!, $input: JobUpdateInput!, $version: Int) {
      jobUpdate(id: $id, input: $input, expectedVersion: $version) {
        job {
          ...JobFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [JobFields, ProblemFields],
);

export const JobSuspend = graphql(
  `
    mutation JobSuspend($id: ID!) {
      jobSuspend(id: $id) {
        job {
          ...JobFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [JobFields, ProblemFields],
);

export const JobResume = graphql(
  `
    mutation JobResume($id: ID!) {
      jobResume(id: $id) {
        job {
          ...JobFields
        }
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [JobFields, ProblemFields],
);

export const JobDelete = graphql(
  `
    mutation JobDelete($id: ID!) {
      jobDelete(id: $id) {
        deletedId
        userErrors {
          ...ProblemFields
        }
      }
    }
  `,
  [ProblemFields],
);

export const PlanCreate = graphql(
  `
    mutation PlanCreate($jobId: ID!, $key: String) {
      planCreate(jobId: $jobId, idempotencyKey: $key) {
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
