import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TransferType } from '@sluice/core/plan';
import { Job, PAIRS, Places, treeOf } from '../support/effects/two-places.js';
import { hashOf } from '../support/effects/sides.js';
import { startEmptySandbox } from '../support/sandbox.js';

let places: Places;
beforeAll(async () => void (places = new Places(await startEmptySandbox())));
afterAll(() => places[Symbol.asyncDispose]());

async function jobOf(type: TransferType, [from, to]: (typeof PAIRS)[number]): Promise<Job> {
  const job = new Job(type, await places.side(from), await places.side(to));
  for (const path of ['f/a.txt', 'f/sub/b.txt', 'moved.txt', 'edited.txt']) await job.source.put(path, path);
  return job;
}

describe.each(PAIRS)('the undo of a run from %s to %s', (...pair) => {
  it('of MOVE brings everything back to the source, and empties the destination', async () => {
    const job = await jobOf('MOVE', pair);
    const [before, tree] = [await job.source.files(), await treeOf(job.source)];
    await job.run();
    await job.undo();
    expect(await job.source.files()).toEqual(before);
    expect(await treeOf(job.source)).toEqual(tree);
    expect(await treeOf(job.destination)).toEqual([]);
  });

  it('of SYNC undoes on both sides what the run did there', async () => {
    const job = await jobOf('SYNC', pair);
    await job.run();
    const { source, destination } = job;
    await source.put('f/new.txt', 'new at the source');
    await source.move('moved.txt', 'f/moved.txt');
    await destination.put('theirs/new.txt', 'new at the destination');
    await destination.remove('f/sub/b.txt');
    await destination.put('edited.txt', 'edited at the destination');
    const before = [await source.files(), await destination.files()];
    await job.run();
    const told = await job.undo();
    expect(told.filter((line) => line.startsWith('FLAGGED'))).toEqual([]);
    expect(await source.files()).toEqual(before[0]);
    expect(await destination.files()).toEqual(before[1]);
  });

  it('of PUBLISH brings back what it removed, reverted and put back', async () => {
    const job = await jobOf('PUBLISH', pair);
    await job.run();
    const { destination } = job;
    await destination.put('extra/x.txt', 'extra');
    await destination.put('edited.txt', 'edited there');
    await destination.move('moved.txt', 'f/sub/moved.txt');
    const before = await destination.files();
    await job.run();
    await job.undo();
    expect(await destination.files()).toEqual(before);
  });
});

describe.each(['a share', 'Procore'] as const)('what a run replaced on a share, with content from %s', (from) => {
  const KEPT = 'What it replaces is kept in the trash of the destination.';

  it('comes back with an undo, and what the undo replaced with the undo of that', async () => {
    const job = await jobOf('COPY', [from, 'a share']);
    await job.run();
    await job.source.put('edited.txt', 'another text');
    await job.run();
    expect(job.store.steps().map(({ step }) => step.message)).toEqual([expect.stringContaining(KEPT)]);
    expect(await job.destination.removed()).toEqual([hashOf('edited.txt')]);
    expect(await job.undo()).toEqual(['UPDATED UNDONE edited.txt']);
    expect((await job.destination.files())['edited.txt']).toBe('edited.txt');
    expect(await job.destination.removed()).toEqual([hashOf('another text')]);
    expect(await job.undo()).toEqual(['UPDATED UNDONE edited.txt']);
    expect((await job.destination.files())['edited.txt']).toBe('another text');
  });

  it('comes back also where the run had moved the file before', async () => {
    const job = await jobOf('COPY', [from, 'a share']);
    await job.run();
    const before = await job.destination.files();
    await job.source.move('f', 'g');
    await job.source.put('g/a.txt', 'another text');
    await job.run();
    expect((await job.destination.files())['g/a.txt']).toBe('another text');
    const told = await job.undo();
    expect(told.filter((line) => line.startsWith('FLAGGED'))).toEqual([]);
    expect(await job.destination.files()).toEqual(before);
  });

  it('is kept nowhere with deletePermanently, and the undo says so', async () => {
    const job = await jobOf('COPY', [from, 'a share']);
    job.policies = { deletePermanently: true };
    await job.run();
    await job.source.put('edited.txt', 'another text');
    await job.run();
    expect(await job.destination.removed()).toEqual([]);
    expect(await job.undo()).toEqual(['FLAGGED VERSIONS_LEFT_OUT edited.txt']);
    expect((await job.destination.files())['edited.txt']).toBe('another text');
  });
});
