import { describe, expect, it } from 'vitest';
import { exclude } from '../filter/filter.testing.js';
import { PlatformError, type Item } from '../platform/index.js';
import type { Side } from '../plan/index.js';
import { ledgerEntry } from '../testing/index.js';
import { activeRoom, at, FOLDER, stepsKept, type ActiveRoom } from './active-room.testing.js';
import { EmptiedFolders } from './emptied-folders.js';
import { Extras } from './extras.js';
import { MovedPlaces } from './moved-places.js';
import { ExtraRemovals } from './plan-extras.js';

const BEGUN = new Date('2026-11-21T12:00:00.000Z');
type Given = Parameters<typeof activeRoom>[1];

/** A publication of a source that has nothing, to a destination where that stands. */
async function house(items: ReturnType<typeof at>[], given: Given = {}) {
  const room = await activeRoom('PUBLISH', given);
  await room.show('DESTINATION', ...items);
  const [{ steps, writer }, places] = [stepsKept(), new MovedPlaces()];
  const folders = new EmptiedFolders(room.store, places);
  return { room, steps, places, removals: new ExtraRemovals({ context: room, writer, at: BEGUN, places, folders }) };
}

/** Everything that stands there is extra. */
async function plan({ room, steps, removals }: Awaited<ReturnType<typeof house>>): Promise<string[]> {
  const extras = new Extras(room);
  extras.expect('', '');
  await extras.finish(room.store);
  await removals.plan(extras);
  await removals.tell();
  return steps.map(({ action, destinationKey }) => `${action} ${destinationKey}`);
}

const unlisted = (room: ActiveRoom, side: Side, key: string, kind: 'FOLDER' | 'PART' = 'FOLDER') => {
  const error = new PlatformError('ACCESS_DENIED', 'No.');
  return room.store.stageProblems(side, [{ key, problem: { path: key.split('/'), kind, error } }]);
};

const NESTED = [at('a'), at('f', FOLDER), at('f/b'), at('f/g', FOLDER), at('f/g/c')];

describe('what only the destination has', () => {
  it('goes, what is in a folder before it', async () => {
    const all = await house(NESTED);
    expect(await plan(all)).toEqual(['DELETE f/g/c', 'DELETE f/g', 'DELETE f/b', 'DELETE f', 'DELETE a']);
    expect(all.room.store.logged).toEqual([]);
  });

  it('goes from folders of both sides too, those below first', async () => {
    const { room, steps, removals } = await house(NESTED);
    await room.know(ledgerEntry('f', { kind: 'FOLDER', destinationId: 'id:f' }));
    const extras = new Extras(room);
    for (const key of ['', 'f']) extras.expect(key, key);
    await extras.finish(room.store);
    await removals.plan(extras);
    expect(steps.map(({ destinationKey }) => destinationKey)).toEqual(['f/g/c', 'f/g', 'f/b', 'a']);
  });

  it('goes with its reason', async () => {
    const all = await house([at('f', FOLDER), at('a', { version: '3' })]);
    await plan(all);
    const bin = 'It goes to the recycle bin of the destination, from where it can be restored.';
    const told = { sourceKey: null, ledgerId: null, reason: 'EXTRA_AT_DESTINATION', trashedAt: BEGUN.getTime() };
    expect(all.steps).toMatchObject([
      { ...told, kind: 'FOLDER', message: `The source has no such folder. ${bin}` },
      { ...told, kind: 'FILE', message: `The source has no such file. ${bin}`, expects: { id: 'id:a', version: '3' } },
    ]);
  });

  it('stays where the ledger knows it, with the folder that holds it', async () => {
    const all = await house(NESTED);
    await all.room.know(ledgerEntry('x', { destinationKey: 'f/b', destinationId: 'id:f/b' }));
    expect(await plan(all)).toEqual(['DELETE f/g/c', 'DELETE f/g', 'DELETE a']);
  });

  it('stays where somebody else has it locked, and is told', async () => {
    const lock: Item['lock'] = { holder: 'Ann', until: null };
    const all = await house([at('f', FOLDER), at('f/b', { lock })]);
    expect(await plan(all)).toEqual(['REFUSE f/b']);
    expect(all.steps).toMatchObject([
      {
        ...{ reason: 'LOCKED', message: 'The source has no such file. Ann has locked the file at the destination.' },
        ...{ sourceKey: null, ledgerId: null },
      },
    ]);
  });

  it('goes from where a move of the plan takes it', async () => {
    const all = await house([at('f', FOLDER), at('f/b')]);
    all.places.note('f', 'g', 'FOLDER');
    expect(await plan(all)).toEqual(['DELETE g/b', 'DELETE g']);
    expect(all.steps.map(({ afterMove }) => afterMove)).toEqual([
      { existingKey: 'g/b', folderId: null },
      { existingKey: 'g', folderId: null },
    ]);
  });

  it('stays as a folder out of which nothing goes that it still holds', async () => {
    const all = await house([at('f', FOLDER), at('f/b')]);
    await all.room.know(ledgerEntry('x', { destinationKey: 'f/b', destinationId: 'id:f/b' }));
    expect(await plan(all)).toEqual([]);
    all.places.note('f/b', 'x', 'FILE');
    expect(await plan(all)).toEqual(['DELETE f']);
  });

  it('is no more planned once the run is to stop', async () => {
    const all = await house(NESTED);
    const control = { ...all.room.control, signal: AbortSignal.abort(new PlatformError('ABORTED', 'Stopped.')) };
    const stopped = { ...all, removals: new ExtraRemovals({ ...toolsOf(all), context: { ...all.room, control } }) };
    await expect(plan(stopped)).rejects.toThrow('Stopped.');
    expect(all.steps).toEqual([]);
  });
});

function toolsOf({ room, places }: Awaited<ReturnType<typeof house>>) {
  const folders = new EmptiedFolders(room.store, places);
  return { context: room, writer: stepsKept().writer, at: BEGUN, places, folders };
}

describe('what only the destination has is left there and counted', () => {
  const UNPROVED = {
    severity: 'WARNING',
    message: '1 items that only the destination has are left there, since their place could not be listed as a whole.',
  };
  const FILTERED = {
    severity: 'INFO',
    message: '1 items that only the destination has are left out by the filters of the job.',
  };

  it.each<[string, Side, string, 'FOLDER' | 'PART']>([
    ['its place at the source was not listed', 'SOURCE', 'a', 'FOLDER'],
    ['its place at the source was listed in part', 'SOURCE', 'a', 'PART'],
    ['it could not be listed itself', 'DESTINATION', 'a', 'FOLDER'],
    ['it was listed in part', 'DESTINATION', 'a', 'PART'],
  ])('where %s', async (_, side, key, kind) => {
    const all = await house([at('a', FOLDER), at('b')]);
    await unlisted(all.room, side, key, kind);
    expect(await plan(all)).toEqual(['DELETE b']);
    expect(all.room.store.logged).toEqual([UNPROVED]);
  });

  it('where the filters leave it out', async () => {
    const all = await house([at('a.tmp'), at('b')], { rules: [exclude({ globs: ['*.tmp'] })] });
    expect(await plan(all)).toEqual(['DELETE b']);
    expect(all.room.store.logged).toEqual([FILTERED]);
  });

  it('where the filters leave out what the source has at its place', async () => {
    const all = await house([at('a'), at('b')], { rules: [exclude({ globs: ['*.tmp'] })] });
    all.room.store.isLeftOut = async (key) => key === 'a';
    expect(await plan(all)).toEqual(['DELETE b']);
    expect(all.room.store.logged).toEqual([FILTERED]);
  });

  it('where it is read only', async () => {
    const all = await house([at('a', { isReadOnly: true }), at('b')]);
    expect(await plan(all)).toEqual(['DELETE b']);
    expect(all.room.store.logged).toEqual([
      { severity: 'INFO', message: '1 items that only the destination has are read only, and left there.' },
    ]);
  });
});

it('without filters nothing is asked of what they leave out', async () => {
  const all = await house([at('a')]);
  all.room.store.isLeftOut = async () => true;
  expect(await plan(all)).toEqual(['DELETE a']);
});

it('what is in a folder that is gone at the source goes by the keys that it would have there', async () => {
  const all = await house([at('g', FOLDER), at('g/a'), at('g/b'), at('g/h', FOLDER), at('g/h/c')]);
  await unlisted(all.room, 'SOURCE', 'f/h/c');
  const known = ledgerEntry('f', { kind: 'FOLDER', destinationKey: 'g' });
  await all.removals.removeIn(at('g', FOLDER), known);
  expect(all.steps.map(({ destinationKey }) => destinationKey)).toEqual(['g/b', 'g/a']);
});
