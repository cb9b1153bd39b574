import { expect, it } from 'vitest';
import { exclude, include } from '../filter/filter.testing.js';
import { PlatformError } from '../platform/index.js';
import { seeds, Transfer } from './transfer.testing.js';

/** A publication that was carried out once, so that both sides are alike. */
async function published(...paths: string[]): Promise<Transfer> {
  const transfer = new Transfer('PUBLISH');
  transfer.source.seed(seeds(...paths));
  await transfer.run();
  return transfer;
}

function expectAlike({ source, destination }: Transfer): void {
  expect(destination.tree()).toEqual(source.tree());
  for (const path of source.tree().filter((name) => !name.endsWith('/')))
    expect(destination.bytes(path), path).toEqual(source.bytes(path));
}

const EXTRA = 'DELETED EXTRA_AT_DESTINATION';

it('PUBLISH makes the destination exactly the source, and a second run does nothing', async () => {
  const transfer = new Transfer('PUBLISH');
  transfer.source.seed(seeds('f/a.txt', 'f/sub/b.txt', 'empty/', 'same.txt', 'other.txt'));
  transfer.destination.seed([
    ...seeds('f/extra.txt', 'same.txt', 'x/deep/y.txt'),
    { path: 'other.txt', bytes: 'theirs' },
  ]);
  expect((await transfer.run()).sort()).toEqual([
    'ADOPTED IDENTICAL f',
    'ADOPTED IDENTICAL same.txt',
    'CREATED NEW empty',
    'CREATED NEW f/a.txt',
    'CREATED NEW f/sub',
    'CREATED NEW f/sub/b.txt',
    `${EXTRA} f/extra.txt`,
    `${EXTRA} x`,
    `${EXTRA} x/deep`,
    `${EXTRA} x/deep/y.txt`,
    'UPDATED CONTENT_CHANGED other.txt',
  ]);
  expectAlike(transfer);
  expect(await transfer.run()).toEqual([]);
});

it('PUBLISH tells an extra item as such, with the way to get it back, and removes it after all else', async () => {
  const transfer = await published('a.txt');
  transfer.destination.seed(seeds('extra.txt'));
  transfer.source.seed(seeds('z.txt'));
  await transfer.run();
  const { step, result } = transfer.store.steps().at(-1)!;
  expect([step.action, step.sourceKey, step.isDestructive]).toEqual(['DELETE', null, true]);
  expect(result?.message).toBe(
    'The source has no such file. It goes to the recycle bin of the destination, from where it can be restored.',
  );
});

it('PUBLISH reverts edits, brings back what is missing, and removes what is gone at the source though it was edited', async () => {
  const transfer = await published('a.txt', 'b.txt', 'c.txt', 'f/d.txt');
  transfer.destination.seed([
    { path: 'a.txt', bytes: 'edited there' },
    { path: 'c.txt', bytes: 'edited there too' },
  ]);
  transfer.destination.removeBehind('b.txt');
  transfer.source.removeBehind('c.txt');
  expect((await transfer.run()).sort()).toEqual([
    'CREATED NEW b.txt',
    'DELETED DELETED_ON_OTHER_SIDE c.txt',
    'UPDATED EDITED_AT_DESTINATION a.txt',
  ]);
  expectAlike(transfer);
  expect(await transfer.run()).toEqual([]);
});

it('PUBLISH: of two edits that are equal nothing is transferred, of others the source is right', async () => {
  const transfer = await published('a.txt', 'b.txt');
  for (const side of [transfer.source, transfer.destination]) side.seed([{ path: 'a.txt', bytes: 'both alike' }]);
  transfer.source.seed([{ path: 'b.txt', bytes: 'source' }]);
  transfer.destination.seed([{ path: 'b.txt', bytes: 'theirs' }]);
  expect((await transfer.run()).sort()).toEqual(['UNCHANGED IDENTICAL a.txt', 'UPDATED CONTENT_CHANGED b.txt']);
  expectAlike(transfer);
});

it('PUBLISH moves back what was moved or renamed at the destination, without a transfer', async () => {
  const transfer = await published('f/a.txt', 'f/sub/b.txt', 'g/c.txt');
  await transfer.move('destination', 'f/a.txt', 'g/a.txt');
  await transfer.move('destination', 'g/c.txt', 'g/renamed.txt');
  expect((await transfer.run()).sort()).toEqual(['MOVED PLACE_CHANGED f/a.txt', 'RENAMED PLACE_CHANGED g/c.txt']);
  expect(transfer.store.steps()[0]!.step.message).toContain('at the destination, and is put back');
  expectAlike(transfer);
  await transfer.move('destination', 'f', 'g/f');
  expect(await transfer.run()).toEqual(['MOVED PLACE_CHANGED f']);
  expectAlike(transfer);
  expect(await transfer.run()).toEqual([]);
});

it('PUBLISH puts back items that swapped their names at the destination, or went round in a circle', async () => {
  const transfer = await published('a.txt', 'b.txt', 'f/c.txt', 'f/sub/d.txt', 'g/e.txt');
  await transfer.move('destination', 'a.txt', 'x.txt');
  await transfer.move('destination', 'b.txt', 'a.txt');
  await transfer.move('destination', 'x.txt', 'b.txt');
  await transfer.move('destination', 'f', 'y');
  await transfer.move('destination', 'g', 'f');
  await transfer.move('destination', 'y', 'g');
  await transfer.run();
  expect(transfer.store.steps().every(({ step }) => step.message.includes('at the destination, and is put back'))).toBe(
    true,
  );
  expectAlike(transfer);
  expect(await transfer.run()).toEqual([]);
});

it('PUBLISH follows renames at the source, and takes known items out of folders that it removes', async () => {
  const transfer = await published('f/a.txt', 'b.txt');
  await transfer.move('source', 'f', 'renamed');
  transfer.destination.seed(seeds('extra/x.txt'));
  await transfer.move('destination', 'b.txt', 'extra/b.txt');
  expect((await transfer.run()).sort()).toEqual([
    `${EXTRA} extra`,
    `${EXTRA} extra/x.txt`,
    'MOVED PLACE_CHANGED b.txt',
    'RENAMED PLACE_CHANGED renamed',
  ]);
  expectAlike(transfer);
});

it('PUBLISH removes what others put into folders that are empty at the source', async () => {
  const transfer = await published('empty/', 'f/empty/', 'a.txt');
  transfer.destination.seed(seeds('empty/x.txt', 'f/empty/deep/y.txt'));
  await transfer.run();
  expectAlike(transfer);
});

it('PUBLISH removes what others put into a folder that is gone at the source, with the folder', async () => {
  const transfer = await published('f/sub/a.txt', 'kept.txt');
  transfer.destination.seed(seeds('f/theirs.txt', 'f/sub/deep/theirs.txt'));
  transfer.source.removeBehind('f');
  await transfer.run();
  expectAlike(transfer);
});

it('PUBLISH takes an item in the place of another one for extra, and puts the known one back with the next run', async () => {
  const transfer = await published('a.txt', 'b.txt');
  await transfer.move('destination', 'a.txt', 'elsewhere.txt');
  transfer.destination.seed([{ path: 'a.txt', bytes: 'theirs' }]);
  expect(await transfer.run()).toEqual(['SKIPPED NAME_TAKEN elsewhere.txt', 'DELETED EXTRA_AT_DESTINATION a.txt']);
  await transfer.run();
  expectAlike(transfer);
  expect(await transfer.run()).toEqual([]);
});

it('PUBLISH refuses an item whose kind differs, and leaves what stands there', async () => {
  const transfer = new Transfer('PUBLISH');
  transfer.source.seed(seeds('a/x.txt', 'b'));
  transfer.destination.seed(seeds('a', 'b/y.txt'));
  const told = await transfer.run();
  expect(told).toEqual(expect.arrayContaining(['FLAGGED NAME_TAKEN a', 'FLAGGED NAME_TAKEN b']));
  expect(transfer.destination.tree()).toEqual(['a', 'b/', 'b/y.txt']);
});

it('PUBLISH never removes what the filters of the job leave out, on either side', async () => {
  const transfer = new Transfer('PUBLISH');
  transfer.source.seed(seeds('a.txt', 'b.tmp', 'f/c.txt'));
  transfer.destination.seed(seeds('b.tmp', 'theirs.tmp', 'x/theirs.tmp', 'x/extra.txt', 'extra.txt'));
  transfer.rules = [exclude({ globs: ['*.tmp'] })];
  const told = await transfer.run();
  expect(told.filter((line) => line.startsWith('DELETED')).sort()).toEqual([
    `${EXTRA} extra.txt`,
    `${EXTRA} x/extra.txt`,
  ]);
  expect(transfer.destination.tree()).toEqual(['a.txt', 'b.tmp', 'f/', 'f/c.txt', 'theirs.tmp', 'x/', 'x/theirs.tmp']);
  expect(transfer.logged()).toContain('left out by the filters');
  const including = new Transfer('PUBLISH');
  including.source.seed(seeds('a.pdf'));
  including.destination.seed(seeds('theirs.txt', 'extra.pdf'));
  including.rules = [include({ globs: ['**/*.pdf'] })];
  await including.run();
  expect(including.destination.tree()).toEqual(['a.pdf', 'theirs.txt']);
});

it('PUBLISH removes nothing where either side could not be listed as a whole', async () => {
  const transfer = await published('f/a.txt', 'g/b.txt', 'top.txt');
  transfer.destination.seed(seeds('f/extra.txt', 'g/extra.txt', 'extra.txt'));
  transfer.source.denyListing('f', new PlatformError('ACCESS_DENIED', 'No.'));
  transfer.destination.denyListing('g', new PlatformError('ACCESS_DENIED', 'No.'));
  const told = await transfer.run();
  expect(told.filter((line) => line.startsWith('DELETED'))).toEqual([`${EXTRA} extra.txt`]);
  expect(transfer.destination.tree()).toEqual(expect.arrayContaining(['f/extra.txt', 'g/extra.txt', 'f/a.txt']));
});

it('PUBLISH removes nothing where the source is empty, restricted to some items, or cannot be removed from', async () => {
  const transfer = new Transfer('PUBLISH');
  transfer.destination.seed(seeds('a.txt'));
  expect(await transfer.run()).toEqual([]);
  expect(transfer.logged()).toContain('The source is empty');
  const some = await published('f/a.txt', 'b.txt');
  some.destination.seed(seeds('extra.txt', 'f/extra.txt'));
  some.only = ['f'];
  expect(await some.run()).toEqual([]);
});

it('PUBLISH removes nothing that changed between the plan and its removal, and no folder that got something', async () => {
  const transfer = await published('a.txt');
  transfer.destination.seed(seeds('extra.txt', 'x/y.txt'));
  transfer.destination.onOperation(({ operation, moment }) => {
    if (operation !== 'remove' || moment !== 'before') return;
    transfer.destination.onOperation(null);
    transfer.destination.seed([
      { path: 'extra.txt', bytes: 'of the last moment' },
      { path: 'x/new.txt', bytes: 'new' },
    ]);
  });
  await transfer.run();
  expect(transfer.destination.tree()).toEqual(['a.txt', 'extra.txt', 'x/', 'x/new.txt']);
});

it('PUBLISH plans the same while items of the ledger stand on both sides of an extra folder of many levels', async () => {
  const transfer = await published('a.txt');
  const deep = Array.from({ length: 40 }, (_, index) => `d${index}`).join('/');
  transfer.destination.seed(seeds(`${deep}/x.txt`));
  expect((await transfer.plan()).length).toBe(41);
  expect((await transfer.run()).length).toBe(41);
  expectAlike(transfer);
});

it('PUBLISH puts back what people moved out of a folder and removed the folder, though it was saved anew at the source', async () => {
  const transfer = await published('f/a.txt');
  await transfer.move('destination', 'f/a.txt', 'a.txt');
  transfer.destination.removeBehind('f');
  transfer.source.removeBehind('f/a.txt');
  transfer.source.seed(seeds('f/a.txt'));
  await transfer.run();
  expectAlike(transfer);
  expect(await transfer.run()).toEqual([]);
});

it('a folder gets its name from one that people took out of it, also where a folder above both was renamed at the source', async () => {
  const transfer = new Transfer('PUBLISH');
  transfer.source.seed(seeds('p/d/a/x.txt', 'p/y.txt'));
  await transfer.run();
  await transfer.move('destination', 'p/d/a', 'p/a');
  await transfer.move('source', 'p/d', 'p/a');
  await transfer.move('source', 'p', 'q');
  expect((await transfer.run()).map((told) => told.split(' ')[0]).sort()).toEqual([
    'MOVED',
    'RENAMED',
    'RENAMED',
    'RENAMED',
  ]);
  expect(transfer.destination.tree()).toEqual(transfer.source.tree());
});

it('PUBLISH takes a folder out of one that only the destination has and that has its name', async () => {
  const transfer = await published('f/a.txt', 'f/sub/b.txt', 'g/c.txt');
  await transfer.move('destination', 'f', 'aside');
  transfer.destination.seed(seeds('f/theirs/x.txt'));
  await transfer.move('destination', 'aside/a.txt', 'f/a.txt');
  await transfer.move('destination', 'aside', 'f/theirs/ours');
  const told = await transfer.run();
  expect(told.filter((line) => line.startsWith(EXTRA))).toHaveLength(3);
  expectAlike(transfer);
  expect(await transfer.run()).toEqual([]);
});

it.each(['read only', 'left out'])('PUBLISH leaves a folder in its place in which something stays: %s', async (why) => {
  const transfer = await published('f/a.txt', 'g/c.txt');
  await transfer.move('destination', 'f', 'aside');
  transfer.destination.seed(seeds('f/theirs/x.txt'));
  if (why === 'left out') transfer.rules = [exclude({ globs: ['x.txt'] })];
  else transfer.destination.edit('f/theirs/x.txt', { isReadOnly: true });
  await transfer.move('destination', 'aside', 'f/ours');
  await transfer.run();
  expect(transfer.destination.tree()).toContain('f/theirs/x.txt');
  expect(transfer.destination.tree().filter((path) => path.includes('moving'))).toEqual([]);
});
