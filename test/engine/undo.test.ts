import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TransferType } from '@sluice/core/plan';
import { Job, PAIRS, Places, treeOf } from '../support/effects/two-places.js';
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
    expect(told.filter((line) => line.startsWith('FLAGGED'))).toEqual(
      pair[0] === 'a share' ? ['FLAGGED VERSIONS_LEFT_OUT edited.txt'] : [],
    );
    const edited = pair[0] === 'a share' ? { 'edited.txt': 'edited at the destination' } : {};
    expect(await source.files()).toEqual({ ...before[0], ...edited });
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
    const edited = pair[1] === 'a share' ? { 'edited.txt': 'edited.txt' } : {};
    expect(await destination.files()).toEqual({ ...before, ...edited });
  });
});
