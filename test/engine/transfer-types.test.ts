import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Job, PAIRS, Places, treeOf } from '../support/effects/two-places.js';
import { startEmptySandbox } from '../support/sandbox.js';

let places: Places;
beforeAll(async () => void (places = new Places(await startEmptySandbox())));
afterAll(() => places[Symbol.asyncDispose]());

describe.each(PAIRS)('from %s to %s', (from, to) => {
  it('STRUCTURE makes folders, keeps them as the source adds some, and never touches a file', async () => {
    const job = new Job('STRUCTURE', await places.side(from), await places.side(to));
    for (const path of ['f/a.txt', 'f/sub/b.txt', 'g/c.txt']) await job.source.put(path, path);
    await job.destination.put('g/c.txt', 'theirs');
    expect(await job.run()).toEqual(['ADOPTED IDENTICAL g', 'CREATED NEW f', 'CREATED NEW f/sub']);
    await job.source.put('f/new/d.txt', 'd');
    await job.source.put('f/a.txt', 'edited');
    await job.source.remove('g');
    expect(await job.run()).toEqual(['CREATED NEW f/new']);
    expect(await treeOf(job.destination)).toEqual(['f/', 'f/new/', 'f/sub/', 'g/', 'g/c.txt']);
    expect(await job.destination.files()).toEqual({ 'g/c.txt': 'theirs' });
    expect(await job.run()).toEqual([]);
  });

  it('MIGRATE brings what the first listing found once, and neither what is new nor what changed later', async () => {
    const job = new Job('MIGRATE', await places.side(from), await places.side(to));
    for (const path of ['f/a.txt', 'f/sub/b.txt', 'c.txt']) await job.source.put(path, path);
    await job.run();
    const migrated = await job.destination.files();
    expect(migrated).toEqual(await job.source.files());
    await job.source.put('f/late.txt', 'late');
    await job.source.put('c.txt', 'c, edited');
    await job.source.remove('f/a.txt');
    expect(await job.run()).toEqual(['SKIPPED OUT_OF_SCOPE c.txt', 'SKIPPED OUT_OF_SCOPE f/late.txt']);
    expect(await job.run()).toEqual(['SKIPPED OUT_OF_SCOPE f/late.txt']);
    expect(await job.destination.files()).toEqual(migrated);
  });
});
