import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { expectationOf, inertStep, pathKey, type LedgerEntry, type Move } from '../plan/index.js';
import { identityOf, PlatformError, type Item } from '../platform/index.js';
import { item, ledgerEntry, type MemoryPlatformOptions } from '../testing/index.js';
import { activeRoom, FOLDER, listed, toolsKept } from './active-room.testing.js';
import type { Claimed } from './finished.js';
import {
  addressOf,
  awaitTurn,
  finishedMove,
  moveItem,
  newPath,
  placesOf,
  temporaryKey,
  withLatest,
} from './move-item.js';

const AT_ROOT = { destinationRoot: ['root'] };

/** `f/a` is renamed or moved to that key. */
function move(existing: Item, to: string, over: Partial<Move> = {}): Move {
  const segments = to.split('/');
  return {
    ...inertStep('at source', item('a')),
    ...{ type: 'MOVE', action: 'MOVE', kind: existing.kind, reason: 'PLACE_CHANGED', message: 'It was moved.' },
    ...{ destinationKey: to, parentKey: segments.slice(0, -1).join('/'), name: segments.at(-1) ?? '' },
    ...{ sourceKey: 'at source', existing, expects: { ...expectationOf(existing), version: null } },
    base: ledgerEntry('f/a', { id: 'known', sha256: 'ab' }),
    ...over,
  };
}

const claim = (step: Move): Claimed<Move> => ({
  ...{ id: '1', step, inDoubtSince: null, checkpoint: null, failedRuns: 0, attempts: 0 },
});

/** A destination with `f/a` and the folder `g`, below the root of the job. */
async function house(options: MemoryPlatformOptions = {}) {
  const room = await activeRoom('COPY', { options });
  const { destination: platform } = room;
  platform.seed([{ path: 'root/f/a', bytes: 'text' }, { path: 'root/g' }]);
  const kept = toolsKept({ ...room, ...AT_ROOT });
  const moved: string[] = [];
  platform.onOperation(({ operation, moment }) => {
    if (operation === 'move' && moment === 'before') moved.push([...kept.began, 'moved'].join());
  });
  const carryOut = async (step: Move) => {
    if (!platform.destination) throw new Error('The platform is no destination.');
    return moveItem(claim(step), platform.destination, kept.tools);
  };
  return { ...kept, room, platform, moved, carryOut, existing: listed(platform, 'root/f/a').item };
}

const files = (platform: Awaited<ReturnType<typeof house>>['platform']) =>
  platform.tree().filter((path) => !path.endsWith('/'));

describe('an item that is moved', () => {
  it('comes to its new place once that is remembered as begun', async () => {
    const { carryOut, existing, platform, moved, folders } = await house();
    const done = await carryOut(move(existing, 'g/b', { afterMove: { existingKey: null, folderId: 'id of g' } }));
    expect(files(platform)).toEqual(['root/g/b']);
    expect(moved).toEqual(['begun,moved']);
    expect(folders).toEqual([['g', 'id of g']]);
    expect(done.destination).toMatchObject({ key: 'g/b', item: { path: ['root', 'g', 'b'] } });
  });

  it('stays there where an earlier try moved it', async () => {
    const { carryOut, existing, platform, moved } = await house();
    const step = move(existing, 'g/b');
    await carryOut(step);
    expect((await carryOut(step)).outcome).toBe('MOVED');
    expect(moved).toEqual(['begun,moved']);
    expect(files(platform)).toEqual(['root/g/b']);
  });

  it('leaves alone what stands at its new place', async () => {
    const { carryOut, existing, platform, moved } = await house();
    platform.seed([{ path: 'root/g/b', bytes: 'of a colleague' }]);
    await expect(carryOut(move(existing, 'g/b'))).rejects.toMatchObject({
      ...{ kind: 'NAME_TAKEN', message: 'Another item stands at its new place.', remedy: 'Rename one of them.' },
    });
    expect([moved, files(platform)]).toEqual([[], ['root/f/a', 'root/g/b']]);
  });

  it('gets another spelling of its name where both are one to the platform', async () => {
    const { carryOut, existing, platform } = await house({ limits: { isCaseSensitive: false } });
    await carryOut(move(existing, 'f/A'));
    expect(files(platform)).toEqual(['root/f/A']);
  });

  it('is in conflict where it is gone', async () => {
    const { carryOut, existing, platform, began } = await house();
    platform.removeBehind('root/f/a');
    await expect(carryOut(move(existing, 'g/b'))).rejects.toMatchObject({
      ...{ kind: 'CONFLICT', message: 'The item at the destination changed meanwhile; the next run looks again.' },
    });
    expect(began).toEqual([]);
  });

  it('is found where an earlier move of the run took it', async () => {
    const { carryOut, existing, platform } = await house();
    const afterMove = { existingKey: 'f/a', folderId: null };
    await carryOut(move({ ...existing, id: 'an address that is no more' }, 'g/b', { afterMove }));
    expect(files(platform)).toEqual(['root/g/b']);
  });

  it('is not mistaken for another one that stands there by then', async () => {
    const { carryOut, existing, platform } = await house();
    platform.removeBehind('root/f/a');
    platform.seed([{ path: 'root/f/a', bytes: 'another' }]);
    const afterMove = { existingKey: 'f/a', folderId: null };
    await expect(carryOut(move(existing, 'g/b', { afterMove }))).rejects.toThrow(PlatformError);
    expect(files(platform)).toEqual(['root/f/a']);
  });

  it('is remembered with the content that a step before gave it', async () => {
    const { carryOut, existing, room } = await house();
    await room.know(ledgerEntry('f/a', { id: 'latest', destinationId: identityOf(existing), sha256: 'cd' }));
    expect((await carryOut(move(existing, 'g/b', { isBehindContent: true }))).ledger).toMatchObject({ sha256: 'cd' });
    expect((await carryOut(move(existing, 'g/b'))).ledger).toMatchObject({ sha256: 'ab' });
  });
});

describe('a folder that was brought back before, maybe as another one,', () => {
  const afterMove = { existingKey: 'f', folderId: null };
  const broughtBack = { isBroughtBack: true, afterMove };
  const gone = item('f', { ...FOLDER, id: 'that was removed' });

  it('is told by its place', async () => {
    const { carryOut, platform } = await house();
    await carryOut(move(gone, 'g/f', broughtBack));
    expect(files(platform)).toEqual(['root/g/f/a']);
  });

  it('has arrived where nothing is at its former place', async () => {
    const { carryOut, platform, moved } = await house();
    await carryOut(move(gone, 'g/f', broughtBack));
    expect((await carryOut(move(gone, 'g/f', broughtBack))).destination?.key).toBe('g/f');
    expect(moved).toHaveLength(1);
    expect(files(platform)).toEqual(['root/g/f/a']);
  });

  it('is not merged with another one at its new place', async () => {
    const { carryOut, platform, moved } = await house();
    platform.seed([{ path: 'root/g/f' }]);
    await expect(carryOut(move(gone, 'g/f', broughtBack))).rejects.toMatchObject({ kind: 'NAME_TAKEN' });
    expect(moved).toEqual([]);
  });

  it('is no file', async () => {
    const { carryOut } = await house();
    const step = move(gone, 'g/f', { ...broughtBack, afterMove: { ...afterMove, existingKey: 'f/a' } });
    await expect(carryOut(step)).rejects.toMatchObject({ kind: 'CONFLICT' });
  });
});

describe('the places of a move', () => {
  it('are where its item was listed and where it goes', () => {
    expect(placesOf(move(item('root/f/a'), 'g/b'), AT_ROOT)).toEqual(['f/a', 'g/b']);
    expect(newPath(move(item('root/f/a'), 'g/b\u2215c'), AT_ROOT)).toEqual(['root', 'g', 'b/c']);
    expect(addressOf(move(item('root/f/a'), 'g/b'), AT_ROOT)).toEqual({ id: 'id:root/f/a' });
  });

  it('are where moves before took its item', () => {
    const step = move(item('root/f/a'), 'g/b', { afterMove: { existingKey: 'x/a', folderId: null } });
    expect(placesOf(step, AT_ROOT)).toEqual(['x/a', 'g/b']);
    expect(addressOf(step, AT_ROOT)).toEqual({ path: ['root', 'x', 'a'] });
  });

  it('are no places of others while the item has a temporary name', () => {
    const named = (key: string) => temporaryKey(ledgerEntry(key), move(item('a'), 'f/a (moving)'));
    expect([named('f/a'), named('a')]).toEqual(['f/a (moving)', 'a (moving)']);
  });
});

describe('a move waits', () => {
  it.each<[string, string, Partial<Item>, boolean]>([
    ['for one that empties its place', 'g/b', {}, true],
    ['for one from where it is', 'f/a', {}, true],
    ['for one of the folder that it is in', 'f', {}, true],
    ['for one out of the folder that it takes along', 'f/a/x', FOLDER, true],
    ['for none elsewhere', 'x', FOLDER, false],
    ['for none below a file', 'f/a/x', {}, false],
    ['for none out of the folder to which it goes', 'g/x', FOLDER, false],
  ])('%s: %s', async (_, place, over, waits) => {
    const { moves, tools } = await house();
    const told: string[] = [];
    moves.announce(
      [place],
      setImmediate()
        .then(() => setImmediate())
        .then(() => told.push('other')),
    );
    await awaitTurn(move(item('root/f/a', over), 'g/b'), tools);
    expect(told).toEqual(waits ? ['other'] : []);
  });
});

describe('what the ledger knows of an item behind a step about its content', () => {
  const existing = item('f/a', { id: 'existing' });
  const latest = async (over: Partial<Move>, ...entries: LedgerEntry[]) => {
    const room = await activeRoom('SYNC');
    await room.know(...entries);
    return (await withLatest(claim(move(existing, 'g/b', over)), room)).step.base?.id;
  };
  const byItem = ledgerEntry('x', { id: 'by its identity', destinationId: 'existing' });
  const byEntry = ledgerEntry('y', { id: 'by the entry', destinationId: 'd:f/a' });

  it.each<[string, Partial<Move>, LedgerEntry[], string | undefined]>([
    ['is what it knows by then', { isBehindContent: true }, [byEntry, byItem], 'by its identity'],
    ['is what it knows of the other half of the entry', { isBehindContent: true }, [byEntry], 'by the entry'],
    ['is what the plan knew where it knows no more', { isBehindContent: true }, [], 'known'],
    ['is what the plan knew without such a step', {}, [byItem], 'known'],
    ['is nothing where nothing is to be learned', { isBehindContent: true, base: null }, [byItem], undefined],
  ])('%s', async (_, over, entries, id) => {
    expect(await latest(over, ...entries)).toBe(id);
  });
});

describe('a move that is finished', () => {
  const there = item('root/g/b', { id: 'now there', version: '9' });
  const done = (over: Partial<Move>, kind: Partial<Item> = {}) =>
    finishedMove(claim(move(item('root/f/a', kind), 'g/b', over)), there, AT_ROOT);

  it('changes places in the ledger, and nothing that it knows of the content', () => {
    expect(done({})).toEqual({
      ...{ stepId: '1', outcome: 'MOVED', reason: 'PLACE_CHANGED', message: 'It was moved.', remedy: null },
      ...{ sha256: 'ab', verifiedBy: null, byteCount: 0, moved: undefined },
      destination: { key: 'g/b', item: there },
      ledger: {
        ...ledgerEntry('f/a', { id: 'known', sha256: 'ab' }),
        ...{ sourceKey: 'at source', destinationKey: 'g/b', destinationId: 'now there' },
      },
    });
  });

  it('is told as what it was', () => {
    expect(done({ action: 'RENAME' }).outcome).toBe('RENAMED');
  });

  it('gives an item with a temporary name no place at the source', () => {
    const { ledger } = done({ isTemporary: true, name: 'b (moving)' });
    expect(ledger?.sourceKey).toBe(pathKey(['f', 'b (moving)']));
  });

  it('takes along what the ledger knows below a folder', () => {
    expect(done({}, FOLDER).moved).toEqual(ledgerEntry('f/a', { id: 'known', sha256: 'ab' }));
  });

  it('teaches nothing where nothing is to be learned', () => {
    expect(done({ base: null }, FOLDER)).toMatchObject({ ledger: null, sha256: null, moved: undefined });
  });
});
