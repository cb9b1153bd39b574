import { afterAll, beforeAll, expect, it } from 'vitest';
import { openShareApp, type ShareApp } from '../runner/testing.js';

const CREATE = `mutation ($input: ReportCreateInput!) {
  reportCreate(input: $input) { report { id } userErrors { code message field } } }`;
const READ = `query ($id: ID!) { node(id: $id) { ... on Report {
  taskState downloadUrl subject { id } failure { code message } } } }`;
const SET = `mutation ($kind: MappingKind!, $input: MappingSetInput!) {
  mappingSetCreate(kind: $kind, sourcePlatform: NETWORK_FILE_SHARE, destinationPlatform: NETWORK_FILE_SHARE, input: $input) {
    mappingSet { id } userErrors { code message field } } }`;
const UPSERT = `mutation ($id: ID!, $entries: [MappingEntryInput!]!) {
  mappingEntriesUpsert(mappingSetId: $id, entries: $entries) { userErrors { message } } }`;
const IMPORT = `mutation ($id: ID!, $csv: String!) { mappingImport(mappingSetId: $id, csv: $csv, replaceAll: true) {
  addedCount rowErrors { line message } userErrors { message } } }`;
const CONTENT = `query ($id: ID!) { mappingSet(id: $id) {
  metadataRules { destinationField sourceField fixedValue template defaultValue choices { from to } isRequired }
  entries(first: 200) { nodes { sourceKey destinationKey } } } }`;

let app: ShareApp;
beforeAll(async () => void (app = await openShareApp()), 60_000);
afterAll(() => app[Symbol.asyncDispose]());

async function report(input: Record<string, unknown>): Promise<string> {
  const { reportCreate } = await app.ask<{ reportCreate: { report: { id: string } } }>(CREATE, { input });
  const { id } = reportCreate.report;
  const { node } = await app.until(
    () => app.ask<{ node: { taskState: string; downloadUrl: string; failure: object | null } }>(READ, { id }),
    ({ node: { taskState } }) => taskState === 'SUCCEEDED' || taskState === 'FAILED',
  );
  expect(node).toMatchObject({
    failure: null,
    subject: { id: Object.values(input['subject'] as object)[0] as string },
  });
  return (await app.app.http.inject({ method: 'GET', url: new URL(node.downloadUrl).pathname })).body;
}

let sets = 0;
async function newSet(kind: string, input: Record<string, unknown> = {}): Promise<string> {
  const given = { kind, input: { name: `Set ${sets++}`, ...input } };
  return (await app.ask<{ mappingSetCreate: { mappingSet: { id: string } } }>(SET, given)).mappingSetCreate.mappingSet
    .id;
}

const contentOf = (id: string) => app.ask(CONTENT, { id });

it('of a mapping set is what an import reads: entries and rules come back as they were, formulas too', async () => {
  const tags = await newSet('TAG');
  const names = ['plain', '=1+1', "'=quoted", '+49', 'with, comma', 'with "quote"', ' -x'];
  const entries = names.map((sourceKey) => ({ sourceKey, destinationKey: `@${sourceKey}` }));
  await app.ask(UPSERT, { id: tags, entries });
  const choices = [{ from: 'a;b=c', to: String.raw`back\slash` }];
  const rules = await newSet('METADATA', {
    metadataRules: [
      { destinationField: 'xattr:user.stage', value: { sourceField: 'owner' }, choices, isRequired: true },
      { destinationField: 'xattr:user.from', value: { template: '=from {path}' }, defaultValue: '-' },
    ],
  });
  for (const [kind, set] of [
    ['TAG', tags],
    ['METADATA', rules],
  ] as const) {
    const csv = await report({ kind: 'MAPPING_SET', subject: { mappingSetId: set } });
    const copy = await newSet(kind);
    expect(await app.ask(IMPORT, { id: copy, csv })).toMatchObject({ mappingImport: { rowErrors: [] } });
    expect(await contentOf(copy)).toEqual(await contentOf(set));
  }
});

it('of what a job could not map has each name with its count and items, and outlives the run', async () => {
  app.put('a.txt', 'a');
  app.put('b.txt', 'b');
  const rule = { destinationField: 'xattr:user.kind', value: { sourceField: 'extension' } };
  const choices = [{ from: 'pdf', to: 'Drawing' }];
  const set = await newSet('METADATA', { metadataRules: [{ ...rule, choices }] });
  const jobId = await app.createJob({ name: 'Mapped', mappingSetIds: [set] });
  const run = await app.runToEnd(jobId);
  const lines = await report({ kind: 'UNMAPPED', subject: { jobId }, format: 'JSONL' });
  const rows = lines.trimEnd().split('\n');
  expect(rows.map((line) => JSON.parse(line) as object)).toEqual([
    expect.objectContaining({
      ...{ runId: run.id, number: 1, kind: 'METADATA', reason: 'UNMAPPED', field: 'xattr:user.kind', value: 'txt' },
      ...{ itemCount: 2, isFlagged: false, examples: '/a.txt\n/b.txt' },
    }),
  ]);
});

it('of rights tells whom each file of a share belongs to', async () => {
  app.put('c.txt', 'c');
  const jobId = await app.createJob({ name: 'Rights' });
  const csv = await report({ kind: 'PERMISSIONS', subject: { jobId } });
  expect(csv.split('\r\n')[0]).toBe('section,path,kind,isPrivate,owner,group,mode,name,label,email,message');
  expect(csv).toMatch(/\r\nITEM,\/c\.txt,FILE,[^,]*,[^,]+,[^,]+,0[0-7]{3},,,,\r\n/);
});

it.each([
  ['a set for a job', { kind: 'UNMAPPED' }, 'mappingSetId', 'INVALID', 'input.subject.mappingSetId'],
  ['a job for a set', { kind: 'MAPPING_SET' }, 'jobId', 'INVALID', 'input.subject.jobId'],
])('%s is refused at its field', async (_what, input, subject, code, field) => {
  const id = subject === 'jobId' ? await app.createJob({ name: `Job ${sets++}` }) : await newSet('TAG');
  const { data } = await app.send<{ reportCreate: { userErrors: { code: string; field: string[] }[] } }>(CREATE, {
    input: { ...input, subject: { [subject]: id } },
  });
  expect(data?.reportCreate.userErrors.map((each) => [each.code, each.field.join('.')])).toEqual([[code, field]]);
});

it('are asked for by those who may read what they tell', async () => {
  const jobId = await app.createJob({ name: `Job ${sets++}` });
  const set = await newSet('TAG');
  const refused = async (input: object, ...scopes: string[]) => {
    const { apiTokenCreate } = await app.ask<{ apiTokenCreate: { secret: string } }>(
      'mutation ($s: [Scope!]!) { apiTokenCreate(displayName: "t", scopes: $s) { secret userErrors { code } } }',
      { s: ['REPORTS_READ', ...scopes] },
    );
    const { data } = await app.send<{ reportCreate: { userErrors: { code: string }[] } }>(
      CREATE,
      { input },
      { authorization: `Bearer ${apiTokenCreate.secret}` },
    );
    return data?.reportCreate.userErrors.map(({ code }) => code);
  };
  const rights = { kind: 'PERMISSIONS', subject: { jobId } };
  expect(await refused(rights, 'JOBS_READ')).toEqual(['FORBIDDEN']);
  expect(await refused(rights, 'JOBS_READ', 'CONNECTIONS_READ')).toEqual([]);
  expect(await refused({ kind: 'MAPPING_SET', subject: { mappingSetId: set } }, 'JOBS_READ')).toEqual(['NOT_FOUND']);
});
