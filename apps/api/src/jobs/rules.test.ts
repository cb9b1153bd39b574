import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShareApp, type ShareApp } from '../runner/testing.js';

let app: ShareApp;
beforeAll(async () => {
  app = await openShareApp();
  for (const path of ['job/a.pdf', 'job/b.tmp', 'job/f/c.pdf', 'job/f/Thumbs.db', 'job/old/d.pdf', 'job/g/e.txt'])
    app.put(path, `bytes of ${path}`);
  mkdirSync(join(app.folders.source, 'job/empty'));
});
afterAll(() => app[Symbol.asyncDispose]());

const FIELDS = `isExclusion globs extensions minBytes maxBytes createdFrom createdTo modifiedFrom modifiedTo minAge maxAge
  isHidden metadataKey metadataValue`;
const UPDATE = `mutation ($id: ID!, $input: JobUpdateInput!) { jobUpdate(id: $id, input: $input) {
  job { version rules { ${FIELDS} } } userErrors { code message field }
} }`;
const PREVIEW = `query ($location: LocationInput!, $rules: [ItemRuleInput!]!, $first: Int! = 100) {
  itemRulePreview(location: $location, rules: $rules, first: $first) { entry { path kind } isIncluded decidingRule }
}`;

interface Updated {
  jobUpdate: { job: { version: number; rules: unknown[] } | null; userErrors: { code: string; field: string[] }[] };
}
interface Row {
  entry: { path: string };
  isIncluded: boolean;
  decidingRule: number | null;
}

const source = () => ({ connectionId: app.connections.source, at: { path: '/job' } });
const rulesOf = async (id: string) =>
  (await app.ask<{ job: { rules: unknown[] } }>(`query ($id: ID!) { job(id: $id) { rules { ${FIELDS} } } }`, { id }))
    .job.rules;
const NONE = {
  ...{
    isExclusion: false,
    globs: [],
    extensions: [],
    minBytes: null,
    maxBytes: null,
    createdFrom: null,
    createdTo: null,
  },
  ...{ modifiedFrom: null, modifiedTo: null, minAge: null, maxAge: null, isHidden: null },
  ...{ metadataKey: null, metadataValue: null },
};

const EVERY = {
  isExclusion: true,
  globs: ['*.tmp', 'old/**'],
  extensions: ['bak'],
  minBytes: 1,
  maxBytes: 2 ** 40,
  created: { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' },
  modified: { from: '2026-02-01T00:00:00Z' },
  minAge: 'P1D',
  maxAge: 'P365D',
  isHidden: false,
  metadataKey: 'private',
  metadataValue: 'true',
};

describe('filters of a job', () => {
  it('are kept as they were given, all conditions of them, and copied with the job', async () => {
    const id = await app.createJob({ name: 'Kept', rules: [{ extensions: ['pdf'] }, EVERY] });
    const { created: _, modified: __, ...others } = EVERY;
    const kept = [
      { ...NONE, extensions: ['pdf'] },
      {
        ...others,
        createdFrom: '2026-01-01T00:00:00.000Z',
        createdTo: '2027-01-01T00:00:00.000Z',
        modifiedFrom: '2026-02-01T00:00:00.000Z',
        modifiedTo: null,
      },
    ];
    expect(await rulesOf(id)).toEqual(kept);
    const { jobDuplicate } = await app.ask<{ jobDuplicate: { job: { id: string } } }>(
      'mutation ($id: ID!) { jobDuplicate(id: $id, name: "Kept 2") { job { id } userErrors { code } } }',
      { id },
    );
    expect(await rulesOf(jobDuplicate.job.id)).toEqual(kept);
  });

  it('are replaced as a whole by an update, and stay where it has none', async () => {
    const id = await app.createJob({ name: 'Changed', rules: [{ globs: ['a'] }] });
    const update = (input: object) => app.ask<Updated>(UPDATE, { id, input });
    expect((await update({ description: 'x' })).jobUpdate.job?.rules).toHaveLength(1);
    expect((await update({ rules: [{ isHidden: true, isExclusion: true }] })).jobUpdate.job?.rules).toEqual([
      { ...NONE, isExclusion: true, isHidden: true },
    ]);
    expect((await update({ rules: [] })).jobUpdate.job?.rules).toEqual([]);
  });

  it('are refused at their fields all together, and nothing is changed', async () => {
    const id = await app.createJob({ name: 'Refused', rules: [{ globs: ['a'] }] });
    const rules = [
      {},
      { globs: ['ok', 'a\\b', '/c'], extensions: ['*'] },
      { minBytes: 5, maxBytes: 4, metadataKey: 'colour' },
      { created: { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }, minAge: 'PT2S', maxAge: 'PT1S' },
    ];
    const { data } = await app.send<Updated>(UPDATE, { id, input: { rules } });
    expect(data?.jobUpdate.userErrors.map(({ code, field }) => `${code} ${field.join('.')}`)).toEqual([
      'REQUIRED input.rules.0',
      'INVALID input.rules.1.globs.1',
      'INVALID input.rules.1.globs.2',
      'INVALID input.rules.1.extensions.0',
      'OUT_OF_RANGE input.rules.2.maxBytes',
      'INVALID input.rules.2.metadataKey',
      'OUT_OF_RANGE input.rules.3.created',
      'OUT_OF_RANGE input.rules.3.maxAge',
    ]);
    expect(await rulesOf(id)).toEqual([{ ...NONE, globs: ['a'] }]);
    const many = { rules: Array.from({ length: 101 }, () => ({ globs: ['a'] })) };
    const reply = await app.send<Updated>(UPDATE, { id, input: many });
    expect(reply.data?.jobUpdate.userErrors).toEqual([
      { code: 'TOO_LONG', message: 'Give at most 100 filters.', field: ['input', 'rules'] },
    ]);
  });
});

describe('the preview of filters', () => {
  const RULES = [{ extensions: ['pdf'] }, { isExclusion: true, globs: ['old'] }];
  const preview = async (variables: object = {}) =>
    (await app.ask<{ itemRulePreview: Row[] }>(PREVIEW, { location: source(), rules: RULES, ...variables }))
      .itemRulePreview;
  const linesOf = (rows: readonly Row[]) =>
    rows.map(({ entry, isIncluded, decidingRule }) => `${entry.path} ${isIncluded} ${decidingRule}`).sort();

  it('tells of each item whether it is in and which filter decided, and is what a run does', async () => {
    const rows = await preview();
    expect(linesOf(rows)).toEqual([
      '/job/a.pdf true 0',
      '/job/b.tmp false null',
      '/job/empty false null',
      '/job/f true null',
      '/job/f/Thumbs.db false null',
      '/job/f/c.pdf true 0',
      '/job/g false null',
      '/job/g/e.txt false null',
      '/job/old false 1',
    ]);
    const id = await app.createJob({ name: 'Previewed', source: source(), rules: RULES });
    const run = await app.runToEnd(id);
    expect(run.state).toBe('SUCCEEDED');
    const { run: told } = await app.ask<{
      run: { items: { nodes: { sourcePath: string; outcome: string; reason: string }[] } };
    }>('query ($id: ID!) { run(id: $id) { items(first: 100) { nodes { sourcePath outcome reason } } } }', {
      id: run.id,
    });
    const included = new Map(rows.map(({ entry, isIncluded }) => [entry.path, isIncluded]));
    const done = told.items.nodes.map(({ sourcePath, outcome, reason }) => `${sourcePath} ${outcome} ${reason}`);
    expect(done.sort()).toEqual(
      [...included].map(([path, isIn]) => `${path} ${isIn ? 'CREATED NEW' : 'SKIPPED EXCLUDED_BY_RULE'}`).sort(),
    );
  });

  it('has as many rows as asked for, and looks further to tell whether their folders are in', async () => {
    expect(await preview({ first: 1 })).toHaveLength(1);
    const all = new Map((await preview()).map((row) => [row.entry.path, row.isIncluded]));
    for (const first of [2, 3, 4, 5])
      for (const { entry, isIncluded } of await preview({ first })) expect(isIncluded).toBe(all.get(entry.path));
  });

  it('refuses wrong filters and places at their field, and finds no unknown connection', async () => {
    const told = async (variables: object) => {
      const reply = await app.send(PREVIEW, { location: source(), rules: RULES, ...variables });
      return reply.errors?.[0] ?? reply.data;
    };
    expect(await told({ rules: [{ globs: ['/a'] }] })).toMatchObject({
      message: expect.stringMatching(/^rules.0.globs.0 is wrong: Leave out the slash/) as string,
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(await told({ location: { ...source(), at: { path: 'job' } } })).toMatchObject({
      message: expect.stringMatching(/^location.at.path is wrong/) as string,
    });
    expect(await told({ first: 501 })).toMatchObject({ extensions: { code: 'PAGE_SIZE_OUT_OF_RANGE' } });
    expect(await told({ location: { ...source(), at: { path: '/missing' } } })).toMatchObject({
      extensions: { code: 'PLATFORM_ERROR' },
    });
    expect(await told({ location: { connectionId: 'con_unknown' } })).toEqual({ itemRulePreview: null });
  });
});

it('filters of a SYNC job leave out the same of both sides, and the plan tells it', async () => {
  const destination = { connectionId: app.connections.destination, at: { path: '/both' } };
  for (const path of ['a.pdf', 'b.tmp', 'f/c.tmp']) app.put(`both/${path}`, path);
  const at = { source: { ...source(), at: { path: '/both' } }, destination };
  const id = await app.createJob({ name: 'Both', transferType: 'SYNC', ...at, policies: {} });
  expect((await app.runToEnd(id)).state).toBe('SUCCEEDED');
  writeFileSync(join(app.folders.destination, 'both/there.tmp'), 'theirs');
  writeFileSync(join(app.folders.destination, 'both/b.tmp'), 'edited');
  rmSync(join(app.folders.destination, 'both/f/c.tmp'));
  const { jobUpdate } = await app.ask<Updated>(UPDATE, {
    id,
    input: { rules: [{ isExclusion: true, globs: ['*.tmp'] }] },
  });
  expect(jobUpdate.userErrors).toEqual([]);
  for (let turn = 0; turn < 2; turn++) {
    const run = await app.runToEnd(id);
    const { run: told } = await app.ask<{ run: { items: { nodes: Record<string, string | null>[] } } }>(
      'query ($id: ID!) { run(id: $id) { items(first: 10) { nodes { sourcePath destinationPath reason } } } }',
      { id: run.id },
    );
    const lines = told.items.nodes.map(
      ({ sourcePath, destinationPath, reason }) => `${sourcePath ?? destinationPath} ${reason}`,
    );
    expect(lines.sort()).toEqual(
      ['/both/b.tmp', '/both/f/c.tmp', '/both/there.tmp'].map((path) => `${path} EXCLUDED_BY_RULE`),
    );
    expect(readFileSync(join(app.folders.source, 'both/b.tmp'), 'utf8')).toBe('b.tmp');
    expect(readFileSync(join(app.folders.source, 'both/f/c.tmp'), 'utf8')).toBe('f/c.tmp');
    expect(existsSync(join(app.folders.source, 'both/there.tmp'))).toBe(false);
  }
});

it('ready-made filters are offered, and can be given to a job as they are', async () => {
  interface Sets {
    itemRuleSets: { name: string; description: string; rules: { isExclusion: boolean; globs: string[] }[] }[];
  }
  const { itemRuleSets } = await app.ask<Sets>('{ itemRuleSets { name description rules { isExclusion globs } } }');
  expect(itemRuleSets.map(({ name }) => name)).toEqual(['System files', 'Temporary files']);
  const rules = itemRuleSets.flatMap((set) => set.rules);
  const id = await app.createJob({
    name: 'Ready-made',
    source: source(),
    destination: { connectionId: app.connections.destination, at: { path: '/made' } },
    rules,
  });
  await app.runToEnd(id);
  expect(app.get('made/a.pdf')).toBe('bytes of job/a.pdf');
  expect(() => app.get('made/f/Thumbs.db')).toThrow('ENOENT');
  expect(() => app.get('made/b.tmp')).toThrow('ENOENT');
});
