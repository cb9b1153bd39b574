import { mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openShareApp, type ShareApp } from '../runner/testing.js';

const CREATE = `mutation ($input: ReportCreateInput!) {
  reportCreate(input: $input) { report { id } userErrors { code field message } }
}`;
const READ = `query ($id: ID!) { node(id: $id) { ... on Report {
  taskState downloadUrl failure { code message } validation {
    sourceItems destinationItems sourceBytes destinationBytes equalItems missingItems extraItems differentItems
} } } }`;

interface Found {
  taskState: string;
  downloadUrl: string | null;
  failure: { code: string; message: string } | null;
  validation: Record<string, number> | null;
}

let test: ShareApp;
beforeAll(async () => {
  test = await openShareApp();
});
afterAll(() => test[Symbol.asyncDispose]());
let name = 0;
beforeEach(() => {
  for (const folder of Object.values(test.folders))
    for (const entry of readdirSync(folder)) rmSync(join(folder, entry), { recursive: true });
  name += 1;
});

const at = (path: string) => join(test.folders.destination, path);

/** Copies what lies at the source, lets somebody change things, and gives what a validation says of it then. */
async function validated(changes: Record<string, unknown>, meddle: () => void) {
  const jobId = await test.createJob({ name: `Copy ${name}`, ...changes });
  expect((await test.runToEnd(jobId)).state).toBe('SUCCEEDED');
  meddle();
  return validate(jobId);
}

async function validate(jobId: string): Promise<Found & { rows: Record<string, unknown>[] }> {
  const { reportCreate } = await test.ask<{ reportCreate: { report: { id: string } } }>(CREATE, {
    input: { kind: 'VALIDATION', subject: { jobId }, format: 'JSONL' },
  });
  const { id } = reportCreate.report;
  const found = await test.until(
    async () => (await test.ask<{ node: Found }>(READ, { id })).node,
    ({ taskState }) => taskState === 'SUCCEEDED' || taskState === 'FAILED',
  );
  if (found.downloadUrl === null) return { ...found, rows: [] };
  const { body } = await test.app.http.inject({ method: 'GET', url: new URL(found.downloadUrl).pathname });
  const rows = body.split('\n').filter((line) => line !== '');
  return { ...found, rows: rows.map((row) => JSON.parse(row) as Record<string, unknown>) };
}

const listOf = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

it('finds both sides equal after a copy, and counts what is in scope', async () => {
  test.put('plans/a.pdf', 'one');
  test.put('plans/b.pdf', 'three');
  test.put('plans/c.tmp', 'not taken along');
  const rules = [{ isExclusion: true, globs: ['*.tmp'] }];
  const { validation, rows, failure } = await validated({ rules }, () => undefined);
  expect(failure).toBeNull();
  expect(rows).toEqual([]);
  expect(validation).toEqual({
    sourceItems: 3,
    destinationItems: 3,
    sourceBytes: 8,
    destinationBytes: 8,
    equalItems: 3,
    missingItems: 0,
    extraItems: 0,
    differentItems: 0,
  });
});

it('has one row for each difference at a damaged destination, also for equal sizes, and changes nothing', async () => {
  for (const file of ['gone.pdf', 'cut.pdf', 'forged.pdf', 'touched.pdf', 'fine.pdf', 'renamed.pdf'])
    test.put(file, 'content');
  test.put('folder/inside.pdf', 'content');
  let before: string[] = [];
  const { validation, rows } = await validated({}, () => {
    rmSync(at('gone.pdf'));
    rmSync(at('folder'), { recursive: true });
    writeFileSync(at('cut.pdf'), 'con');
    writeFileSync(at('forged.pdf'), 'CONTENT');
    utimesSync(at('touched.pdf'), 1, 1);
    renameSync(at('renamed.pdf'), at('other.pdf'));
    mkdirSync(at('empty'));
    before = listOf(test.folders.destination);
  });
  const found = rows.map(({ difference, sourcePath, destinationPath, comparedBy }) => [
    difference,
    sourcePath ?? destinationPath,
    comparedBy,
  ]);
  expect(found).toEqual([
    ['DIFFERENT', '/cut.pdf', 'SIZE'],
    ['EXTRA', '/empty', null],
    ['MISSING', '/folder', null],
    ['MISSING', '/folder/inside.pdf', null],
    ['DIFFERENT', '/forged.pdf', 'CHECKSUM'],
    ['MISSING', '/gone.pdf', null],
    ['EXTRA', '/other.pdf', null],
    ['MISSING', '/renamed.pdf', null],
  ]);
  expect(validation).toMatchObject({
    equalItems: 2,
    missingItems: 4,
    extraItems: 2,
    differentItems: 2,
    sourceItems: 8,
  });
  expect(listOf(test.folders.destination)).toEqual(before);
});

it('compares sizes only where the job verifies by them', async () => {
  test.put('forged.pdf', 'content');
  const { rows, validation } = await validated({ policies: { verification: 'SIZE' } }, () =>
    writeFileSync(at('forged.pdf'), 'CONTENT'),
  );
  expect([rows, validation?.['equalItems']]).toEqual([[], 1]);
});

it('leaves out what the policies of the job leave out', async () => {
  test.put('empty.pdf', '');
  test.put('large.pdf', 'larger than ten bytes');
  test.put('fine.pdf', 'content');
  mkdirSync(join(test.folders.source, 'bare'));
  const policies = { zeroByteFile: 'SKIP', largeItem: 'SKIP', maxItemBytes: 10, emptyFolders: 'SKIP' };
  const { rows, validation } = await validated({ policies }, () => undefined);
  expect([rows, validation]).toMatchObject([[], { sourceItems: 1, equalItems: 1, missingItems: 0 }]);
});

it('counts no folder that is only on the way to nothing that a filter takes', async () => {
  test.put('a/b/plan.pdf', 'content');
  test.put('other/deep/note.txt', 'content');
  const rules = [{ isExclusion: false, globs: ['*.pdf'] }];
  const { rows, validation } = await validated({ rules }, () => undefined);
  expect([rows, validation]).toMatchObject([[], { sourceItems: 3, equalItems: 3 }]);
});

it('finds a destination that is gone lacking everything, and fails for a source that is gone', async () => {
  test.put('a/plan.pdf', 'content');
  const jobId = await test.createJob({
    name: `Copy ${name}`,
    source: { connectionId: test.connections.source, at: { path: '/a' } },
    destination: { connectionId: test.connections.destination, at: { path: '/b' } },
  });
  await test.runToEnd(jobId);
  rmSync(at('b'), { recursive: true });
  expect(await validate(jobId)).toMatchObject({ rows: [{ difference: 'MISSING', sourcePath: '/a/plan.pdf' }] });
  test.remove('a');
  expect(await validate(jobId)).toMatchObject({
    taskState: 'FAILED',
    validation: null,
    failure: { code: 'REMOTE_NOT_FOUND' },
  });
});
