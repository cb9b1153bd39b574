import { expect, it } from 'vitest';
import { exclude, include } from '../filter/filter.testing.js';
import { PlatformError } from '../platform/index.js';
import { seeds, Transfer } from './transfer.testing.js';

function structure(...paths: string[]): Transfer {
  const transfer = new Transfer('STRUCTURE');
  transfer.source.seed(seeds(...paths));
  return transfer;
}

it('STRUCTURE makes the folders and no files, tells of no file, and a second run does nothing', async () => {
  const transfer = structure('a.txt', 'f/b.txt', 'f/sub/c.txt', 'empty/');
  expect((await transfer.run()).sort()).toEqual(['CREATED NEW empty', 'CREATED NEW f', 'CREATED NEW f/sub']);
  expect(transfer.destination.tree()).toEqual(['empty/', 'f/', 'f/sub/']);
  expect(transfer.discovered).toBe(3);
  expect(await transfer.run()).toEqual([]);
  expect(transfer.store.unchanged).toEqual({ items: 3, bytes: 0 });
});

it('STRUCTURE makes folders that are new, and those again that are gone at the destination', async () => {
  const transfer = structure('f/a.txt', 'g/');
  await transfer.run();
  transfer.source.seed(seeds('f/new/below/x.txt'));
  transfer.destination.removeBehind('g');
  expect((await transfer.run()).sort()).toEqual(['CREATED NEW f/new', 'CREATED NEW f/new/below', 'CREATED NEW g']);
});

it('STRUCTURE leaves files of the destination alone, whatever they are called', async () => {
  const transfer = structure('f/a.txt', 'g/');
  transfer.destination.seed(seeds('f/a.txt', 'f/extra.txt', 'other/x.txt'));
  expect((await transfer.run()).sort()).toEqual(['ADOPTED IDENTICAL f', 'CREATED NEW g']);
  expect(transfer.destination.tree()).toEqual(['f/', 'f/a.txt', 'f/extra.txt', 'g/', 'other/', 'other/x.txt']);
});

it('STRUCTURE never deletes, and a folder that was renamed at the source stays where it is', async () => {
  const transfer = structure('f/sub/', 'gone/');
  await transfer.run();
  transfer.source.removeBehind('gone');
  await transfer.move('source', 'f', 'renamed');
  transfer.source.seed(seeds('renamed/new/'));
  await transfer.run();
  expect(transfer.destination.tree()).toEqual(['f/', 'f/new/', 'f/sub/', 'gone/']);
  expect(await transfer.run()).toEqual([]);
});

it('STRUCTURE leaves a folder where it is though another one has its former name, which gets a name of its own', async () => {
  const transfer = structure('f/sub/');
  await transfer.run();
  await transfer.move('source', 'f', 'f2');
  transfer.source.seed(seeds('f/new/'));
  await transfer.run();
  expect(transfer.destination.tree()).toEqual(['f (1)/', 'f (1)/new/', 'f/', 'f/sub/']);
  expect(await transfer.run()).toEqual([]);
});

it('STRUCTURE learns the new places of all that is below a renamed folder at once, on either side', async () => {
  const transfer = structure('f/a/b/c/', 'g/');
  await transfer.run();
  await transfer.move('source', 'f', 'g/renamed');
  expect(await transfer.run()).toEqual(['UNCHANGED IDENTICAL f']);
  expect(await transfer.run()).toEqual([]);
  await transfer.move('destination', 'f', 'there');
  await transfer.run();
  expect(await transfer.run()).toEqual([]);
  transfer.source.seed(seeds('g/renamed/a/b/new/'));
  expect(await transfer.run()).toEqual(['CREATED NEW there/a/b/new']);
  expect(await transfer.run()).toEqual([]);
});

it('STRUCTURE refuses a folder in whose place a file stands, with all below it, and goes on', async () => {
  const transfer = structure('f/sub/', 'g/');
  transfer.destination.seed(seeds('f'));
  expect((await transfer.run()).sort()).toEqual(['CREATED NEW g', 'FLAGGED NAME_TAKEN f', 'FLAGGED NAME_TAKEN f/sub']);
  expect(transfer.destination.tree()).toEqual(['f', 'g/']);
});

it('STRUCTURE asks files only for what is in a folder: empty ones are left out where the policy says so', async () => {
  const transfer = new Transfer('STRUCTURE', { emptyFolders: 'SKIP' });
  transfer.source.seed(seeds('f/sub/a.txt', 'empty/below/'));
  expect((await transfer.run()).sort()).toEqual([
    'CREATED NEW f',
    'CREATED NEW f/sub',
    'SKIPPED EMPTY_FOLDER empty',
    'SKIPPED EMPTY_FOLDER empty/below',
  ]);
});

it('STRUCTURE obeys filters, and tells of no file that they leave out', async () => {
  const transfer = structure('f/a.txt', 'f/b.pdf', 'drafts/c.txt');
  transfer.rules = [exclude({ globs: ['drafts', '**/*.pdf'] })];
  expect((await transfer.run()).sort()).toEqual(['CREATED NEW f', 'SKIPPED EXCLUDED_BY_RULE drafts']);
  const including = structure('f/a.txt', 'g/b.pdf');
  including.rules = [include({ globs: ['**/*.pdf'] })];
  expect((await including.run()).sort()).toEqual(['CREATED NEW g', 'SKIPPED EXCLUDED_BY_RULE f']);
});

it('STRUCTURE reports a folder that cannot be listed, and does nothing below it', async () => {
  const transfer = structure('f/sub/a.txt', 'g/');
  transfer.source.denyListing('f', new PlatformError('ACCESS_DENIED', 'No.'));
  expect(await transfer.run()).toEqual(expect.arrayContaining(['FLAGGED LISTING_FAILED f', 'CREATED NEW g']));
  expect(transfer.destination.tree()).not.toContain('f/sub/');
});
