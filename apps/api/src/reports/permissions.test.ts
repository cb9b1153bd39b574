import { NO_CONDITION } from '@sluice/core/filter';
import { PlatformError, type DirectoryEntry } from '@sluice/core/platform';
import { createMemoryPlatform, type MemoryPlatform } from '@sluice/core/testing';
import { expect, it } from 'vitest';
import type { JobRow } from '../db/row-types.js';
import { Refusal } from '../problems.js';
import { jobRow } from '../runs/engine-store/testing.js';
import { COLUMNS } from './columns.js';
import type { Cell } from './lines.js';
import { Permissions } from './permissions.js';

const entry = (key: string): DirectoryEntry => ({ key, label: `The ${key}`, email: `${key}@site`, choices: [] });
const NAMES = { ACCOUNT: [entry('ada')], GROUP: [entry('crew')] };

function siteWith(options: Parameters<typeof createMemoryPlatform>[0] = { names: NAMES }): MemoryPlatform {
  const platform = createMemoryPlatform(options);
  platform.seed([{ path: 'site/closed/a.pdf', bytes: 'a' }, { path: 'site/b.tmp', bytes: 'b' }, { path: 'other' }]);
  platform.edit('site/closed', { isPrivate: true });
  return platform;
}

/** Rows of the report on a job that reads the folder "site", each without the columns that have no value. */
async function rowsOf(platform: MemoryPlatform, changes: Partial<JobRow> = {}): Promise<Record<string, unknown>[]> {
  const job = {
    ...jobRow({ id: 'job_1', sourcePath: '/site', rules: [] }),
    sourceRemoteId: null,
    ...changes,
  } as JobRow;
  const work = { subject: async () => ({ run: null, job }), requireSame: async () => undefined };
  const report = new Permissions({ connections: { open: async () => platform }, work, clock: { now: () => 0 } });
  const making = { signal: new AbortController().signal, folder: '', tell: () => undefined };
  const rows: Cell[][] = [];
  for await (const portion of report.rows({ id: 'rep_1', subjectId: 'job_1' }, making)) rows.push(...portion);
  const named = rows.map((cells) => COLUMNS.PERMISSIONS.map((column, index) => [column, cells[index]] as const));
  return named.map((cells) => Object.fromEntries(cells.filter(([, value]) => value !== null)));
}

const item = (path: string) => ({ section: 'ITEM', path });

it('tells of each item in scope whether it is private, and whom the platform knows', async () => {
  const rows = await rowsOf(siteWith(), { rules: [{ ...NO_CONDITION, isExclusion: true, globs: ['*.tmp'] }] });
  expect(rows).toEqual([
    { ...item('/site/closed'), kind: 'FOLDER', isPrivate: true },
    { ...item('/site/closed/a.pdf'), kind: 'FILE' },
    { section: 'ACCOUNT', name: 'ada', label: 'The ada', email: 'ada@site' },
    { section: 'GROUP', name: 'crew', label: 'The crew', email: 'crew@site' },
  ]);
});

it('tells of owner, group and mode where items have them, and then of no others', async () => {
  const platform = siteWith();
  platform.edit('site/b.tmp', { fields: { owner: 'ada', group: 'crew', mode: '0640', text: 'not of rights' } });
  const rows = await rowsOf(platform);
  expect(rows).toContainEqual({ ...item('/site/b.tmp'), kind: 'FILE', owner: 'ada', group: 'crew', mode: '0640' });
  expect(rows.filter(({ section }) => section !== 'ITEM')).toEqual([]);
});

it('says that people are hidden from the account, and nothing where the platform knows none', async () => {
  const hidden = siteWith();
  hidden.directory!.list = async () => Promise.reject(new PlatformError('ACCESS_DENIED', 'No.'));
  const told = (await rowsOf(hidden)).filter(({ section }) => section !== 'ITEM');
  expect(told.map(({ section, message }) => [section, message])).toEqual([
    ['ACCOUNT', 'The account of the connection may not see them.'],
    ['GROUP', 'The account of the connection may not see them.'],
  ]);
  expect(await rowsOf(siteWith({ without: ['directory'] }))).toHaveLength(3);
});

it('is refused in words where the source is gone or the platform fails', async () => {
  await expect(rowsOf(siteWith(), { sourcePath: '/gone' })).rejects.toThrow(Refusal);
  const failing = siteWith();
  failing.directory!.list = async () => Promise.reject(new PlatformError('PLATFORM_ERROR', 'Down.'));
  await expect(rowsOf(failing)).rejects.toMatchObject({ problems: [{ message: 'Down.' }] });
});
