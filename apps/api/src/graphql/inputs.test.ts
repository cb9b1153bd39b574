import { readFileSync } from 'node:fs';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  type GraphQLEnumType,
  type GraphQLInputType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShareApp, type ShareApp } from '../runner/testing.js';
import { CARRIED_OUT, TRIED_ONE_BY_ONE } from './inputs-testing.js';

const ROOT = new URL('../../../../', import.meta.url);
const words = (text: string) => text.trim().split(/\s+/);

let app: ShareApp;
let jobId = '';
let runId = '';
let planId = '';

/** A job whose one run copied a file and a folder; a second job that did nothing. */
beforeAll(async () => {
  app = await openShareApp();
  app.put('folder/a.txt', 'a');
  jobId = await app.createJob({ labels: ['night'] });
  runId = (await app.runToEnd(jobId)).id;
  await app.createJob({
    name: 'Idle',
    destination: { connectionId: app.connections.destination, at: { path: '/idle' } },
  });
  const { run } = await app.ask<{ run: { plan: { id: string } } }>(
    'query ($id: ID!) { run(id: $id) { plan { id } } }',
    {
      id: runId,
    },
  );
  planId = run.plan.id;
});
afterAll(() => app[Symbol.asyncDispose]());

/** Every input of the schema, as `Type.field`, `Type.field(argument:)` and `Enum.VALUE`. */
function inputsOfSchema(): string[] {
  const enums = new Set<GraphQLEnumType>();
  const note = (type: GraphQLInputType) => {
    const named = getNamedType(type);
    if (isEnumType(named)) enums.add(named);
  };
  const found: string[] = [];
  for (const type of Object.values(app.app.schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))) {
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        found.push(`${type.name}.${field.name}`);
        note(field.type);
      }
    } else if (isObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        for (const argument of field.args) {
          found.push(`${type.name}.${field.name}(${argument.name}:)`);
          note(argument.type);
        }
      }
    }
  }
  const values = [...enums].flatMap((type) => type.getValues().map((value) => `${type.name}.${value.name}`));
  return [...found, ...values];
}

interface Refused {
  inputs: string;
  /** Where the refusal points; a query's message begins with it. */
  field: string;
  query: string;
  variables: () => Record<string, unknown>;
}

const create = (policies: Record<string, unknown>) => () => ({
  input: {
    name: 'Refused',
    transferType: 'COPY',
    source: { connectionId: app.connections.source },
    destination: { connectionId: app.connections.destination },
    policies,
  },
});
const JOB = 'mutation ($input: JobCreateInput!) { answer: jobCreate(input: $input) { userErrors { message field } } }';
const policy = (inputs: string, policies: Record<string, unknown>): Refused => ({
  inputs,
  field: `input.policies.${Object.keys(policies)[0]}`,
  query: JOB,
  variables: create(policies),
});

const CONNECT =
  'mutation ($input: ConnectionCreateInput!) { answer: connectionCreate(input: $input) { userErrors { message field } } }';
const connect = (inputs: string, field: string, input: Record<string, unknown>): Refused => ({
  inputs,
  field,
  query: CONNECT,
  variables: () => ({ input }),
});
const procore = { clientCredentials: 'CUSTOM' };
const credential = (inputs: string, given: Record<string, unknown>) =>
  connect(inputs, `input.credential.${Object.keys(given)[0]}`, { settings: { procore }, credential: given });

const REFUSED: readonly Refused[] = [
  policy('PermissionPolicy.REPORT', { permissions: 'REPORT' }),
  connect('NetworkFileShareSettingsInput.domain', 'input.settings.networkFileShare.domain', {
    settings: { networkFileShare: { location: '/srv/plans', domain: 'OFFICE' } },
  }),
  ...['S3', 'GCS', 'AZURE_BLOB'].map((service) =>
    connect(
      `ObjectStorageService.${service}${service === 'S3' ? ' ConnectionSettingsInput.objectStorage ObjectStorageSettingsInput.bucket ObjectStorageSettingsInput.endpointUrl ObjectStorageSettingsInput.prefix ObjectStorageSettingsInput.region ObjectStorageSettingsInput.service ObjectStorageSettingsInput.usePathStyle' : ''}`,
      'input.settings.objectStorage',
      {
        settings: {
          objectStorage: {
            bucket: 'plans',
            endpointUrl: 'https://s3.example',
            prefix: 'a/',
            region: 'eu',
            service,
            usePathStyle: true,
          },
        },
      },
    ),
  ),
  ...['ACCESS_KEY', 'AZURE_ACCOUNT_KEY', 'AZURE_SAS', 'GCS_SERVICE_ACCOUNT', 'USERNAME_PASSWORD', 'NONE'].map(
    (method) =>
      connect(`AuthenticationMethod.${method}`, 'input.settings.procore.authenticationMethod', {
        settings: { procore: { ...procore, authenticationMethod: method } },
      }),
  ),
  credential('CredentialInput.accessKey AccessKeyInput.accessKeyId AccessKeyInput.secretAccessKey', {
    accessKey: { accessKeyId: 'a', secretAccessKey: 'b' },
  }),
  credential('CredentialInput.azureAccountKey AzureAccountKeyInput.accountKey AzureAccountKeyInput.accountName', {
    azureAccountKey: { accountKey: 'a', accountName: 'b' },
  }),
  credential('CredentialInput.azureSas AzureSasInput.accountName AzureSasInput.sasToken', {
    azureSas: { accountName: 'a', sasToken: 'b' },
  }),
  credential('CredentialInput.gcsServiceAccountKey', { gcsServiceAccountKey: 'a' }),
  credential('CredentialInput.usernamePassword UsernamePasswordInput.username UsernamePasswordInput.password', {
    usernamePassword: { username: 'a', password: 'b' },
  }),
];

describe('no input is accepted and ignored', () => {
  it('each input of the schema is reviewed, once', () => {
    const reviewed = [...Object.values(CARRIED_OUT), TRIED_ONE_BY_ONE, ...REFUSED.map(({ inputs }) => inputs)].flatMap(
      words,
    );
    const expected = inputsOfSchema();
    expect(expected.filter((input) => !reviewed.includes(input))).toEqual([]);
    expect(reviewed.filter((input) => !expected.includes(input))).toEqual([]);
    expect(reviewed.filter((input, index) => reviewed.indexOf(input) !== index)).toEqual([]);
  });

  it.each(Object.entries(CARRIED_OUT))('%s uses what it is said to show', (file, inputs) => {
    const text = readFileSync(new URL(file, ROOT), 'utf8');
    const unused = words(inputs).filter((input) => {
      const [, ...names] = input.split(/[.(:)]+/).filter((part) => part !== '');
      return !names.every((name) => new RegExp(`\\b${name}\\b`).test(text));
    });
    expect(unused).toEqual([]);
  });

  it.each(REFUSED)('$inputs is refused at $field', async ({ query, variables, field }) => {
    const { data, errors } = await app.send<{ answer: { userErrors: { message: string; field: string[] }[] } }>(
      query,
      variables(),
    );
    const refusals = [
      ...(data?.answer?.userErrors ?? []),
      ...(errors ?? []).map(({ message }) => ({ message, field: [message.split(':')[0] ?? ''] })),
    ];
    expect(refusals.map((refusal) => refusal.field.join('.'))).toEqual([field]);
    expect(refusals[0]?.message).toMatch(/^.{10,}\.$/);
  });
});

describe('inputs that a list filters by', () => {
  const values = (name: string) =>
    (app.app.schema.getType(name) as GraphQLEnumType).getValues().map((value) => value.name);

  /** Asks for each value alone; gives the value of what came back, by the value that was asked for. */
  async function answers(
    list: string,
    field: string,
    name: string,
    fieldOfNode: string,
  ): Promise<Record<string, string[]>> {
    const found: Record<string, string[]> = {};
    for (const value of values(name)) {
      found[value] = await nodes(list, `${field}: ${field === 'kind' ? value : `[${value}]`}`, fieldOfNode);
    }
    return found;
  }

  async function nodes(list: string, filter: string, fieldOfNode: string): Promise<string[]> {
    const page = `(filter: { ${filter} }, first: 50) { nodes { ${fieldOfNode} } }`;
    const [outer, inner] = list.split('.');
    const id = outer === 'run' ? runId : outer === 'plan' ? planId : jobId;
    const query =
      inner === undefined ? `{ outer: ${outer}${page} }` : `{ outer: ${outer}(id: "${id}") { ${inner}${page} } }`;
    const data = await app.ask<{ outer: Record<string, { nodes: Record<string, unknown>[] }> & { nodes: [] } }>(query);
    const result =
      inner === undefined ? (data.outer as unknown as { nodes: Record<string, unknown>[] }) : data.outer[inner]!;
    return result.nodes.map((node) => leafOf(node));
  }

  function leafOf(value: unknown): string {
    return typeof value === 'object' && value !== null ? leafOf(Object.values(value)[0]) : String(value);
  }

  it.each([
    ['connections', 'platforms', 'PlatformKey', 'platform { key }', ['NETWORK_FILE_SHARE']],
    ['connections', 'statuses', 'ConnectionStatus', 'health { status }', ['UNTESTED']],
    ['jobs', 'transferTypes', 'TransferType', 'transferType', ['COPY']],
    ['jobs', 'platforms', 'PlatformKey', 'source { connection { platform { key } } }', ['NETWORK_FILE_SHARE']],
    ['jobs', 'states', 'JobState', 'state', ['READY']],
    ['jobs', 'latestRunStates', 'RunState', 'latestRun { state }', ['SUCCEEDED']],
    ['runs', 'states', 'RunState', 'state', ['SUCCEEDED']],
    ['runs', 'transferTypes', 'TransferType', 'job { transferType }', ['COPY']],
    ['runs', 'triggers', 'RunTrigger', 'trigger', ['MANUAL']],
    ['run.items', 'outcomes', 'ItemOutcome', 'outcome', ['CREATED']],
    ['run.items', 'reasons', 'ItemReason', 'reason', ['NEW']],
    ['run.items', 'kind', 'ItemKind', 'kind', ['FILE', 'FOLDER']],
    ['job.items', 'outcomes', 'ItemOutcome', 'outcome', ['CREATED']],
    ['plan.steps', 'actions', 'PlanAction', 'action', ['CREATE']],
    ['plan.steps', 'reasons', 'ItemReason', 'reason', ['NEW']],
  ])('%s by %s: each %s finds what has it, and nothing else', async (list, field, name, fieldOfNode, present) => {
    const found = await answers(list, field, name, fieldOfNode);
    for (const [value, results] of Object.entries(found))
      expect([...new Set(results)]).toEqual(results.length > 0 ? [value] : []);
    expect(
      Object.keys(found)
        .filter((value) => found[value]!.length > 0)
        .sort(),
    ).toEqual(present);
  });

  it.each([
    ['connections', 'nameContains: "SOUR"', 'name', ['source']],
    ['jobs', 'nameContains: "dl"', 'name', ['Idle']],
    ['jobs', 'labels: ["night"]', 'name', ['Copy']],
    ['jobs', 'labels: ["day"]', 'name', []],
    ['jobs', 'connectionIds: ["con_none"]', 'name', []],
    ['runs', 'jobIds: ["job_none"]', 'number', []],
    ['runs', 'queuedAt: { from: "2020-01-01T00:00:00Z" }', 'number', ['1']],
    ['runs', 'queuedAt: { to: "2020-01-01T00:00:00Z" }', 'number', []],
    ['run.items', 'pathContains: "A.T"', 'sourcePath', ['/folder/a.txt']],
    ['run.items', 'isRevised: true', 'sourcePath', []],
    ['job.items', 'runId: "run_none"', 'sourcePath', []],
    ['plan.steps', 'pathStartsWith: "/folder/"', 'sourcePath', ['/folder/a.txt']],
    ['plan.steps', 'pathContains: "DER/A"', 'sourcePath', ['/folder/a.txt']],
    ['plan.steps', 'isDestructive: true', 'sourcePath', []],
  ])('%s by %s', async (list, filter, fieldOfNode, expected) => {
    expect(await nodes(list, filter, fieldOfNode)).toEqual(expected);
    expect((await nodes(list, '', fieldOfNode)).length).toBeGreaterThan(0);
  });

  it.each(['run.items', 'plan.steps'])('%s by offset: begins at that place, and counts all', async (list) => {
    const [outer = '', inner = ''] = list.split('.');
    const read = async (args: string) => {
      const query = `{ outer: ${outer}(id: "${outer === 'run' ? runId : planId}") { ${inner}(${args}) {
        totalCount nodes { kind sourcePath } } } }`;
      const { outer: found } = await app.ask<{ outer: Record<string, { totalCount: number; nodes: unknown[] }> }>(
        query,
      );
      return found[inner]!;
    };
    const { nodes: all } = await read('first: 50');
    expect(all.length).toBeGreaterThan(1);
    for (const offset of all.keys())
      expect(await read(`first: 1, offset: ${offset}`)).toEqual({ totalCount: all.length, nodes: [all[offset]] });
    expect((await read(`offset: ${all.length}`)).nodes).toEqual([]);
  });

  it('run.events by kinds: each finds what has it, and nothing else', async () => {
    const found: Record<string, string[]> = {};
    for (const kind of values('RunEventKind')) {
      const { run } = await app.ask<{ run: { events: { kind: string }[] } }>(
        `{ run(id: "${runId}") { events(kinds: [${kind}]) { kind } } }`,
      );
      found[kind] = [...new Set(run.events.map((event) => event.kind))];
    }
    expect(found).toEqual({ SNAPSHOT: [], STATISTICS: [], STATE: ['STATE'], ITEM: [], LOG: [] });
  });

  it.each([
    ['outcomes: [CREATED]', [{ reason: 'NEW', itemCount: 2 }]],
    ['kind: FOLDER', [{ reason: 'NEW', itemCount: 1 }]],
    ['outcomes: [FLAGGED]', []],
  ])('run.itemReasons by %s: counts the reasons of what matches', async (filter, expected) => {
    const { runs } = await app.ask<{ runs: { nodes: { itemReasons: unknown }[] } }>(
      `{ runs(first: 1) { nodes { itemReasons(filter: { ${filter} }) { reason itemCount } } } }`,
    );
    expect(runs.nodes[0]?.itemReasons).toEqual(expected);
  });
});

describe('inputs that are carried out', () => {
  it('scopes: a token has those that it was given', async () => {
    const create =
      'mutation ($s: [Scope!]!) { apiTokenCreate(displayName: "t", scopes: $s) { secret userErrors { code } } }';
    for (const { name } of (app.app.schema.getType('Scope') as GraphQLEnumType).getValues()) {
      const { apiTokenCreate } = await app.ask<{ apiTokenCreate: { secret: string } }>(create, { s: [name] });
      const sender = { authorization: `Bearer ${apiTokenCreate.secret}` };
      const { data } = await app.send<{ viewer: { scopes: string[] } }>('{ viewer { scopes } }', {}, sender);
      expect(data?.viewer.scopes).toEqual([name]);
    }
  });

  it('orderBy: NAME and LATEST_RUN_AT, from either end', async () => {
    const names = async (page: string) => {
      const { jobs } = await app.ask<{ jobs: { nodes: { name: string }[]; pageInfo: { endCursor: string } } }>(
        `{ jobs(${page}) { nodes { name } pageInfo { endCursor } } }`,
      );
      return { names: jobs.nodes.map(({ name }) => name), end: jobs.pageInfo.endCursor };
    };
    expect((await names('orderBy: NAME')).names).toEqual(['Copy', 'Idle']);
    expect((await names('orderBy: LATEST_RUN_AT')).names).toEqual(['Copy', 'Idle']);
    expect((await names('last: 1')).names).toEqual(['Idle']);
    const { end } = await names('first: 2');
    expect((await names(`last: 5, before: ${JSON.stringify(end)}`)).names).toEqual(['Copy']);
    expect(
      (await app.ask<{ runs: { nodes: unknown[] } }>('{ runs(last: 1) { nodes { number } } }')).runs.nodes,
    ).toEqual([{ number: 1 }]);
    await expect(app.ask('{ runs(last: 1, before: "nonsense") { nodes { number } } }')).rejects.toThrow(
      'CURSOR_INVALID',
    );
  });

  it('fullListing: both sides are listed completely', async () => {
    const source = { connectionId: app.connections.source, at: { remoteId: 'folder' } };
    const destination = { connectionId: app.connections.destination, at: { path: '/full' } };
    const id = await app.createJob({ name: 'Full', source, destination });
    await app.runToEnd(id);
    expect(app.get('full/a.txt')).toBe('a');
    app.put('folder/b.txt', 'b');
    await app.runToEnd(id, { fullListing: true });
    expect(app.get('full/b.txt')).toBe('b');
    await app.ask('mutation ($id: ID!) { jobDelete(id: $id) { deletedId } }', { id });
  });

  it('budgets of connectionIds', async () => {
    const { budgets } = await app.ask<{ budgets: unknown[] }>(
      'query ($ids: [ID!]) { budgets(connectionIds: $ids) { id } }',
      {
        ids: [app.connections.source],
      },
    );
    expect(budgets).toEqual([]);
  });

  it('jobDelete expectedVersion', async () => {
    const id = await app.createJob({ name: 'Kept' });
    const { data } = await app.send<{ jobDelete: { userErrors: { code: string }[] } }>(
      'mutation ($id: ID!) { jobDelete(id: $id, expectedVersion: 7) { userErrors { code } } }',
      { id },
    );
    expect(data?.jobDelete.userErrors).toEqual([{ code: 'VERSION_CONFLICT' }]);
  });
});
