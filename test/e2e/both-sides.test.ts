import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checksums, plant } from '../support/files.js';
import { House } from '../support/house.js';
import { checksumsOf, contentOf } from '../support/sandbox.js';
import { addJob, addShare, readItems, runToEnd } from '../support/work.js';

const files = { 'Plans/A-101.pdf': 'a drawing', 'Plans/Details/D-1.pdf': 'a detail', 'notes.txt': 'notes' };
/** More removals than the guard allows without asking would wait for a person. */
const ofType = (transferType: 'MOVE' | 'SYNC') => ({ transferType, approval: 'NEVER' });

describe('what changes both sides, between a share and Procore', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(() => house?.close());

  /** Without what was removed. */
  const textsIn = async (folder: string) =>
    Object.fromEntries(Object.entries(await checksums(folder)).filter(([path]) => !path.startsWith('.sluice-trash/')));

  const outcomesOf = async (runId: string) =>
    (await readItems(house.client, runId)).map(({ outcome, reason }) => `${outcome} ${reason}`).sort();

  it('MOVE there and back leaves each file on the other side only, and an idle run does nothing', async () => {
    const origin = await house.folder('move origin');
    await plant(origin, files);
    const share = { connectionId: await addShare(house.client, origin, 'Move origin') };
    const procore = { connectionId: house.procoreId, path: '/Moved' };
    const there = await addJob(house.client, 'Move there', share, procore, undefined, ofType('MOVE'));
    const first = await runToEnd(house.client, there);
    expect(first.state).toBe('SUCCEEDED');
    const moved = Object.fromEntries(Object.entries(files).map(([path, text]) => [`Moved/${path}`, text]));
    expect((await contentOf(house.sandbox)).files).toEqual(checksumsOf(moved));
    expect(await textsIn(origin)).toEqual({});
    expect((await outcomesOf(first.id)).filter((line) => line === 'DELETED MOVED_AWAY')).toHaveLength(5);
    const idle = await runToEnd(house.client, there);
    expect(await outcomesOf(idle.id)).toEqual([]);

    const target = await house.folder('move target');
    const to = { connectionId: await addShare(house.client, target, 'Move target') };
    const back = await addJob(house.client, 'Move back', procore, to, undefined, ofType('MOVE'));
    expect((await runToEnd(house.client, back)).state).toBe('SUCCEEDED');
    expect(await textsIn(target)).toEqual(checksumsOf(files));
    expect((await contentOf(house.sandbox)).files).toEqual({});
  });

  it('SYNC replays edits, new files, renames and removals of both sides, and comes to rest', async () => {
    const local = await house.folder('synced');
    await plant(local, files);
    const share = { connectionId: await addShare(house.client, local, 'Synced') };
    const procore = { connectionId: house.procoreId, path: '/Synced' };
    const job = await addJob(house.client, 'Sync', share, procore, undefined, ofType('SYNC'));
    expect((await runToEnd(house.client, job)).state).toBe('SUCCEEDED');

    const other = await house.folder('other');
    const second = { connectionId: await addShare(house.client, other, 'Other') };
    const otherJob = await addJob(house.client, 'Sync other', procore, second, undefined, ofType('SYNC'));
    expect((await runToEnd(house.client, otherJob)).state).toBe('SUCCEEDED');
    expect(await textsIn(other)).toEqual(checksumsOf(files));

    // One share changes Procore, and the other one gets it; then the other way round.
    await writeFile(join(local, 'Plans/A-101.pdf'), 'a revised drawing');
    await rename(join(local, 'notes.txt'), join(local, 'minutes.txt'));
    await writeFile(join(other, 'Plans/new.pdf'), 'new in the other share');
    await rm(join(other, 'Plans/Details'), { recursive: true });
    for (const each of [job, otherJob, job]) expect((await runToEnd(house.client, each)).state).toBe('SUCCEEDED');
    const expected = checksumsOf({
      'Plans/A-101.pdf': 'a revised drawing',
      'Plans/new.pdf': 'new in the other share',
      'minutes.txt': 'notes',
    });
    expect(await textsIn(local)).toEqual(expected);
    expect(await textsIn(other)).toEqual(expected);
    for (const each of [job, otherJob]) expect(await outcomesOf((await runToEnd(house.client, each)).id)).toEqual([]);
  });
});
