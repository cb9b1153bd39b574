import { describe, expect, it } from 'vitest';
import { NO_CONDITION } from '../filter/index.js';
import type { Policies } from '../plan/index.js';
import type { ItemRule } from '../platform/index.js';
import { seeds, Transfer } from './transfer.testing.js';

const SIDES = ['source', 'destination'] as const;
type SideName = (typeof SIDES)[number];
const other = (side: SideName): SideName => (side === 'source' ? 'destination' : 'source');

const exclude = (rule: Partial<ItemRule>): ItemRule => ({ ...NO_CONDITION, isExclusion: true, ...rule });
const include = (rule: Partial<ItemRule>): ItemRule => ({ ...NO_CONDITION, isExclusion: false, ...rule });
const TEMPORARY = exclude({ globs: ['*.tmp', 'Old'] });
const LARGE = exclude({ minBytes: 1_000 });

function job(rules: ItemRule[], policies: Partial<Policies> = {}): Transfer {
  const sync = new Transfer('SYNC', policies);
  sync.rules = rules;
  return sync;
}

/** Both sides hold these; then the job gets its filters. */
async function synced(rules: ItemRule[], paths: string[], policies: Partial<Policies> = {}): Promise<Transfer> {
  const sync = job([], policies);
  sync.source.seed(seeds(...paths));
  await sync.run();
  sync.rules = rules;
  return sync;
}

const trees = (sync: Transfer) => ({ source: sync.source.tree(), destination: sync.destination.tree() });
const write = (sync: Transfer, side: SideName, path: string, bytes: string) => sync[side].seed([{ path, bytes }]);
const textOf = (sync: Transfer, side: SideName, path: string) => Buffer.from(sync[side].bytes(path) ?? []).toString();
const entries = async (sync: Transfer) => (await sync.store.locationPairs())[0]!.itemCount;

/** A run says this and changes nothing, and so does the next one. */
async function expectLeftAlone(sync: Transfer, ...told: string[]): Promise<void> {
  const before = trees(sync);
  for (let run = 0; run < 2; run++) expect((await sync.run()).sort()).toEqual(told.sort());
  expect(trees(sync)).toEqual(before);
}

const SKIPPED = 'SKIPPED EXCLUDED_BY_RULE';

describe.each(SIDES)('SYNC with filters, at the %s:', (side) => {
  it('what they leave out is not copied, and told once; all else is', async () => {
    const sync = job([TEMPORARY]);
    sync[side].seed(seeds('a.txt', 'b.tmp', 'Old/c.txt', 'f/d.tmp', 'f/e.txt'));
    expect((await sync.run()).filter((line) => line.startsWith('SKIPPED')).sort()).toEqual(
      ['Old', 'b.tmp', 'f/d.tmp'].map((key) => `${SKIPPED} ${key}`),
    );
    expect(sync[other(side)].tree()).toEqual(['a.txt', 'f/', 'f/e.txt']);
    await expectLeftAlone(sync, ...['Old', 'b.tmp', 'f/d.tmp'].map((key) => `${SKIPPED} ${key}`));
  });

  it('by inclusions folders are made only on the way to what is in', async () => {
    const sync = job([include({ extensions: ['pdf'] })]);
    sync[side].seed(seeds('a/x/b.pdf', 'a/y/c.txt', 'e/', 'f.txt'));
    await sync.run();
    expect(sync[other(side)].tree()).toEqual(['a/', 'a/x/', 'a/x/b.pdf']);
    await expectLeftAlone(sync, ...['a/y', 'a/y/c.txt', 'e', 'f.txt'].map((key) => `${SKIPPED} ${key}`));
  });

  it('what was in and gets a name or a folder that is left out stays where it is on the other side', async () => {
    const sync = await synced([TEMPORARY], ['a.txt', 'b.txt', 'f/c.txt', 'f/d/e.txt', 'g/h.txt', 'Old/x.txt']);
    await sync.move(side, 'a.txt', 'a.tmp');
    await sync.move(side, 'b.txt', 'Old/b.txt');
    await sync.move(side, 'f', 'g/Old');
    const count = await entries(sync);
    await sync.run();
    const there = ['Old/', 'Old/x.txt', 'a.txt', 'b.txt', 'f/', 'f/c.txt', 'f/d/', 'f/d/e.txt', 'g/', 'g/h.txt'];
    expect(sync[other(side)].tree()).toEqual(there);
    expect(await entries(sync)).toBe(count);
    const before = trees(sync);
    await sync.run();
    expect(trees(sync)).toEqual(before);
    for (const [from, to] of [
      ['a.tmp', 'a.txt'],
      ['Old/b.txt', 'b.txt'],
      ['g/Old', 'f'],
    ] as const)
      await sync.move(side, from, to);
    await expectLeftAlone(sync, `${SKIPPED} Old`);
  });

  it('what is left out now and was copied before is neither changed nor removed, whatever becomes of it', async () => {
    const paths = ['a.txt', 'edited.tmp', 'gone.tmp', 'replaced.tmp', 'Old/x.txt', 'Old/gone.txt', 'f/gone.tmp'];
    const sync = await synced([TEMPORARY], paths);
    const { [other(side)]: there } = trees(sync);
    for (const path of ['gone.tmp', 'Old/gone.txt', 'replaced.tmp', 'f']) sync[side].removeBehind(path);
    write(sync, side, 'edited.tmp', 'edited');
    write(sync, side, 'replaced.tmp', 'replaced');
    await sync.run();
    await sync.run();
    expect(sync[other(side)].tree()).toEqual(there);
    expect(textOf(sync, other(side), 'edited.tmp')).toBe('bytes of edited.tmp');
    expect(textOf(sync, other(side), 'replaced.tmp')).toBe('bytes of replaced.tmp');
  });

  it('an item of which one half only is left out is left alone on both sides', async () => {
    const sync = await synced([LARGE], ['a.txt', 'b.txt', 'c.txt']);
    write(sync, side, 'a.txt', 'large'.repeat(1_000));
    await sync.run();
    expect(textOf(sync, other(side), 'a.txt')).toBe('bytes of a.txt');
    write(sync, other(side), 'a.txt', 'edited');
    sync[other(side)].seed(seeds('new.txt'));
    write(sync, side, 'new.txt', 'another'.repeat(1_000));
    await expectLeftAlone(sync, `${SKIPPED} a.txt`, `${SKIPPED} new.txt`);
    expect(textOf(sync, side, 'a.txt')).toHaveLength(5_000);
    expect(textOf(sync, other(side), 'a.txt')).toBe('edited');
    sync[other(side)].removeBehind('a.txt');
    await sync.run();
    expect(textOf(sync, side, 'a.txt')).toHaveLength(5_000);
    sync[side].removeBehind('b.txt');
    write(sync, other(side), 'b.txt', 'large'.repeat(1_000));
    await sync.run();
    expect(textOf(sync, other(side), 'b.txt')).toHaveLength(5_000);
    expect(sync[side].tree()).not.toContain('b.txt');
  });

  it('by a condition that only one half meets, the other half is neither edited nor removed as the job would else', async () => {
    const sync = await synced([], ['edited.txt', 'gone.txt', 'renamed.txt', 'kept.txt']);
    const before = new Date(Date.UTC(2001, 0, 1));
    for (const path of ['edited.txt', 'gone.txt', 'renamed.txt'])
      sync[side].seed([{ path, bytes: `bytes of ${path}`, modifiedAt: before }]);
    await sync.run();
    sync.rules = [exclude({ modifiedTo: before.getTime() + 1 })];
    write(sync, other(side), 'edited.txt', 'edited');
    sync[other(side)].removeBehind('gone.txt');
    await sync.move(other(side), 'renamed.txt', 'new name.txt');
    const untouched = trees(sync);
    await sync.run();
    await sync.run();
    expect(trees(sync)).toEqual(untouched);
    expect(textOf(sync, side, 'edited.txt')).toBe('bytes of edited.txt');
    sync.rules = [];
    await sync.run();
    expect(sync[side].tree()).toEqual(['edited.txt', 'kept.txt', 'new name.txt']);
    expect(textOf(sync, side, 'edited.txt')).toBe('edited');
  });

  it('what takes the name of an item that got one which is left out waits, and makes no room there', async () => {
    const sync = await synced([TEMPORARY], ['a.txt', 'b.txt']);
    await sync.move(side, 'a.txt', 'a.tmp');
    write(sync, side, 'a.txt', 'new');
    await sync.move(side, 'b.txt', 'c.txt');
    await sync.run();
    expect(sync[other(side)].tree()).toEqual(['a.txt', 'c.txt']);
    expect(textOf(sync, other(side), 'a.txt')).toBe('bytes of a.txt');
    expect(textOf(sync, side, 'a.txt')).toBe('new');
    const before = trees(sync);
    await sync.run();
    expect(trees(sync)).toEqual(before);
  });

  it('a folder that is deleted stays on the other side with what is left out there, and without the rest', async () => {
    const sync = await synced([TEMPORARY], ['f/a.txt', 'f/b.tmp', 'g.txt']);
    sync[side].removeBehind('f');
    await sync.run();
    await sync.run();
    expect(sync[other(side)].tree()).toEqual(['f/', 'f/b.tmp', 'g.txt']);
    expect(sync[side].tree()).toEqual(['g.txt']);
  });

  it('what is in goes on as ever: edits, moves, deletions and empty folders', async () => {
    const sync = await synced([TEMPORARY], ['a.txt', 'b.txt', 'c.txt', 'f/d.txt', 'x.tmp'], { emptyFolders: 'SKIP' });
    write(sync, side, 'a.txt', 'edited');
    await sync.move(other(side), 'b.txt', 'f/b.txt');
    sync[side].removeBehind('c.txt');
    sync[other(side)].seed(seeds('empty/y.tmp'));
    await sync.run();
    expect(sync[other(side)].tree().filter((path) => !path.startsWith('empty'))).toEqual(sync[side].tree());
    expect(sync[side].tree()).toEqual(['a.txt', 'f/', 'f/b.txt', 'f/d.txt', 'x.tmp']);
    expect(textOf(sync, other(side), 'a.txt')).toBe('edited');
  });
});
