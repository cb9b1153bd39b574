import { describe, expect, it } from 'vitest';
import type { Triple } from '../pair/index.js';
import { adopt, update, type Step, type TransferType } from '../plan/index.js';
import { item, ledgerEntry, settledStep, step } from '../testing/index.js';
import { at, FOLDER, folderWith, placeAt } from './active-room.testing.js';
import { entered, house, known, occupant, since, target, toldOf, wanted } from './planned-moves.testing.js';
import type { plannedMoves, Shown } from './planned-moves.testing.js';
import type { Leaver } from './planned-moves.js';
import type { TargetFolder } from './placing.js';

it.each<[TransferType, boolean, boolean]>([
  ['COPY', true, true],
  ['COPY', false, false],
  ['SYNC', true, true],
  ['STRUCTURE', true, false],
])('%s follows moves where the destination can move, which is so: %s', async (type, canMove, expected) => {
  const { moves } = await house({ type, options: canMove ? {} : { without: ['move'] } });
  expect(moves.areDone).toBe(expected);
});

const leaver: Leaver = { occupant, source: { ...since('c'), ledger: known } };
const triple: Triple = { source: since('c'), base: known, destination: occupant };
const inFolder = () => ({ ...placeAt('', 'x'), folder: folderWith('x') });
const full = () => {
  const folder = folderWith('x');
  folder.temporaryName = folder.freeName = () => ({ reason: 'NAME_INVALID', message: 'No name is left.' });
  return { ...placeAt('', 'x'), folder };
};

describe('room is made for another item', () => {
  it('by a temporary name, from which the own move goes on', async () => {
    const { moves, steps } = await house({});
    expect(await moves.makeRoom(leaver, inFolder())).toBe(true);
    await moves.add(triple, placeAt('', 'c'), target(), null, null);
    await moves.settleAside();
    expect(toldOf(steps)).toEqual(['RENAME x to x (moving)', 'RENAME x to c']);
    expect(steps).toMatchObject([
      {
        isTemporary: true,
        isRevised: true,
        message: 'It was renamed at the source. Another item gets its former place first.',
      },
      {
        base: { sourceKey: 'x (moving)', destinationKey: 'x (moving)' },
        afterMove: { existingKey: 'x (moving)', folderId: null },
      },
    ]);
    expect(moves.places.now('x', 'FILE')).toBe('c');
  });

  it('for good where what leaves does not get to its own place', async () => {
    const { moves, steps } = await house({});
    await moves.makeRoom(leaver, inFolder());
    await moves.settleAside();
    expect(toldOf(steps)).toEqual(['RENAME x to x (moving)', 'RENAME x to x (1)']);
    expect(steps[1]?.message).toBe(
      'It was renamed or moved at the source to where it cannot be yet, and another item got its name: it has one of its own until then.',
    );
  });

  it('by what is put back', async () => {
    const { moves, steps } = await house({});
    await moves.makeRoom({ ...leaver, source: { ...since('b'), ledger: known } }, inFolder());
    expect(steps[0]?.message).toContain('It was renamed at the destination, and is put back.');
  });

  it('without a step where the move comes before', async () => {
    const { moves, steps } = await house({});
    expect([await moves.makeRoom({ occupant, source: null }, inFolder()), steps]).toEqual([true, []]);
  });

  it.each([
    [known, 'DELETED_ON_OTHER_SIDE', 'b'],
    [null, 'EXTRA_AT_DESTINATION', null],
  ])('by a folder that is removed afterwards: %#', async (gone, reason, sourceKey) => {
    const { moves, steps } = await house({});
    const folder = at('x', { ...FOLDER, id: 'd:x' });
    expect(await moves.makeRoom({ occupant: folder, source: null, gone }, inFolder())).toBe(true);
    await moves.settleAside();
    expect(toldOf(steps)).toEqual(['RENAME x to x (moving)']);
    expect(steps).toMatchObject([{ reason, sourceKey }]);
    expect(moves.places.now('x/a', 'FILE')).toBe('x (moving)/a');
  });

  it('not where no name is left', async () => {
    const { moves, steps } = await house({});
    expect([await moves.makeRoom(leaver, full()), steps]).toEqual([false, []]);
  });

  it('by a temporary name that stays where no other is left', async () => {
    const { moves, steps } = await house({});
    const place = inFolder();
    await moves.makeRoom(leaver, place);
    place.folder.freeName = () => ({ reason: 'NAME_INVALID', message: 'No name is left.' });
    await moves.settleAside();
    expect(toldOf(steps)).toEqual(['RENAME x to x (moving)']);
  });
});

describe('the move of an item', () => {
  const moveWith = async (
    decision: Parameters<ReturnType<typeof plannedMoves>['moves']['add']>[3],
    hash: string | null,
  ) => {
    const { moves, steps } = await house({});
    const base = { ...known, mapped: 'fingerprint', sha256: 'ab' };
    await moves.add(
      { source: since('c', { version: '2' }), base, destination: occupant },
      placeAt('f', 'c'),
      target({ key: 'f', movingId: 'id of f' }),
      decision,
      hash,
    );
    return steps[0];
  };

  it('goes to the place at the source, after the folder that comes along', async () => {
    expect(await moveWith(null, null)).toMatchObject({
      ...{
        type: 'MOVE',
        action: 'MOVE',
        sourceKey: 'c',
        destinationKey: 'f/c',
        message: 'It was moved at the source.',
      },
      ...{ base: { sourceVersion: '1', sha256: 'ab' }, afterMove: { existingKey: null, folderId: 'id of f' } },
    });
  });

  it.each([
    ['read now', 'cd', 'cd'],
    ['known before', null, 'ab'],
  ])('learns an equal content with its checksum, %s', async (_, hash, sha256) => {
    expect(await moveWith(adopt(item('x'), 'It is equal.'), hash)).toMatchObject({
      base: { id: known.id, sourceKey: 'b', destinationKey: 'x', sourceVersion: '2', sha256, mapped: 'fingerprint' },
    });
  });

  it('leaves a changed content to its own step', async () => {
    expect(await moveWith(update(item('x'), 'CONTENT_CHANGED', 'It changed.'), 'cd')).toMatchObject({
      base: { sourceVersion: '1', sha256: 'ab' },
    });
  });

  it('puts back what people of the destination moved', async () => {
    const { moves, steps } = await house({});
    await moves.add({ ...triple, source: since('b') }, placeAt('', 'b'), target(), null, null);
    expect(steps[0]?.message).toBe('It was renamed at the destination, and is put back.');
  });
});

it('what leaves its name for good has that of a conflict, and others find it there', async () => {
  const { moves, steps } = await house({});
  await moves.renameForConflict(leaver, placeAt('', 'x (conflict)'), target());
  expect(toldOf(steps)).toEqual(['RENAME x to x (conflict)']);
  expect(steps).toMatchObject([{ sourceKey: 'c', reason: 'CONFLICT' }]);
  expect(moves.places.now('x', 'FILE')).toBe('x (conflict)');
  expect(await moves.leaverOf(occupant, null, wanted)).toEqual({ occupant, source: null });
});

describe('an item as planned moves leave it', () => {
  it('is as it was before any', async () => {
    expect((await house({})).moves.ahead(triple)).toBe(triple);
  });

  it('has its new places', async () => {
    const { moves } = await house({});
    await moves.add(triple, placeAt('', 'c'), target(), null, null);
    expect(moves.ahead(triple)).toEqual({
      source: triple.source,
      base: { ...known, sourceKey: 'c', destinationKey: 'c' },
      destination: { ...occupant, key: 'c' },
    });
    const gone: Triple = { source: 'ABSENT', base: null, destination: 'UNKNOWN' };
    expect(moves.ahead(gone)).toEqual(gone);
  });
});

describe('a step in its turn', () => {
  const inTarget: Step = step('f/a', { parentKey: 'f' });
  const replacing: Step = step('x', { existing: occupant.item });

  it.each<[string, Step, Shown[0] | null, Partial<TargetFolder> | null, boolean, object | undefined]>([
    ['depends on no move', step('a'), null, {}, false, undefined],
    ['follows what had its place', step('a'), null, null, true, { existingKey: null, folderId: null }],
    ['follows its folder', inTarget, null, { key: 'f', movingId: 'id' }, false, { existingKey: null, folderId: 'id' }],
    ['follows no other folder', inTarget, null, { key: 'g', movingId: 'id' }, false, undefined],
    ['follows no folder where it has none', settledStep('f/a'), null, { key: 'f', movingId: 'id' }, false, undefined],
    ['finds its item where that went', replacing, occupant, null, false, { existingKey: 'c', folderId: null }],
    ['finds an item that stays', replacing, at('z'), null, false, undefined],
    ['that needs no item looks for none', step('x'), occupant, null, false, undefined],
    ['that has no listed item looks for none', replacing, null, null, false, undefined],
  ])('%s', async (_, given, listed, folder, isFreed, afterMove) => {
    const { moves } = await house({});
    moves.places.note('x', 'c', 'FILE');
    const made = moves.inTurn(given, listed, folder && target(folder), isFreed);
    expect(made).toEqual(afterMove ? { ...given, afterMove } : given);
  });
});

describe('a folder', () => {
  const folder = at('f', FOLDER);

  it.each<[string, Triple['destination'], string, boolean]>([
    ['leads into itself below itself', folder, 'f/g/h', true],
    ['leads into itself at its own place', folder, 'f', true],
    ['does not elsewhere', folder, 'g', false],
    ['does not where a name begins alike', folder, 'f2', false],
    ['does not where it is a file', at('f'), 'f/g', false],
    ['does not where it is gone', 'ABSENT', 'f/g', false],
  ])('%s', async (_, destination, key, expected) => {
    const { moves } = await house({});
    expect(moves.leadsIntoItself({ ...triple, destination }, target({ key }))).toBe(expected);
  });

  it('leads into itself where it is once moves are carried out', async () => {
    const { moves } = await house({});
    moves.places.note('f', 'g', 'FOLDER');
    const into = (key: string) => moves.leadsIntoItself({ ...triple, destination: folder }, target({ key }));
    expect([into('g/x'), into('f/x')]).toEqual([true, false]);
  });

  it('does not lead into one that is made again once it gave its name up', async () => {
    const { moves } = await house({});
    moves.mayGiveWay({ occupant: folder, source: null });
    const into = (listedKey: string | null) =>
      moves.leadsIntoItself({ ...triple, destination: folder }, target({ key: 'f', listedKey }));
    expect([into(null), into('f')]).toEqual([false, true]);
  });

  it('of which the ledger knows nothing had its key, unless another had that', async () => {
    const entry = entered(ledgerEntry('f', { kind: 'FOLDER' }));
    const scene = { known: [entry], source: [at('f', { ...FOLDER, id: 'new' }), at('g', { ...FOLDER, id: 'id:f' })] };
    const { moves } = await house(scene);
    expect([await moves.formerKeyOfNew('f'), await moves.formerKeyOfNew('x')]).toEqual([null, 'x']);
    expect(await (await house({ ...scene, tools: { remembered: 0 } })).moves.formerKeyOfNew('f')).toBe('f');
  });
});
