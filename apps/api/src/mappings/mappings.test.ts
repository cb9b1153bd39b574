import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShareApp, type ShareApp } from '../runner/testing.js';

let app: ShareApp;
beforeAll(async () => {
  app = await openShareApp();
});
afterAll(() => app[Symbol.asyncDispose]());

const SET = `id version name kind sourcePlatform destinationPlatform automaticMatches exclusions unmapped defaultTarget
  metadataRules { destinationField sourceField fixedValue template defaultValue choices { from to } isRequired }
  entries(first: 200) { nodes { id sourceKey destinationKey } totalCount }`;
const ERRORS = 'userErrors { code message field ... on VersionConflictError { currentVersion } }';
const CREATE = `mutation ($kind: MappingKind!, $input: MappingSetInput!, $to: PlatformKey! = NETWORK_FILE_SHARE, $key: String) {
  answer: mappingSetCreate(kind: $kind, sourcePlatform: NETWORK_FILE_SHARE, destinationPlatform: $to, input: $input, idempotencyKey: $key) {
    mappingSet { ${SET} } ${ERRORS} } }`;
const UPDATE = `mutation ($id: ID!, $input: MappingSetInput!, $expectedVersion: Int) {
  answer: mappingSetUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) { mappingSet { ${SET} } ${ERRORS} } }`;
const UPSERT = `mutation ($id: ID!, $entries: [MappingEntryInput!]!, $version: Int) {
  answer: mappingEntriesUpsert(mappingSetId: $id, entries: $entries, expectedVersion: $version) { mappingSet { ${SET} } ${ERRORS} } }`;
const REMOVE = `mutation ($id: ID!, $ids: [ID!]!, $version: Int) {
  answer: mappingEntriesDelete(mappingSetId: $id, ids: $ids, expectedVersion: $version) { mappingSet { ${SET} } ${ERRORS} } }`;
const DELETE = `mutation ($id: ID!, $version: Int) { answer: mappingSetDelete(id: $id, expectedVersion: $version) { deletedId ${ERRORS} } }`;

interface MappingSet {
  id: string;
  version: number;
  name: string;
  entries: { nodes: { id: string; sourceKey: string; destinationKey: string }[]; totalCount: number };
}
interface Answer {
  mappingSet: MappingSet | null;
  deletedId?: string | null;
  userErrors: { code: string; field: string[] | null }[];
}

async function send(operation: string, variables: Record<string, unknown>): Promise<Answer> {
  const { data, errors } = await app.send<{ answer: Answer }>(operation, variables);
  if (data === null || errors) throw new Error(JSON.stringify(errors));
  return data.answer;
}
let count = 0;
async function made(kind = 'TAG', input: Record<string, unknown> = {}): Promise<MappingSet> {
  const { mappingSet, userErrors } = await send(CREATE, { kind, input: { name: `Set ${count++}`, ...input } });
  if (mappingSet === null) throw new Error(JSON.stringify(userErrors));
  return mappingSet;
}
const found = ({ userErrors }: Answer) => userErrors.map(({ code, field }) => `${code} ${field?.join('.')}`);
const entries = (...keys: string[]) =>
  keys.map((sourceKey) => ({ sourceKey, destinationKey: sourceKey.toUpperCase() }));

describe('mapping sets', () => {
  it('are made with what is given and sensible defaults, and shown alone and by name', async () => {
    const input = { name: ' Tags of the site ', automaticMatches: ['NAME', 'FUZZY'], exclusions: ['old'] };
    const { mappingSet } = await send(CREATE, { kind: 'TAG', input });
    expect(mappingSet).toMatchObject({
      version: 1,
      name: 'Tags of the site',
      kind: 'TAG',
      automaticMatches: ['NAME', 'FUZZY'],
      exclusions: ['old'],
      unmapped: 'SKIP',
      defaultTarget: null,
      metadataRules: [],
      entries: { nodes: [], totalCount: 0 },
    });
    const group = await made('GROUP', { name: 'A group' });
    const query =
      'query ($id: ID!, $kinds: [MappingKind!]) { mappingSet(id: $id) { name } mappingSets(kinds: $kinds) { name kind } }';
    const read = await app.ask<{ mappingSets: { name: string; kind: string }[] }>(query, {
      id: group.id,
      kinds: ['GROUP', 'TAG'],
    });
    expect(read).toMatchObject({ mappingSet: { name: 'A group' } });
    expect(read.mappingSets.slice(0, 1)).toEqual([{ name: 'A group', kind: 'GROUP' }]);
    expect((await app.ask<typeof read>(query, { id: group.id, kinds: ['ACCOUNT'] })).mappingSets).toEqual([]);
  });

  it('keep metadata rules as they were given, each with its one origin', async () => {
    const metadataRules = [
      { destinationField: 'description', value: { template: 'From {path}' }, isRequired: true },
      { destinationField: 'status', value: { sourceField: 'xattr:user.s' }, choices: [{ from: 'a', to: 'A' }] },
      { destinationField: 'status', value: { fixedValue: 'Draft' }, defaultValue: 'x' },
    ];
    const set = await made('METADATA', { metadataRules });
    const none = {
      sourceField: null,
      fixedValue: null,
      template: null,
      defaultValue: null,
      choices: [],
      isRequired: false,
    };
    expect(set).toMatchObject({
      metadataRules: [
        { ...none, destinationField: 'description', template: 'From {path}', isRequired: true },
        { ...none, destinationField: 'status', sourceField: 'xattr:user.s', choices: [{ from: 'a', to: 'A' }] },
        { ...none, destinationField: 'status', fixedValue: 'Draft', defaultValue: 'x' },
      ],
    });
  });

  it('tell all mistakes together, each at its field, and change nothing', async () => {
    await made('TAG', { name: 'Taken' });
    const input = {
      name: 'taken',
      automaticMatches: ['EMAIL', 'ENTRY', 'EXCLUSION', 'DEFAULT', 'NONE'],
      exclusions: [' '],
      unmapped: 'USE_DEFAULT',
      metadataRules: [{ destinationField: 'a', value: { template: '{' } }],
    };
    const answer = await send(CREATE, { kind: 'TAG', input });
    expect(answer.mappingSet).toBeNull();
    expect(found(answer).sort()).toEqual([
      'INVALID input.automaticMatches.0',
      'INVALID input.automaticMatches.1',
      'INVALID input.automaticMatches.2',
      'INVALID input.automaticMatches.3',
      'INVALID input.automaticMatches.4',
      'INVALID input.metadataRules',
      'REQUIRED input.defaultTarget',
      'REQUIRED input.exclusions.0',
      'TAKEN input.name',
    ]);
    expect(found(await send(CREATE, { kind: 'TAG', input: {} }))).toEqual(['REQUIRED input.name']);
  });

  it('are made once for one key', async () => {
    const variables = { kind: 'TAG', input: { name: 'Once' }, key: 'mapping-1' };
    const [first, again] = [await send(CREATE, variables), await send(CREATE, variables)];
    expect(again.mappingSet?.id).toBe(first.mappingSet?.id);
  });

  it('change by what is given; lists are replaced, null takes the default target away', async () => {
    const set = await made('TAG', { exclusions: ['a', 'b'], unmapped: 'USE_DEFAULT', defaultTarget: 'Other' });
    const { mappingSet } = await send(UPDATE, { id: set.id, input: { exclusions: ['c'] }, expectedVersion: 1 });
    expect(mappingSet).toMatchObject({
      version: 2,
      exclusions: ['c'],
      unmapped: 'USE_DEFAULT',
      defaultTarget: 'Other',
    });
    const outdated = await send(UPDATE, { id: set.id, input: { name: 'x' }, expectedVersion: 1 });
    expect(outdated).toMatchObject({ mappingSet: null, userErrors: [{ code: 'VERSION_CONFLICT', currentVersion: 2 }] });
    const without = { id: set.id, input: { defaultTarget: null } };
    expect(found(await send(UPDATE, without))).toEqual(['REQUIRED input.defaultTarget']);
    const skipping = await send(UPDATE, { id: set.id, input: { defaultTarget: null, unmapped: 'SKIP' } });
    expect(skipping.mappingSet).toMatchObject({ version: 3, defaultTarget: null });
    expect(found(await send(UPDATE, { id: 'map_unknown', input: {} }))).toEqual(['NOT_FOUND id']);
  });
});

describe('entries', () => {
  it('are made or replaced by their source names, page by page and found by either name', async () => {
    const set = await made();
    await send(UPSERT, { id: set.id, entries: entries('civil', 'steel', '100%') });
    const changed = [{ sourceKey: 'civil', destinationKey: 'Roads' }];
    const { mappingSet } = await send(UPSERT, { id: set.id, entries: changed });
    expect(mappingSet?.version).toBe(3);
    expect(mappingSet?.entries.nodes.map(({ destinationKey }) => destinationKey)).toEqual(['100%', 'Roads', 'STEEL']);
    const query = `query ($id: ID!, $search: String, $after: String) { mappingSet(id: $id) {
      entries(search: $search, first: 2, after: $after) { nodes { sourceKey } pageInfo { hasNextPage endCursor } totalCount } } }`;
    const page = async (variables: Record<string, unknown>) =>
      (await app.ask<{ mappingSet: { entries: Page } }>(query, { id: set.id, ...variables })).mappingSet.entries;
    const first = await page({});
    expect(first).toMatchObject({ nodes: [{ sourceKey: '100%' }, { sourceKey: 'civil' }], totalCount: 3 });
    expect(await page({ after: first.pageInfo.endCursor })).toMatchObject({
      nodes: [{ sourceKey: 'steel' }],
      pageInfo: { hasNextPage: false },
    });
    for (const [search, names] of [
      ['ROAD', ['civil']],
      ['0%', ['100%']],
      ['_', []],
    ] as const)
      expect((await page({ search })).nodes.map(({ sourceKey }) => sourceKey)).toEqual(names);
  });

  it('are refused where two have one name, one is empty, or the set has rules instead', async () => {
    const set = await made();
    const twice = [...entries('a', 'a'), { sourceKey: '', destinationKey: ' ' }];
    expect(found(await send(UPSERT, { id: set.id, entries: twice }))).toEqual([
      'INVALID entries.1.sourceKey',
      'REQUIRED entries.2.sourceKey',
      'REQUIRED entries.2.destinationKey',
    ]);
    const rules = await made('METADATA');
    expect(found(await send(UPSERT, { id: rules.id, entries: entries('a') }))).toEqual(['INVALID mappingSetId']);
    expect(found(await send(UPSERT, { id: 'map_unknown', entries: [] }))).toEqual(['NOT_FOUND mappingSetId']);
  });

  it('are removed by their identifiers, all of them or none', async () => {
    const [set, other] = [await made(), await made()];
    const { mappingSet } = await send(UPSERT, { id: set.id, entries: entries('a', 'b') });
    const ids = mappingSet!.entries.nodes.map(({ id }) => id);
    const foreign = (await send(UPSERT, { id: other.id, entries: entries('c') })).mappingSet!.entries.nodes[0]!.id;
    expect(found(await send(REMOVE, { id: set.id, ids: [ids[0], foreign] }))).toEqual(['NOT_FOUND ids.1']);
    expect((await send(REMOVE, { id: set.id, ids: [ids[0]] })).mappingSet?.entries.nodes).toMatchObject([
      { sourceKey: 'b' },
    ]);
    const nodes = await app.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }', {
      ids: [set.id, ids[1], foreign],
    });
    expect(nodes).toEqual({
      nodes: [{ __typename: 'MappingSet' }, { __typename: 'MappingEntry' }, { __typename: 'MappingEntry' }],
    });
  });
});

it('every change of a set and of its entries is told as an event', async () => {
  const set = await made();
  await send(UPDATE, { id: set.id, input: { exclusions: ['old'] } });
  const { mappingSet } = await send(UPSERT, { id: set.id, entries: entries('a') });
  await send(REMOVE, { id: set.id, ids: mappingSet?.entries.nodes.map(({ id }) => id) });
  await send(DELETE, { id: set.id });
  const query = '{ changeEvents(topics: [MAPPING_SET], first: 500) { change subjectId subject { id } } }';
  const { changeEvents } = await app.ask<{ changeEvents: { change: string; subjectId: string }[] }>(query);
  expect(changeEvents.filter(({ subjectId }) => subjectId === set.id)).toEqual(
    ['CREATED', 'UPDATED', 'UPDATED', 'UPDATED', 'DELETED'].map((change) => ({
      change,
      subjectId: set.id,
      subject: null,
    })),
  );
});

it('entries that were read in another version of their set are neither written nor removed, nor is anything imported', async () => {
  const { id } = await made();
  const [first] = (await send(UPSERT, { id, entries: entries('a'), version: 1 })).mappingSet!.entries.nodes;
  const imported = `mutation ($id: ID!, $version: Int, $csv: String!) { answer: mappingImport(mappingSetId: $id, csv: $csv,
    expectedVersion: $version) { mappingSet { id } userErrors { code field } } }`;
  const csv = 'sourceKey,destinationKey\nb,B\n';
  for (const answer of [
    await send(UPSERT, { id, entries: entries('b'), version: 1 }),
    await send(REMOVE, { id, ids: [first?.id], version: 1 }),
    await send(imported, { id, csv, version: 1 }),
  ])
    expect(found(answer)).toEqual(['VERSION_CONFLICT expectedVersion']);
  expect(found(await send(imported, { id, csv, version: 2 }))).toEqual([]);
  const { mappingSet } = await send(REMOVE, { id, ids: [first?.id], version: 3 });
  expect(mappingSet?.entries.nodes).toMatchObject([{ sourceKey: 'b' }]);
});

interface Page {
  nodes: { sourceKey: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

describe('import over the API', () => {
  const IMPORT = `mutation ($id: ID!, $csv: String!, $replaceAll: Boolean! = false, $dryRun: Boolean! = false, $version: Int) {
    answer: mappingImport(mappingSetId: $id, csv: $csv, replaceAll: $replaceAll, dryRun: $dryRun, expectedVersion: $version) {
      mappingSet { id } addedCount replacedCount deletedCount rowErrors { line column message } userErrors { code field } } }`;

  it('fills a set, or tells what it would do', async () => {
    const { id } = await made();
    const csv = 'sourceKey,destinationKey\ncivil,Roads\n';
    const counts = { addedCount: 1, replacedCount: 0, deletedCount: 0, rowErrors: [], userErrors: [] };
    for (const dryRun of [true, false])
      expect(await send(IMPORT, { id, csv, dryRun, replaceAll: true })).toEqual({ mappingSet: { id }, ...counts });
    expect(await send(IMPORT, { id, csv })).toMatchObject({ addedCount: 0, replacedCount: 0 });
  });

  it('tells of rows that cannot be used, and shows no set then', async () => {
    const { id } = await made();
    const answer = await send(IMPORT, { id, csv: 'sourceKey,destinationKey\na,1\na,2,3\n' });
    expect(answer).toEqual({
      mappingSet: null,
      addedCount: 0,
      replacedCount: 0,
      deletedCount: 0,
      rowErrors: [{ line: 3, column: null, message: 'The row has 3 values instead of 2.' }],
      userErrors: [],
    });
    expect(found(await send(IMPORT, { id: 'map_unknown', csv: '' }))).toEqual(['NOT_FOUND mappingSetId']);
    const large = await app.send(IMPORT, { id, csv: 'x'.repeat(2 ** 20 + 1) });
    expect(large.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('sets of a job', () => {
  const JOB = `mutation ($input: JobCreateInput!) { jobCreate(input: $input) { job { id mappingSets { id name }
    issues { severity code field capability } } userErrors { code field } } }`;
  const input = (changes: Record<string, unknown>) => ({
    name: `Job ${count++}`,
    transferType: 'COPY',
    source: { connectionId: app.connections.source },
    destination: { connectionId: app.connections.destination },
    ...changes,
  });
  interface Created {
    jobCreate: {
      job: { id: string; mappingSets: { id: string }[] } | null;
      userErrors: { code: string; field: string[] }[];
    };
  }
  const create = async (changes: Record<string, unknown>) =>
    (await app.send<Created>(JOB, { input: input(changes) })).data!.jobCreate;

  it('are kept in their order, shown, copied with the job, and find it', async () => {
    const [one, other] = [await made(), await made('ACCOUNT')];
    const { job } = await create({ mappingSetIds: [other.id, one.id] });
    expect(job?.mappingSets.map(({ id }) => id)).toEqual([other.id, one.id]);
    const copy =
      'mutation ($id: ID!, $name: String!) { jobDuplicate(id: $id, name: $name) { job { id mappingSets { id } } } }';
    expect(await app.ask(copy, { id: job?.id, name: `Copy ${count++}` })).toMatchObject({
      jobDuplicate: { job: { mappingSets: [{ id: other.id }, { id: one.id }] } },
    });
    const list = 'query ($ids: [ID!]) { jobs(filter: { mappingSetIds: $ids }) { totalCount } }';
    const counts = await Promise.all(
      [[one.id], [one.id, other.id], ['map_unknown'], []].map((ids) =>
        app.ask<{ jobs: { totalCount: number } }>(list, { ids }),
      ),
    );
    expect(counts.map(({ jobs }) => jobs.totalCount)).toEqual([2, 2, 0, 0]);
  });

  it('are refused at their place in the list where they do not fit the job', async () => {
    const set = await made();
    const procore = (await send(CREATE, { kind: 'TAG', to: 'PROCORE', input: { name: `To Procore ${count++}` } }))
      .mappingSet!;
    const { userErrors } = await create({ mappingSetIds: [set.id, 'map_unknown', set.id, procore.id] });
    expect(userErrors.map(({ code, field }) => `${code} ${field.join('.')}`)).toEqual([
      'NOT_FOUND input.mappingSetIds.1',
      'INVALID input.mappingSetIds.2',
      'INVALID input.mappingSetIds.3',
    ]);
    const scan = await create({ transferType: 'SCAN', destination: undefined, mappingSetIds: [set.id] });
    expect(scan.userErrors).toEqual([{ code: 'INVALID', field: ['input', 'mappingSetIds', '0'] }]);
    const many = await create({ mappingSetIds: Array.from({ length: 21 }, () => set.id) });
    expect(many.userErrors).toEqual([{ code: 'TOO_LONG', field: ['input', 'mappingSetIds'] }]);
  });

  it('keep a set from being deleted until no job uses it; it goes with its entries', async () => {
    const set = await made();
    await send(UPSERT, { id: set.id, entries: entries('a') });
    const { job } = await create({ mappingSetIds: [set.id] });
    expect(found(await send(DELETE, { id: set.id }))).toEqual(['IN_USE id']);
    const update =
      'mutation ($id: ID!, $input: JobUpdateInput!) { jobUpdate(id: $id, input: $input) { job { mappingSets { id } } } }';
    await app.ask(update, { id: job?.id, input: { mappingSetIds: [] } });
    expect(found(await send(DELETE, { id: set.id, version: 1 }))).toEqual(['VERSION_CONFLICT expectedVersion']);
    expect(await send(DELETE, { id: set.id, version: 2 })).toMatchObject({ deletedId: set.id });
    expect(found(await send(DELETE, { id: set.id }))).toEqual(['NOT_FOUND id']);
    const read = 'query ($id: ID!) { mappingSet(id: $id) { id } node(id: $id) { id } }';
    expect(await app.ask(read, { id: set.id })).toEqual({ mappingSet: null, node: null });
  });
});

it('a plan counts the items whose values a set of the job cannot map', async () => {
  for (const name of ['one.txt', 'two.txt']) app.put(`counted/${name}`, name);
  const rule = { destinationField: 'modifiedAt', value: { sourceField: 'extension' } };
  const set = await made('METADATA', { metadataRules: [rule] });
  const source = { connectionId: app.connections.source, at: { path: '/counted' } };
  const id = await app.createJob({ name: `Job ${count++}`, mappingSetIds: [set.id], source });
  const plan = 'mutation ($id: ID!) { planCreate(jobId: $id) { plan { id } } }';
  const { planCreate } = await app.ask<{ planCreate: { plan: { id: string } } }>(plan, { id });
  const look =
    'query ($id: ID!) { plan(id: $id) { taskState summary { warnings { severity code message itemCount } } } }';
  interface Looked {
    taskState: string;
    summary: { warnings: object[] } | null;
  }
  const { summary } = await app.until(
    async () => (await app.ask<{ plan: Looked }>(look, planCreate.plan)).plan,
    ({ taskState }) => taskState === 'SUCCEEDED' || taskState === 'FAILED',
  );
  expect(summary?.warnings).toContainEqual({
    severity: 'WARNING',
    code: 'INVALID',
    message: '2 items have a value that could not be mapped and is left out.',
    itemCount: 2,
  });
});

it('a changed time is applied again alone to files of a share, and the run after it has nothing to do', async () => {
  app.put('timed/a.txt', 'alpha');
  const rule = (fixedValue: string) => [{ destinationField: 'modifiedAt', value: { fixedValue } }];
  const set = await made('METADATA', { metadataRules: rule('2019-03-05T06:07:08Z') });
  const [source, destination] = [app.connections.source, app.connections.destination].map((connectionId) => ({
    connectionId,
    at: { path: '/timed' },
  }));
  const id = await app.createJob({ name: `Job ${count++}`, mappingSetIds: [set.id], source, destination });
  await app.runToEnd(id);
  await send(UPDATE, { id: set.id, input: { metadataRules: rule('2020-02-03T04:05:06Z') } });
  const reapply = 'mutation ($id: ID!) { mappingReapply(jobId: $id) { run { id } userErrors { code message } } }';
  const again = await app.ask<{ mappingReapply: { run: { id: string } } }>(reapply, { id });
  const read = 'query ($id: ID!) { run(id: $id) { state statistics { bytesDone outcomes { outcome itemCount } } } }';
  interface Ran {
    run: { state: string; statistics: { bytesDone: number; outcomes: object[] } };
  }
  const ended = async (id: string) => {
    const look = async () => (await app.ask<Ran>(read, { id })).run;
    return app.until(look, ({ state }) => ['SUCCEEDED', 'SUCCEEDED_WITH_ISSUES', 'FAILED'].includes(state));
  };
  const { state, statistics } = await ended(again.mappingReapply.run.id);
  expect([state, statistics.bytesDone]).toEqual(['SUCCEEDED', 0]);
  expect(statistics.outcomes).toContainEqual({ outcome: 'DESCRIBED', itemCount: 1 });
  const next = await app.runToEnd(id);
  expect((await ended(next.id)).statistics.outcomes).toEqual([{ outcome: 'UNCHANGED', itemCount: 1 }]);
});

describe('names of a platform', () => {
  it('are those of its directory that hold a text', async () => {
    const query =
      'query ($id: ID!, $search: String) { connection(id: $id) { directory(kind: ACCOUNT, search: $search) { key label email choices } } }';
    const names = async (search: string) => {
      const { connection } = await app.ask<{ connection: { directory: { key: string }[] } }>(query, {
        id: app.connections.source,
        search,
      });
      return connection.directory.map(({ key }) => key);
    };
    expect(await names('daemon')).toContain('daemon');
    expect(await names('no such name')).toEqual([]);
  });
});

describe('a preview', () => {
  const PREVIEW = `query ($id: ID!, $location: LocationInput!, $first: Int! = 50) {
    mappingPreview(mappingSetId: $id, location: $location, first: $first) {
      entry { path } destinationField sourceValue destinationValue match problem } }`;

  it('shows what a set makes of real items, and no more rows than asked for', async () => {
    app.put('preview/a.txt', 'a');
    app.put('preview/b.pdf', 'bb');
    const metadataRules = [
      { destinationField: 'description', value: { template: '{name} of {size}' } },
      { destinationField: 'private', value: { sourceField: 'extension' } },
    ];
    const set = await made('METADATA', { metadataRules });
    const location = { connectionId: app.connections.source, at: { path: '/preview' } };
    const { mappingPreview } = await app.ask<{ mappingPreview: { entry: { path: string } }[] }>(PREVIEW, {
      id: set.id,
      location,
    });
    expect(mappingPreview.filter(({ entry }) => entry.path === '/preview/a.txt')).toMatchObject([
      {
        destinationField: 'description',
        sourceValue: 'a.txt of 1',
        destinationValue: 'a.txt of 1',
        match: 'ENTRY',
        problem: null,
      },
      {
        destinationField: 'private',
        sourceValue: 'txt',
        destinationValue: null,
        match: 'NONE',
        problem: 'The value for “private” is neither true nor false.',
      },
    ]);
    const few = await app.ask<{ mappingPreview: object[] }>(PREVIEW, { id: set.id, location, first: 1 });
    expect(few.mappingPreview).toHaveLength(1);
  });

  it('is of an existing set and connection of its platform, with 1 to 200 rows', async () => {
    const set = await made();
    const location = { connectionId: app.connections.source };
    const ask = async (variables: Record<string, unknown>) =>
      app.send<object>(PREVIEW, { id: set.id, location, ...variables });
    expect((await ask({ id: 'map_unknown' })).data).toEqual({ mappingPreview: null });
    expect((await ask({ location: { connectionId: 'con_unknown' } })).data).toEqual({ mappingPreview: null });
    const missing = await ask({ location: { ...location, at: { path: '/nowhere' } } });
    expect(missing.errors?.[0]?.extensions.code).toBe('PLATFORM_ERROR');
    expect((await ask({ first: 0 })).errors?.[0]?.extensions.code).toMatch(/PAGE_SIZE_OUT_OF_RANGE|BAD_USER_INPUT/);
  });
});

describe('suggestions', () => {
  const SUGGEST = `query ($kind: MappingKind! = ACCOUNT, $from: ID!, $to: ID!, $set: ID, $search: String, $first: Int! = 50) {
    mappingSuggestions(kind: $kind, sourceConnectionId: $from, destinationConnectionId: $to, mappingSetId: $set,
      search: $search, first: $first) { source { key } destination { key } match confidence } }`;
  interface Suggested {
    mappingSuggestions: object[] | null;
  }
  const ask = (variables: Record<string, unknown>) =>
    app.send<Suggested>(SUGGEST, {
      from: app.connections.source,
      to: app.connections.destination,
      search: 'daemon',
      ...variables,
    });
  const daemon = { source: { key: 'daemon' }, destination: { key: 'daemon' }, match: 'ID', confidence: 1 };

  it('come from the directories of both connections, but for what a set decides already', async () => {
    const { data } = await ask({});
    expect(data?.mappingSuggestions).toContainEqual(daemon);
    const set = await made('ACCOUNT');
    expect((await ask({ set: set.id })).data).toEqual(data);
    await send(UPSERT, { id: set.id, entries: entries('daemon') });
    expect((await ask({ set: set.id })).data?.mappingSuggestions).not.toContainEqual(daemon);
    expect((await ask({ search: null, first: 1 })).data?.mappingSuggestions).toHaveLength(1);
    expect((await ask({ kind: 'TAG' })).data).toEqual({ mappingSuggestions: [] });
  });

  it('are of existing connections and of a set that fits them, 1 to 200 of them', async () => {
    for (const unknown of [{ from: 'con_unknown' }, { to: 'con_unknown' }, { set: 'map_unknown' }])
      expect((await ask(unknown)).data).toEqual({ mappingSuggestions: null });
    const groups = await made('GROUP');
    const procore = await send(CREATE, { kind: 'ACCOUNT', to: 'PROCORE', input: { name: `To Procore ${count++}` } });
    const refused = async (variables: Record<string, unknown>) => (await ask(variables)).errors?.[0]?.message;
    expect(await refused({ set: groups.id })).toContain('kind is wrong: the set translates GROUP.');
    expect(await refused({ set: procore.mappingSet!.id })).toContain('destinationConnectionId is wrong');
    for (const first of [0, 201]) expect(await refused({ first })).toBe('A page has 1 to 200 entries.');
  });
});
