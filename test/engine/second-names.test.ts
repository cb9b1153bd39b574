import { existsSync, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultPolicies } from '@sluice/core/plan';
import { executeRun } from '@sluice/core/run';
import { MemoryEngineStore, MemoryJob, quietRun } from '@sluice/core/testing';
import { createFilesharePlatform } from '@sluice/fileshare';
import { inlineLane, realDisk } from '@sluice/fileshare/testing';

const clock = { now: () => Date.now(), monotonic: () => performance.now(), sleep: async () => {} };
const lane = inlineLane(realDisk());

let base = '';
let job: MemoryJob;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'sluice-names-'));
  for (const name of ['from', 'to', 'backup']) mkdirSync(join(base, name));
  job = new MemoryJob();
});
afterEach(() => rmSync(base, { recursive: true }));
const at = (...path: string[]) => join(base, ...path);

type Type = 'COPY' | 'SYNC' | 'PUBLISH';
type Side = 'from' | 'to';

async function run(transferType: Type): Promise<string[]> {
  const open = (root: string) =>
    createFilesharePlatform({ root, clock, random: Math.random, durability: 'NEVER', lane });
  const [source, destination] = [await open(at('from')), await open(at('to'))];
  const store = new MemoryEngineStore(job);
  const policies = { ...defaultPolicies(transferType), deletions: 'MIRROR' as const };
  const roots = { sourceRoot: [], destinationRoot: [] };
  const end = await executeRun({ source, destination, ...roots, policies, store, clock, ...quietRun(), transferType });
  expect(end).toEqual({ kind: 'DONE' });
  return store
    .steps()
    .flatMap(({ step, outcome }) => (outcome === 'UNCHANGED' ? [] : [`${outcome} ${step.destinationKey}`]));
}

/** As a backup of hard links does it, or one that is thinned out again. */
const BACKUPS = {
  'gives a second name': (side: Side) => ({
    before: () => undefined,
    after: () => linkSync(at(side, 'a.txt'), at('backup', 'a.txt')),
  }),
  'takes a second name from': (side: Side) => ({
    before: () => linkSync(at(side, 'a.txt'), at('backup', 'a.txt')),
    after: () => rmSync(at('backup', 'a.txt')),
  }),
};

describe.each<[Type, Side]>([
  ['COPY', 'to'],
  ['PUBLISH', 'to'],
  ['SYNC', 'to'],
  ['SYNC', 'from'],
])('%s: a file on the side “%s”, to which a backup', (type, side) => {
  const other = side === 'to' ? 'from' : 'to';

  it.each(Object.entries(BACKUPS))('%s, is the same file', async (_, backup) => {
    const { before, after } = backup(side);
    for (const name of ['a.txt', 'b.txt']) writeFileSync(at('from', name), name);
    await run(type);
    before();
    await run(type);
    after();
    rmSync(at(other, 'a.txt'));
    expect(await run(type)).toEqual(['DELETED a.txt']);
    for (const each of [side, other]) expect(existsSync(at(each, 'a.txt'))).toBe(false);
    expect(await run(type)).toEqual([]);
  });
});
