import { describe, expect, it } from 'vitest';
import { ledgerEntry } from '../testing/index.js';
import { at, FOLDER, placeAt } from './active-room.testing.js';
import { entered, house, known, occupant, since, target, wanted } from './planned-moves.testing.js';
import type { Scene, Shown } from './planned-moves.testing.js';

describe('what stands under a wanted name leaves it', () => {
  const scene: Partial<Scene> = { known: [known], source: [since('c')], destination: [occupant] };
  const along = entered(ledgerEntry('f/x', { destinationKey: 'x', destinationId: 'd:x', sourceId: 'id:b' }));

  it.each<[string, Partial<Scene>, string | null]>([
    ['where its item was renamed', scene, 'c'],
    ['where its item was moved', { ...scene, source: [since('f/b')] }, 'f/b'],
    ['but not where its item is as known', { ...scene, source: [since('b')] }, null],
    ['but not where its item is gone', { ...scene, source: [] }, null],
    ['but not where it belongs to none', { ...scene, known: [] }, null],
    ['but not where the ledger is empty', { ...scene, tools: { remembered: 0 } }, null],
    ['but not where its item does not get its turn', { ...scene, tools: { isPlanned: (key) => key !== 'c' } }, null],
    ['but not where nothing can be moved', { ...scene, options: { without: ['move'] } }, null],
    ['but not where the ledger has it elsewhere', { ...scene, known: [{ ...known, destinationKey: 'y' }] }, null],
    ['but not where its item is a folder now', { ...scene, source: [since('c', FOLDER)] }, null],
    ['but not where its item only came along', { ...scene, known: [along], source: [since('x')] }, null],
    ['also where its item came to the folder of the other', { ...scene, known: [along], source: [since('y')] }, 'y'],
  ])('%s', async (_, given, key) => {
    const { moves } = await house(given);
    expect((await moves.leaverOf(occupant, null, wanted))?.source?.key ?? null).toBe(key);
  });

  it('but not where nothing stands, nor where the item itself does', async () => {
    const { moves } = await house(scene);
    expect(await moves.leaverOf(null, null, wanted)).toBeNull();
    expect(await moves.leaverOf(occupant, ledgerEntry('z', { destinationId: 'd:x' }), wanted)).toBeNull();
    expect(await moves.leaverOf(occupant, { ...known, destinationId: 'before' }, wanted)).toBeNull();
  });

  it('once its move is planned, with nothing left to plan', async () => {
    const { moves } = await house(scene);
    await moves.add({ source: since('c'), base: known, destination: occupant }, placeAt('', 'c'), target(), null, null);
    expect(await moves.leaverOf(occupant, null, wanted)).toEqual({ occupant, source: null });
  });
});

describe('what was saved anew by a program leaves the name of an item that was moved on the other side', () => {
  const anew = at('x', { id: 'saved anew' });
  const other = entered(ledgerEntry('other', { destinationId: 'id:c' }));
  const scene: Partial<Scene> = { type: 'SYNC', known: [known], source: [since('c')], destination: [anew] };

  it.each<[string, Partial<Scene>, string | null]>([
    ['where both sides are followed', scene, 'c'],
    ['but not in a copy', { ...scene, type: 'COPY' }, null],
    ['but not where its item is as known', { ...scene, source: [since('b')] }, null],
    ['but not where its item is gone', { ...scene, source: [] }, null],
    [
      'but not where it is the other half of another',
      { ...scene, known: [known, entered(ledgerEntry('o', { destinationId: 'saved anew' }))] },
      null,
    ],
    ['but not where a new file stands at the new place', { ...scene, destination: [anew, at('c')] }, null],
    ['also where a folder stands there', { ...scene, destination: [anew, at('c', FOLDER)] }, 'c'],
    ['also where a known file stands there', { ...scene, known: [known, other], destination: [anew, at('c')] }, 'c'],
    [
      'also where its folder is not there yet',
      { ...scene, destination: [anew, at('c')], tools: { folderAt: () => null } },
      'c',
    ],
  ])('%s', async (_, given, key) => {
    const { moves } = await house(given);
    expect((await moves.leaverOf(anew, null, wanted))?.source?.key ?? null).toBe(key);
  });

  it('also as a folder, whatever stands at the new place', async () => {
    const folders = { source: [since('c', FOLDER)], destination: [at('x', { ...FOLDER, id: 'anew' }), at('c')] };
    const { moves } = await house({ ...scene, ...folders, known: [{ ...known, kind: 'FOLDER' }] });
    expect((await moves.leaverOf(at('x', { ...FOLDER, id: 'anew' }), null, wanted))?.source?.key).toBe('c');
  });
});

describe('what people of the destination put there leaves a name in a publication', () => {
  const there = at('y', { id: 'd:x' });
  const scene: Partial<Scene> = { type: 'PUBLISH', known: [known], source: [since('b')], destination: [there] };

  it.each<[string, Partial<Scene>, Shown[0], string | null]>([
    ['since it is put back', scene, there, 'b'],
    ['but not in a copy', { ...scene, type: 'COPY' }, there, null],
    ['but not from its own place', { ...scene, destination: [occupant] }, occupant, null],
    ['but not where its item is gone', { ...scene, source: [] }, there, null],
    ['but not where its item does not get its turn', { ...scene, tools: { isPlanned: () => false } }, there, null],
    ['but not where it is a folder now', scene, at('y', { ...FOLDER, id: 'd:x' }), null],
    ['but not where the ledger does not know it', { ...scene, known: [] }, there, null],
  ])('%s', async (_, given, found, key) => {
    const { moves } = await house(given);
    expect((await moves.leaverOf(found, null, at('y')))?.source?.key ?? null).toBe(key);
  });
});
