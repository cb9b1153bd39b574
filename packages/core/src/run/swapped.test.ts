import { describe, expect, it } from 'vitest';
import { exclude } from '../filter/filter.testing.js';
import type { Side, TransferType } from '../plan/index.js';
import { PlatformError } from '../platform/index.js';
import { item, ledgerEntry } from '../testing/index.js';
import { activeRoom, at, FOLDER } from './active-room.testing.js';
import type { ItemMapping } from './context.js';
import type { EngineStore } from './ports/index.js';
import { swapped, writtenSides } from './swapped.js';
import { all, both, exchanged, keyOf, known } from './swapped.testing.js';

const AT = new Date('2026-11-21T12:00:00.000Z');

describe('a context with both sides exchanged', () => {
  it('reads the destination and changes the source', async () => {
    const made = await activeRoom('SYNC', { rules: [exclude({ globs: ['a'] })] });
    const details = { fields: [], tags: false };
    const mapping: ItemMapping = { details, map: () => ({ fields: {}, tags: null, problems: [] }) };
    const room = { ...made, sourceRoot: ['s'], destinationRoot: ['d'], mapping };
    const there = swapped(room);
    expect([there.source, there.destination]).toEqual([room.destination, room.source]);
    expect([there.sourceRoot, there.destinationRoot]).toEqual([['d'], ['s']]);
    expect([there.sifter, there.sifterThere]).toEqual([room.sifterThere, room.sifter]);
    expect(there.words).toEqual({ from: 'destination', to: 'source' });
    expect([there.mapping, there.policies, there.owner]).toEqual([undefined, room.policies, room.owner]);
  });

  it('opens contents of the destination', async () => {
    const room = await activeRoom('SYNC');
    room.destination.seed([{ path: 'a', bytes: 'text' }]);
    const file = room.destination.item('a') ?? item('a');
    const call = { signal: room.control.signal, priority: 'JOB', owner: 'test' } as const;
    const chunks = await all(swapped(room).formers.open(file, call));
    expect(Buffer.concat(chunks).toString()).toBe('text');
  });

  it('tells calls by their side, and all else as it is', async () => {
    const told: unknown[] = [];
    const note =
      (name: string) =>
      (...given: unknown[]) =>
        void told.push([name, ...given]);
    const report = {
      ...{ progress: note('progress'), inFlight: note('inFlight'), waiting: note('waiting') },
      ...{ called: note('called'), discovered: note('discovered') },
    };
    const there = swapped({ ...(await activeRoom('SYNC')), report }).report;
    there.progress('1', 2);
    there.inFlight(3, 4);
    there.waiting(AT);
    there.called('SOURCE', true);
    there.called('DESTINATION', false);
    there.discovered(5, 6);
    expect(told).toEqual([
      ...[
        ['progress', '1', 2],
        ['inFlight', 3, 4],
        ['waiting', AT],
      ],
      ...[
        ['called', 'DESTINATION', true],
        ['called', 'SOURCE', false],
        ['discovered', 5, 6],
      ],
    ]);
  });
});

it.each<[TransferType, string[]]>([
  ['COPY', ['destination']],
  ['PUBLISH', ['destination']],
  ['MOVE', ['destination', 'source']],
  ['SYNC', ['destination', 'source']],
])('%s changes, in this order: %j', async (type, words) => {
  expect(writtenSides(await activeRoom(type)).map((context) => context.words.to)).toEqual(words);
});

describe('the listings of the other side', () => {
  async function shown() {
    const made = await both(known);
    await made.there.stage('DESTINATION', [at('s', { id: 'id:s' }), at('s only'), at('f/a')]);
    await made.there.stage('SOURCE', [at('d', { id: 'd:s', version: '7' }), at('g/b', { id: 'b' })]);
    return made;
  }

  it('are staged where they belong', async () => {
    const { store } = await shown();
    expect(keyOf(await store.sourceByKey('s only'))).toBe('s only');
    expect(keyOf(await store.destinationByKey('g/b'))).toBe('g/b');
  });

  it('are found by their keys and identities', async () => {
    const { there } = await shown();
    expect([keyOf(await there.sourceByKey('d')), keyOf(await there.sourceByKey('s'))]).toEqual(['d', null]);
    expect([keyOf(await there.destinationByKey('s')), keyOf(await there.destinationByKey('d'))]).toEqual(['s', null]);
    expect([keyOf(await there.destinationById('id:s')), keyOf(await there.destinationById('d:s'))]).toEqual([
      's',
      null,
    ]);
    expect(keyOf(await there.destinationById('d:s', 'SOURCE'))).toBe('d');
    expect([await there.isAtSource('d', 'd:s'), await there.isAtSource('s', 'id:s')]).toEqual([true, false]);
    expect([await there.hasSourceFileBelow('g'), await there.hasSourceFileBelow('f')]).toEqual([true, false]);
  });

  it('are told by their folders', async () => {
    const { there } = await shown();
    expect([...(await there.destinationChildren('f')).names()]).toEqual(['a']);
    expect([...(await there.destinationChildren('g', 'SOURCE')).names()]).toEqual(['b']);
    const folders = await all(there.sourceFolders((name) => name));
    expect(folders.map(({ key, settled, isBare }) => [key, settled, isBare])).toEqual([
      ['', null, false],
      ['g', null, false],
    ]);
    const children = await Promise.all(folders.map(async (folder) => all((await folder.children()).portions())));
    expect(children.flat(2).map(({ key, ledger }) => [key, ledger])).toEqual([
      ['d', exchanged],
      ['g/b', null],
    ]);
  });

  it('tell their problems', async () => {
    const { store, there } = await both();
    const error = new PlatformError('ACCESS_DENIED', 'No.');
    await store.stageProblems('DESTINATION', [{ key: 'd', problem: { path: ['d'], kind: 'FOLDER', error } }]);
    await store.stageProblems('SOURCE', [{ key: 's', problem: { path: ['s'], kind: 'FOLDER', error } }]);
    const keys = async (side?: Side) => (await all(there.sourceProblems(side))).map(({ key }) => key);
    expect([await keys(), await keys('DESTINATION')]).toEqual([['d'], ['s']]);
    expect([await there.coverage('SOURCE', 'd'), await there.coverage('DESTINATION', 'd')]).toEqual(['NONE', 'WHOLE']);
  });
});

describe('the ledger with both sides exchanged', () => {
  const exchangedFolder = ledgerEntry('f', { id: 'f', kind: 'FOLDER', destinationKey: 'g' });

  it('tells entries by either side', async () => {
    const { there } = await both(known);
    expect(await there.entryOf('SOURCE', 'd:s')).toEqual(exchanged);
    expect([await there.entryOf('DESTINATION', 'id:s'), await there.entryOf('SOURCE', 'id:s')]).toEqual([
      exchanged,
      null,
    ]);
    expect(await there.placeOwner('SOURCE', 'd', 'FILE')).toEqual(exchanged);
    expect(await there.placeOwner('SOURCE', 's', 'FILE')).toBeNull();
  });

  it('tells what left its place', async () => {
    const { store, there } = await both(known);
    await store.stage('DESTINATION', [at('d since', { id: 'd:s' })]);
    expect([
      await there.isPlaceLeft('SOURCE', 'd', 'FILE'),
      await there.isPlaceLeft('DESTINATION', 's', 'FILE'),
    ]).toEqual([true, false]);
    expect(await there.leaving('id:s')).toMatchObject({ key: 'd since', ledger: exchanged });
    expect(await there.leaving('d:s')).toBeNull();
  });

  it('tells what is gone', async () => {
    const { store, there } = await both(known, exchangedFolder);
    await store.stage('SOURCE', [at('s', { id: 'id:s' })]);
    await store.stage('DESTINATION', [at('g', { ...FOLDER, id: 'd:f' })]);
    expect(await all(there.lostEntries())).toEqual([exchanged]);
    await store.stageDeleted(['d:f']);
    const below = { key: 'g/a', id: 'unknown' };
    expect([await there.isSeenDeleted(below), await there.isSeenDeleted({ ...below, key: 'f/a' })]).toEqual([
      true,
      false,
    ]);
  });

  it('is revised as it is kept', async () => {
    const { store, there } = await both(known, exchangedFolder);
    await there.reviseEntries([
      { id: 'known', entry: exchanged },
      { id: 'f', entry: null },
    ]);
    expect([await store.entryOf('SOURCE', 'id:s'), await store.entryOf('SOURCE', 'id:f')]).toEqual([known, null]);
  });

  it('tells what is in doubt', async () => {
    const { room, store, there } = await both();
    await store.beginMarks('first start', true);
    await room.know(known);
    expect(await all(there.doubtfulEntries('second start'))).toEqual([{ entry: exchanged, replaced: null }]);
  });
});

it('all else of the store is as it is', async () => {
  const { store, there } = await both();
  const say: EngineStore['log'] = Reflect.get(there, 'log');
  await say('INFO', 'A line.');
  expect(store.logged).toEqual([{ severity: 'INFO', message: 'A line.' }]);
  expect([Reflect.get(there, 'job'), Reflect.get(there, 'none')]).toEqual([store.job, undefined]);
  expect(Reflect.get(there, 'log')).toBe(Reflect.get(there, 'log'));
});
