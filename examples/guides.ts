/*
 * The guides of docs/api.md in TypeScript, one after the other. The page shows these lines; a test keeps the two equal.
 *
 *   URL=http://localhost:4000 TOKEN=… node examples/dist/guides.js
 */
import { graphql, newKey, GraphqlError, hasEnded, RefusedError, SluiceClient, TransportError } from '@sluice/client';

const { URL: url = 'http://localhost:4000', TOKEN: token } = process.env;
if (!token) throw new Error('Set TOKEN to a token of the page Access, API tokens.');
const sluice = new SluiceClient({ url, token });

// The text of an operation is its type: a field that does not exist is an error of the compiler.
const Viewer = graphql(`
  query Viewer {
    viewer {
      actor {
        displayName
      }
      scopes
    }
  }
`);
console.log(await sluice.request(Viewer));

const { FOLDER: location = `${process.cwd()}/data/demo/Harbour Pier 4/01 Drawings` } = process.env;
const { PROCORE_URL: procoreUrl = 'http://127.0.0.1:4001' } = process.env;

// What every change may be refused for.
const Problem = graphql(`
  fragment Problem on UserError {
    code
    message
    field
  }
`);

const Connect = graphql(
  `
    mutation Connect($input: ConnectionCreateInput!, $key: String) {
      connectionCreate(input: $input, idempotencyKey: $key) {
        connection {
          id
          health {
            status
            message
          }
        }
        userErrors {
          ...Problem
        }
      }
    }
  `,
  [Problem],
);
const share = await sluice.mutate(Connect, { input: { settings: { networkFileShare: { location } }, testNow: true } });
const procore = await sluice.mutate(Connect, {
  input: {
    settings: {
      procore: {
        clientCredentials: 'CUSTOM',
        authenticationMethod: 'OAUTH_CLIENT_CREDENTIALS',
        loginUrl: procoreUrl,
        apiUrl: procoreUrl,
        companyId: '598134325100042',
        projectId: '598134325500772',
      },
    },
    credential: { oauthClient: { clientId: 'sandbox-service', clientSecret: 'sandbox-service-secret' } },
    testNow: true,
  },
});
console.log(share.connection.health.status, procore.connection.health.status);

const CreateJob = graphql(
  `
    mutation CreateJob($input: JobCreateInput!, $key: String) {
      jobCreate(input: $input, idempotencyKey: $key) {
        job {
          id
          state
          issues {
            severity
            message
            field
          }
        }
        userErrors {
          ...Problem
        }
      }
    }
  `,
  [Problem],
);
const { job } = await sluice.mutate(CreateJob, {
  input: {
    name: 'Guide with TypeScript',
    transferType: 'COPY',
    source: { connectionId: share.connection.id },
    destination: { connectionId: procore.connection.id, at: { path: '/Guide with TypeScript' } },
  },
});
console.log(job.state, job.issues);

const CreateSet = graphql(
  `
    mutation CreateSet($input: MappingSetInput!, $key: String) {
      mappingSetCreate(
        kind: METADATA
        sourcePlatform: NETWORK_FILE_SHARE
        destinationPlatform: PROCORE
        input: $input
        idempotencyKey: $key
      ) {
        mappingSet {
          id
        }
        userErrors {
          ...Problem
        }
      }
    }
  `,
  [Problem],
);
const { mappingSet } = await sluice.mutate(CreateSet, { input: { name: 'Guide with TypeScript' } });

const Import = graphql(
  `
    mutation Import($id: ID!, $csv: String!, $dryRun: Boolean!) {
      mappingImport(mappingSetId: $id, csv: $csv, dryRun: $dryRun) {
        addedCount
        replacedCount
        deletedCount
        rowErrors {
          line
          column
          message
        }
        userErrors {
          ...Problem
        }
      }
    }
  `,
  [Problem],
);
const rules = [
  'destinationField,sourceField,fixedValue,template,defaultValue,isRequired,choices',
  'description,,,From {path},,true,',
];
const damaged = [...rules, 'private,,,,,maybe,'].join('\n');
const { rowErrors } = await sluice.mutate(Import, { id: mappingSet.id, csv: damaged, dryRun: true });
for (const { line, column, message } of rowErrors) console.log(`line ${line}, ${column}: ${message}`);
const { addedCount } = await sluice.mutate(Import, { id: mappingSet.id, csv: rules.join('\n'), dryRun: false });
console.log(`${addedCount} rule added`);

const Preview = graphql(`
  query Preview($id: ID!, $location: LocationInput!) {
    mappingPreview(mappingSetId: $id, location: $location, first: 3) {
      entry {
        path
      }
      destinationField
      destinationValue
      match
      problem
    }
  }
`);
const previewed = { id: mappingSet.id, location: { connectionId: share.connection.id } };
console.log((await sluice.request(Preview, previewed)).mappingPreview);

const Use = graphql(
  `
    mutation Use($jobId: ID!, $ids: [ID!]!) {
      jobUpdate(id: $jobId, input: { mappingSetIds: $ids }) {
        job {
          issues {
            severity
            message
          }
        }
        userErrors {
          ...Problem
        }
      }
    }
  `,
  [Problem],
);
console.log((await sluice.mutate(Use, { jobId: job.id, ids: [mappingSet.id] })).job.issues);

const Plan = graphql(
  `
    mutation Plan($jobId: ID!, $key: String) {
      planCreate(jobId: $jobId, idempotencyKey: $key) {
        plan {
          id
        }
        userErrors {
          ...Problem
        }
      }
    }
  `,
  [Problem],
);
const Look = graphql(`
  query Look($id: ID!) {
    plan(id: $id) {
      taskState
      failure {
        message
      }
      summary {
        itemCount
        totals {
          action
          itemCount
        }
      }
    }
  }
`);
const { plan } = await sluice.mutate(Plan, { jobId: job.id });
let planned = (await sluice.request(Look, { id: plan.id })).plan;
while (planned?.taskState === 'QUEUED' || planned?.taskState === 'RUNNING') {
  await new Promise((resolve) => setTimeout(resolve, 500));
  planned = (await sluice.request(Look, { id: plan.id })).plan;
}
console.log(planned?.taskState, planned?.summary?.totals);

const Start = graphql(
  `
    mutation Start($jobId: ID!, $key: String) {
      runStart(jobId: $jobId, idempotencyKey: $key) {
        run {
          id
        }
        userErrors {
          ...Problem
        }
      }
    }
  `,
  [Problem],
);
const key = newKey();
const { run } = await sluice.mutate(Start, { jobId: job.id, key });
for await (const event of sluice.follow(run.id)) {
  const state = event.state ?? event.run?.state;
  console.log(event.kind, state ?? event.message ?? `${event.statistics?.itemsDone} done`);
  if (state && hasEnded(state)) console.log(`Run ${run.id} has ended.`);
}

const Items = graphql(`
  query Items($id: ID!, $after: String) {
    run(id: $id) {
      items(first: 2, after: $after) {
        nodes {
          sourcePath
          destinationPath
          outcome
          reason
          message
          sha256
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);
for await (const item of sluice.pages(Items, { id: run.id }, (data) => data.run?.items)) {
  console.log(item.outcome, item.sourcePath, item.message);
}

const Report = graphql(`
  mutation Report($input: ReportCreateInput!, $key: String) {
    reportCreate(input: $input, idempotencyKey: $key) {
      report {
        id
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);
const Made = graphql(`
  query Made($id: ID!) {
    node(id: $id) {
      ... on Report {
        taskState
        failure {
          code
          message
        }
        downloadUrl
        validation {
          sourceItems
          destinationItems
          equalItems
          missingItems
          extraItems
          differentItems
        }
      }
    }
  }
`);
const { report } = await sluice.mutate(Report, {
  input: { kind: 'VALIDATION', subject: { jobId: job.id }, format: 'JSONL' },
});
let isMade = false;
while (!isMade) {
  const { node } = await sluice.request(Made, { id: report.id });
  if (node === null || !('taskState' in node)) throw new Error('The report was deleted.');
  isMade = node.taskState === 'SUCCEEDED' || node.taskState === 'FAILED';
  if (!isMade) await new Promise((resolve) => setTimeout(resolve, 500));
  else if (node.downloadUrl === null) console.log(node.failure?.message);
  else console.log(node.validation, await (await fetch(node.downloadUrl)).text());
}

try {
  await sluice.mutate(Start, { jobId: 'job_unknown' });
} catch (error) {
  if (error instanceof RefusedError) {
    for (const { code, field, message } of error.userErrors) console.log(code, field?.join('.'), message);
  } else if (error instanceof GraphqlError) {
    console.log(error.code, error.requestId, error.message);
  } else if (error instanceof TransportError) {
    console.log(error.failure, error.status, error.message);
  } else {
    throw error;
  }
}

const again = await sluice.mutate(Start, { jobId: job.id, key });
console.log(again.run.id === run.id ? 'The same run.' : 'Another run.');

const Events = graphql(`
  query Events($id: ID!) {
    run(id: $id) {
      events(first: 2) {
        cursor
        sequence
        kind
        state
      }
    }
  }
`);
const seen = (await sluice.request(Events, { id: run.id })).run?.events.at(-1);
// Later, perhaps in another process, which was given the cursor of the last event that was seen:
for await (const event of sluice.follow(run.id, { after: seen?.cursor })) {
  console.log(event.sequence, event.kind, event.state ?? event.message);
}
await sluice.close();
