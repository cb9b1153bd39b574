import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../plan/index.js';
import { PlatformError } from '../platform/index.js';
import { item } from '../testing/index.js';
import { at, FOLDER, folderWith, placeAt } from './active-room.testing.js';
import type { OtherSide } from './other-side.js';
import { house, itsHalf, known, ofOther, TARGET, type Scene } from './other-side.testing.js';
import { toldOf } from './planned-moves.testing.js';

describe('a file that lost its other half and comes to where a new one stands', () => {
  const found = at('x');

  it.each<[string, Partial<Scene>, Parameters<OtherSide['meetsAnew']>, boolean]>([
    ['is in conflict with it', {}, [found, known], true],
    ['is not where nothing stands', {}, [null, known], false],
    ['is not where a folder stands', {}, [at('x', FOLDER), known], false],
    ['is not where it is new', {}, [found, null], false],
    ['is not where that is its other half', {}, [at('x', { id: 'd:a' }), known], false],
    ['is not at its own place', {}, [at('a'), known], false],
    ['is not where its other half stands elsewhere', { destination: [at('y', { id: 'd:a' })] }, [found, known], false],
    ['is not where that belongs to another one', { known: [ofOther] }, [itsHalf, known], false],
  ])('%s', async (_, scene, given, expected) => {
    const { other, both } = await house(scene);
    expect(await other.meetsAnew(...given)).toBe(expected);
    expect(both.hasMetAnew('id:a')).toBe(expected);
  });

  it('tells the planning of the source, which tells nobody', async () => {
    const { other, both } = await house({ isSecond: true });
    expect([await other.meetsAnew(found, known), both.hasMetAnew('id:a')]).toEqual([true, false]);
    both.meetAnew('d:a');
    const lost = (entry: LedgerEntry | null, id: string) => other.hasLostHalf(entry, at('a', { id }));
    expect([lost(known, 'new'), lost(known, 'id:a'), lost(ofOther, 'new'), lost(null, 'new')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    const first = await house();
    first.both.meetAnew('d:a');
    expect(first.other.hasLostHalf(known, at('a', { id: 'new' }))).toBe(false);
  });
});

describe('what holds a name that an item is to get', () => {
  const scene: Partial<Scene> = { known: [ofOther], source: [at('b')] };

  it.each<[string, Partial<Scene>, Parameters<OtherSide['holderOf']>, object | null]>([
    [
      'belongs to another item of the source',
      scene,
      [itsHalf, known, item('x')],
      { occupant: itsHalf, source: { key: 'b', ledger: ofOther } },
    ],
    ['is nothing where nothing stands', scene, [null, known, item('x')], null],
    ['is nothing where nothing can be moved', { ...scene, moves: false }, [itsHalf, known, item('x')], null],
    ['is not the other half of the item', scene, [itsHalf, ofOther, item('x')], null],
    ['is nothing where the other item is gone', { known: [ofOther] }, [itsHalf, known, item('x')], null],
    ['is nothing where the ledger is empty', { ...scene, remembered: 0 }, [itsHalf, null, item('x')], null],
    ['is no new file', {}, [at('x'), null, item('x')], null],
    [
      'is a file with the name of a folder',
      {},
      [at('x'), null, item('x', FOLDER)],
      { occupant: at('x'), source: null },
    ],
    ['is no folder with the name of a folder', {}, [at('x', FOLDER), null, item('x', FOLDER)], null],
    [
      'is no folder with the name of a file',
      { ...scene },
      [{ ...itsHalf, item: { ...itsHalf.item, ...FOLDER } }, known, item('x')],
      null,
    ],
  ])('%s', async (_, given, asked, expected) => {
    const holder = await (await house(given)).other.holderOf(...asked);
    if (expected === null) expect(holder).toBeNull();
    else expect(holder).toMatchObject(expected);
  });

  it.each([
    [null, 'FILE', false],
    [at('x'), 'FILE', false],
    [at('x', FOLDER), 'FILE', true],
    [at('x', FOLDER), 'FOLDER', false],
  ] as const)('is a folder with the name of a file: %#', async (found, kind, expected) => {
    expect((await house()).other.isFolders(found, kind)).toBe(expected);
  });
});

describe('what has the name of an item that lost its other half, and is gone at the source itself', () => {
  const scene: Partial<Scene> = { known: [known, ofOther] };
  const KEPT = { occupant: { key: 'x' }, source: null };

  it.each<[string, Partial<Scene>, Parameters<OtherSide['orphanAt']>, unknown]>([
    ['goes too', scene, [itsHalf, known], 'GOES'],
    ['is kept where it was edited', scene, [at('x', { id: 'd:b', version: '8', size: 99 }), known], KEPT],
    ['is kept where people moved it', { known: [known, { ...ofOther, destinationKey: 'b' }] }, [itsHalf, known], KEPT],
    ['is nothing where nothing stands', scene, [null, known], null],
    ['is nothing for a new item', scene, [itsHalf, null], null],
    ['is nothing where it is the other half', scene, [itsHalf, ofOther], null],
    [
      'is nothing where the other half is there',
      { ...scene, destination: [at('y', { id: 'd:a' })] },
      [itsHalf, known],
      null,
    ],
    ['is nothing where it belongs to nobody', {}, [itsHalf, known], null],
    ['is nothing where its own item is there', { ...scene, source: [at('b')] }, [itsHalf, known], null],
    [
      'is nothing where it belongs to the item by another identity',
      scene,
      [itsHalf, { ...known, id: ofOther.id }],
      null,
    ],
  ])('%s', async (_, given, asked, expected) => {
    const orphan = await (await house(given)).other.orphanAt(...asked);
    if (typeof expected === 'object' && expected !== null) expect(orphan).toMatchObject(expected);
    else expect(orphan).toBe(expected);
  });

  it('is left alone where nothing proves that its item is gone', async () => {
    const { room, other } = await house(scene);
    const error = new PlatformError('ACCESS_DENIED', 'No.');
    await room.store.stageProblems('SOURCE', [{ key: 'b', problem: { path: ['b'], kind: 'FILE', error } }]);
    expect(await other.orphanAt(itsHalf, known)).toBe('UNPROVED');
  });
});

describe('what leaves its name for good', () => {
  const holder = { occupant: itsHalf, source: { ...at('b'), ledger: ofOther } };

  it('gets one with the time, and the ledger goes on to know it by the former', async () => {
    const { other, both, steps } = await house();
    expect(await other.renameForConflict(holder, placeAt('', 'x'), TARGET)).toBe(true);
    expect(toldOf(steps)).toEqual(['RENAME x to x (conflict 2026-11-21 12-00-00)']);
    expect(steps).toMatchObject([{ isRevised: true, sourceKey: 'b' }]);
    expect(both.knownKeyOf(itsHalf.item)).toBe('x');
  });

  it.each([
    ['without an item at the source', false, null],
    ['in the planning of the source', true, holder.source],
  ])('is not known by its former name %s', async (_, isSecond, source) => {
    const { other, both } = await house({ isSecond });
    await other.renameForConflict({ ...holder, source }, placeAt('', 'x'), TARGET);
    expect(both.hasLeftName(itsHalf)).toBe(false);
  });

  it('stays where no name is left for it', async () => {
    const { other, steps } = await house();
    const folder = folderWith();
    folder.conflictName = () => ({ reason: 'NAME_INVALID', message: 'No name is left.' });
    expect(await other.renameForConflict(holder, { ...placeAt('', 'x'), folder }, TARGET)).toBe(false);
    expect(steps).toEqual([]);
  });
});
