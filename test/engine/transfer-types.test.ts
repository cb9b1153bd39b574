import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOf } from '../support/effects/sides.js';
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

  it('PUBLISH makes the destination exactly the source again, whatever others did there', async () => {
    const job = new Job('PUBLISH', await places.side(from), await places.side(to));
    for (const path of ['f/a.txt', 'f/sub/b.txt', 'c.txt', 'd.txt', 'e.txt']) await job.source.put(path, path);
    await job.destination.put('before.txt', 'was there before');
    await job.run();
    const { source, destination } = job;
    expect(await destination.files()).toEqual(await source.files());
    await destination.put('f/extra.txt', 'extra');
    await destination.put('x/deep/extra.txt', 'extra');
    await destination.put('c.txt', 'edited there');
    await destination.move('d.txt', 'f/moved.txt');
    await destination.remove('f/sub/b.txt');
    await source.put('new.txt', 'new');
    await source.remove('e.txt');
    const told = await job.run();
    expect(told).toEqual([
      'CREATED NEW f/sub/b.txt',
      'CREATED NEW new.txt',
      'DELETED DELETED_ON_OTHER_SIDE e.txt',
      'DELETED EXTRA_AT_DESTINATION f/extra.txt',
      'DELETED EXTRA_AT_DESTINATION x',
      'DELETED EXTRA_AT_DESTINATION x/deep',
      'DELETED EXTRA_AT_DESTINATION x/deep/extra.txt',
      'MOVED PLACE_CHANGED d.txt',
      'UPDATED EDITED_AT_DESTINATION c.txt',
    ]);
    expect(await treeOf(destination)).toEqual(await treeOf(source));
    expect(await destination.files()).toEqual(await source.files());
    expect(await job.run()).toEqual([]);
    // Whatever was removed can be had back.
    const gone = ['was there before', 'extra', 'extra', 'e.txt'].map(hashOf);
    expect(await destination.removed()).toEqual(expect.arrayContaining(gone));
  });
});
