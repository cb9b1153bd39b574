import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { PlatformError, type LateDurability } from '../platform/index.js';
import { ledgerEntryOf, type TransferType } from '../plan/index.js';
import { createMemoryPlatform, item, type MemoryPlatform, type MemoryPlatformOptions } from '../testing/index.js';
import { lookAfterRestart } from './after-restart.js';
import type { RunContext } from './context.js';
import { listedContext } from './listed.testing.js';
import type { RevisedEntry } from './ports/index.js';

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');

/** A platform in memory whose machine started so; `settle`: it makes durable what it is told to. */
function durable(start: string | null, options: MemoryPlatformOptions = {}, settle?: LateDurability['settle']) {
  const platform = createMemoryPlatform(options);
  const durability: LateDurability = { machineStart: async () => start, ...(settle ? { settle } : {}) };
  Object.assign(platform.destination!, { durability });
  return platform;
}

/** A job that wrote these files below its folder before the machine lost its power, each with its path as its content. */
async function restarted(destination: MemoryPlatform, paths: string[], over: Partial<RunContext> = {}) {
  destination.seed(paths.map((path) => ({ path: `jobs/${path}`, bytes: path })));
  const ledger = paths.map((path) => {
    const written = { key: path, item: destination.item(`jobs/${path}`)! };
    return ledgerEntryOf(`entry ${path}`, { key: path, item: item(path) }, written, sha256Of(path));
  });
  const given = { destination, destinationRoot: ['jobs'], ...over };
  const context = await listedContext(over.transferType ?? 'COPY', { ledger }, given);
  const pair = context.store.job.pairs[0]!;
  for (const { sourceId } of ledger) pair.marks.set(sourceId, { mark: 1, replaced: null });
  const revised: (readonly RevisedEntry[])[] = [];
  const { store } = context;
  const reviseEntries = store.reviseEntries.bind(store);
  store.reviseEntries = (entries) => (revised.push(entries), reviseEntries(entries));
  return { context, pair, revised, entryOf: (path: string) => pair.ledger.get(`id:${path}`) };
}

describe('after a loss of power', () => {
  it('what is there as it was brought stays known', async () => {
    const destination = durable('second start');
    const { context, revised, entryOf } = await restarted(destination, ['a', 'f/b']);
    expect(await lookAfterRestart(context)).toBe(0);
    expect(revised).toEqual([]);
    expect(entryOf('f/b')).toMatchObject({ sha256: sha256Of('f/b') });
  });

  it('what is gone is forgotten, so that the next run brings it again', async () => {
    const destination = durable('second start');
    const { context, revised, entryOf } = await restarted(destination, ['a', 'b']);
    destination.removeBehind('jobs/a');
    expect(await lookAfterRestart(context)).toBe(1);
    expect(revised).toEqual([[{ id: 'entry a', entry: null }]]);
    expect(entryOf('a')).toBeUndefined();
    expect(entryOf('b')).toBeDefined();
  });

  it.each<[string, MemoryPlatformOptions]>([
    ['by what the platform gives back', {}],
    ['by what its listing opens', { without: ['readBack'] }],
  ])('what holds other bytes than were brought counts as changed at the source, as read %s', async (_, options) => {
    const destination = durable('second start', options);
    const { context, pair, entryOf } = await restarted(destination, ['a', 'b']);
    const entry = entryOf('a')!;
    pair.ledger.set('id:a', { ...entry, sha256: sha256Of('zeros') });
    expect(await lookAfterRestart(context)).toBe(1);
    expect(entryOf('a')).toMatchObject({ sourceVersion: '', sha256: null, destinationId: entry.destinationId });
    expect(entryOf('b')).toMatchObject({ sourceVersion: '1' });
  });

  it('what has the size of a part only counts as changed at the source', async () => {
    const { context, pair, entryOf } = await restarted(durable('second start'), ['a']);
    pair.ledger.set('id:a', { ...entryOf('a')!, destinationSize: 99 });
    expect(await lookAfterRestart(context)).toBe(1);
    expect(entryOf('a')).toMatchObject({ sourceVersion: '', destinationSize: 1 });
  });

  it('what cannot be read back counts as lost', async () => {
    const { context, entryOf } = await restarted(durable('second start', { without: ['readBack', 'source'] }), ['a']);
    expect(await lookAfterRestart(context)).toBe(1);
    expect(entryOf('a')).toMatchObject({ sourceVersion: '' });
  });

  it('what may not be looked at is forgotten, and the others are looked at', async () => {
    const destination = durable('second start');
    const { context, entryOf } = await restarted(destination, ['a', 'b']);
    destination.failNext('find', new PlatformError('ACCESS_DENIED', 'No.'));
    expect(await lookAfterRestart(context)).toBe(1);
    expect([entryOf('a'), entryOf('b')]).toEqual([undefined, expect.anything()]);
  });

  it('nothing is forgotten where the platform is out of reach', async () => {
    const destination = durable('second start');
    const { context, revised } = await restarted(destination, ['a']);
    destination.failNext('find', new PlatformError('UNREACHABLE', 'No answer.'));
    await expect(lookAfterRestart(context)).rejects.toMatchObject({ kind: 'UNREACHABLE' });
    expect(revised).toEqual([]);
  });

  it.each([
    [64, [64]],
    [65, [64, 1]],
  ])('of %i that are gone so many are forgotten at once: %j', async (count, portions) => {
    const destination = durable('second start');
    const paths = Array.from({ length: count }, (_, n) => `file ${n}`);
    const { context, revised } = await restarted(destination, paths);
    for (const path of paths) destination.removeBehind(`jobs/${path}`);
    expect(await lookAfterRestart(context)).toBe(count);
    expect(revised.map(({ length }) => length)).toEqual(portions);
  });
});

describe('what was written is looked at again', () => {
  it('only once the machine has started anew', async () => {
    const destination = durable('first start');
    const { context, pair, entryOf } = await restarted(destination, ['a']);
    pair.machineStart = 'first start';
    destination.removeBehind('jobs/a');
    expect(await lookAfterRestart(context)).toBe(0);
    expect(entryOf('a')).toBeDefined();
  });

  it('never where what was told outlasts a loss of power, and no start is remembered', async () => {
    const destination = createMemoryPlatform();
    const { context, pair, entryOf } = await restarted(destination, ['a']);
    destination.removeBehind('jobs/a');
    expect(await lookAfterRestart(context)).toBe(0);
    expect(entryOf('a')).toBeDefined();
    expect(pair.machineStart).toBeNull();
  });
});

describe('the start of the machine is remembered', () => {
  const startOf = async (transferType: TransferType, source: MemoryPlatform, destination: MemoryPlatform) => {
    const { context, pair } = await restarted(destination, [], { source, transferType });
    await lookAfterRestart(context);
    return pair.machineStart;
  };

  it.each<[string, TransferType, string | null, string | null, string | null]>([
    ['of the destination where only that is written', 'COPY', 'one', 'two', 'two'],
    ['of the destination where the source is only emptied', 'MOVE', 'one', 'two', 'two'],
    ['of both sides where both are written', 'SYNC', 'one', 'two', 'two one'],
    ['once where both sides are of one machine', 'SYNC', 'one', 'one', 'one'],
    ['for neither side where the source does not tell', 'SYNC', null, 'two', null],
    ['for neither side where the destination does not tell', 'SYNC', 'one', null, null],
  ])('%s', async (_, type, source, destination, start) => {
    expect(await startOf(type, durable(source), durable(destination))).toBe(start);
  });

  it('of the one side that may lose what was told', async () => {
    expect(await startOf('SYNC', durable('one'), createMemoryPlatform())).toBe('one');
  });
});

it.each<[string, LateDurability['settle'], boolean]>([
  ['is marked until it is made durable', async () => {}, true],
  ['is not marked where it is durable once it is told', undefined, false],
])('what is written from now on %s', async (_, settle, isMarked) => {
  const { context, pair } = await restarted(durable('second start', {}, settle), ['a']);
  await lookAfterRestart(context);
  await context.store.reviseEntries([{ id: 'entry a', entry: pair.ledger.get('id:a')! }]);
  expect(context.store.nextMark() !== null).toBe(isMarked);
});

it('what is written from now on is marked where one of both sides makes it durable later', async () => {
  const source = durable('second start', {}, async () => {});
  const { context, pair } = await restarted(durable('second start'), ['a'], { source, transferType: 'SYNC' });
  const entry = pair.ledger.get('id:a')!;
  await lookAfterRestart(context);
  await context.store.reviseEntries([{ id: 'entry a', entry }]);
  expect(context.store.nextMark()).not.toBeNull();
});

it('what the source lost is looked for there, where both sides are written', async () => {
  const source = durable('second start');
  const { context, entryOf } = await restarted(createMemoryPlatform(), ['a'], { source, transferType: 'SYNC' });
  expect(await lookAfterRestart(context)).toBe(1);
  expect(entryOf('a')).toBeUndefined();
});
