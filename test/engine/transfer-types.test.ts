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

  it('MOVE leaves each item at the destination only, follows renames without a transfer, and rests', async () => {
    const [source, destination] = [await places.side(from), await places.side(to)];
    const copy = new Job('COPY', source, destination);
    for (const path of ['f/a.txt', 'f/sub/b.txt', 'c.txt', 'd.txt']) await source.put(path, path);
    await copy.run();
    const job = copy.as('MOVE');
    await source.put('c.txt', 'c, edited');
    await source.move('d.txt', 'f/d, renamed.txt');
    await source.put('new/e.txt', 'e');
    await destination.put('theirs.txt', 'theirs');
    expect(await job.run()).toEqual([
      'CREATED NEW new',
      'CREATED NEW new/e.txt',
      ...['c.txt', 'f', 'f/a.txt', 'f/d, renamed.txt', 'f/sub', 'f/sub/b.txt', 'new', 'new/e.txt'].map(
        (path) => `DELETED MOVED_AWAY ${path}`,
      ),
      'MOVED PLACE_CHANGED f/d, renamed.txt',
      'UPDATED CONTENT_CHANGED c.txt',
    ]);
    expect(await treeOf(source)).toEqual([]);
    expect(await destination.files()).toEqual({
      'c.txt': 'c, edited',
      'f/a.txt': 'f/a.txt',
      'f/d, renamed.txt': 'd.txt',
      'f/sub/b.txt': 'f/sub/b.txt',
      'new/e.txt': 'e',
      'theirs.txt': 'theirs',
    });
    expect(await source.removed()).toEqual(expect.arrayContaining(['c, edited', 'd.txt', 'e'].map(hashOf)));
    expect(await job.run()).toEqual([]);
  });

  it('SYNC makes both sides the same after edits, renames, swaps, cycles, case-only renames and removals of both', async () => {
    const job = new Job('SYNC', await places.side(from), await places.side(to));
    const sides = [
      ['here', job.source, job.destination],
      ['there', job.destination, job.source],
    ] as const;
    const names = ['edit', 'gone', 'swap 1', 'swap 2', 'cycle 1', 'cycle 2', 'cycle 3', 'case', 'box/in'];
    for (const [name] of sides) for (const own of names) await job.source.put(`${name}/${own}.txt`, `${name} ${own}`);
    await job.destination.put('only there.txt', 'only there');
    await job.run();
    for (const [name, side, other] of sides) {
      const rename = (one: string, two: string) => side.move(`${name}/${one}`, `${name}/${two}`);
      await side.put(`${name}/edit.txt`, `${name} edit, edited`);
      await side.remove(`${name}/gone.txt`);
      for (const cycle of [
        ['swap 1', 'swap 2'],
        ['cycle 1', 'cycle 2', 'cycle 3'],
      ]) {
        await rename(`${cycle[0]!}.txt`, 'free.txt');
        for (const [at, next] of cycle.slice(1).entries()) await rename(`${next}.txt`, `${cycle[at]!}.txt`);
        await rename('free.txt', `${cycle.at(-1)!}.txt`);
      }
      await rename('case.txt', 'CASE.txt');
      await rename('box', 'moved/Box');
      await other.put(`${name}/box/new.txt`, `${name}, new in the box`);
    }
    const told = await job.run();
    const transfers = told.filter((line) => /^(CREATED|UPDATED)/.test(line) && line.endsWith('.txt'));
    expect(transfers).toEqual([
      'CREATED NEW here/moved/Box/new.txt',
      'CREATED NEW there/moved/Box/new.txt',
      'UPDATED CONTENT_CHANGED here/edit.txt',
      'UPDATED CONTENT_CHANGED there/edit.txt',
    ]);
    expect(told.filter((line) => line.startsWith('FLAGGED'))).toEqual([]);
    expect(await treeOf(job.source)).toEqual(await treeOf(job.destination));
    const files = await job.source.files();
    expect(files).toEqual(await job.destination.files());
    expect(files).toMatchObject({ 'here/swap 1.txt': 'here swap 2', 'there/cycle 3.txt': 'there cycle 1' });
    expect(Object.keys(files)).toHaveLength(19);
    expect(await job.destination.removed()).toContain(hashOf('here gone'));
    expect(await job.source.removed()).toContain(hashOf('there gone'));
    expect((await job.run()).filter((line) => !line.startsWith('UNCHANGED'))).toEqual([]);
  });
});
