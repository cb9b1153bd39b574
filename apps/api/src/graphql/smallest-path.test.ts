import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, it } from 'vitest';

/** The five documents with which an integrator can do everything that matters; README and api.md show them. */
const DOCUMENTS = {
  CreateConnections: `mutation CreateConnections($procore: ConnectionCreateInput!, $share: ConnectionCreateInput!) {
    procore: connectionCreate(input: $procore) { connection { id health { status message } } userErrors { code message field } }
    share: connectionCreate(input: $share) { connection { id health { status message } } userErrors { code message field } }
  }`,
  CreateJob: `mutation CreateJob($input: JobCreateInput!, $key: String) {
    jobCreate(input: $input, idempotencyKey: $key) { job { id state issues { severity message field } } userErrors { code message field } }
  }`,
  StartRun: `mutation StartRun($jobId: ID!, $key: String) {
    runStart(jobId: $jobId, idempotencyKey: $key) { run { id number state } userErrors { code message ... on InvalidStateError { currentState } } }
  }`,
  FollowRun: `subscription FollowRun($runId: ID!, $after: String) {
    runProgress(runId: $runId, after: $after) {
      cursor sequence kind isReset message run { state waitingUntil } item { sourcePath reason message }
      statistics { itemsDone itemsPlanned bytesDone bytesPlanned progress expectedFinishAt calls { total throttled } }
    }
  }`,
  ListItems: `query ListItems($runId: ID!, $after: String) {
    run(id: $runId) { state items(filter: { outcomes: [CREATED, UPDATED, FLAGGED] }, first: 100, after: $after) {
      nodes { sourcePath destinationPath outcome isRevised reason message remedy byteSize sha256 versionsDone } pageInfo { hasNextPage endCursor } } }
  }`,
};

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));

it.each(Object.entries(DOCUMENTS))('%s is valid', (_, document) => {
  expect(validate(schema, parse(document))).toEqual([]);
});
