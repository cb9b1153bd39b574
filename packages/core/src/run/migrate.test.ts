import { expect, it } from 'vitest';
import { PlatformError } from '../platform/index.js';
import { seeds, Transfer } from './transfer.testing.js';

function migration(...paths: string[]): Transfer {
  const transfer = new Transfer('MIGRATE');
  transfer.source.seed(seeds(...paths));
  return transfer;
}

const DONE = 'Everything that the first listing showed is migrated';
const failing = (count: number, transfer: Transfer) => {
  for (let index = 0; index < count; index++)
    transfer.destination.failNext('write', new PlatformError('PLATFORM_ERROR', 'Not now.'));
};

it('MIGRATE brings everything that the first listing found, and what is new later is out of its scope', async () => {
  const transfer = migration('f/a.txt', 'b.txt', 'empty/');
  expect((await transfer.run()).sort()).toEqual(['b.txt', 'empty', 'f', 'f/a.txt'].map((key) => `CREATED NEW ${key}`));
  transfer.source.seed(seeds('f/late.txt', 'new/c.txt'));
  const late = ['f/late.txt', 'new', 'new/c.txt'].map((key) => `SKIPPED OUT_OF_SCOPE ${key}`);
  expect((await transfer.run()).sort()).toEqual(late);
  expect(transfer.destination.tree()).toEqual(['b.txt', 'empty/', 'f/', 'f/a.txt']);
  expect(transfer.logged()).toContain(DONE);
  expect(transfer.logged()).toContain('3 items came after the first listing');
});

it('MIGRATE adopts what is there already, and leaves what only the destination has', async () => {
  const transfer = migration('f/a.txt');
  transfer.destination.seed(seeds('f/a.txt', 'f/theirs.txt'));
  await transfer.run();
  expect(transfer.destination.tree()).toEqual(['f/', 'f/a.txt', 'f/theirs.txt']);
  transfer.source.removeBehind('f/a.txt');
  expect(await transfer.run()).toEqual([]);
  expect(transfer.destination.tree()).toContain('f/a.txt');
});

it('MIGRATE updates nothing: what changed after it was migrated is told once, for each change', async () => {
  const transfer = migration('a.txt', 'b.txt');
  await transfer.run();
  transfer.source.seed([{ path: 'a.txt', bytes: 'edited' }]);
  expect(await transfer.plan()).toEqual(['SKIP OUT_OF_SCOPE a.txt']);
  expect(await transfer.run()).toEqual(['SKIPPED OUT_OF_SCOPE a.txt']);
  expect(transfer.store.steps()[0]!.step.message).toContain('changed after it was migrated');
  expect(await transfer.run()).toEqual([]);
  transfer.source.seed([{ path: 'a.txt', bytes: 'edited again' }]);
  expect(await transfer.run()).toEqual(['SKIPPED OUT_OF_SCOPE a.txt']);
  expect(Buffer.from(transfer.destination.bytes('a.txt')!).toString()).toBe('bytes of a.txt');
});

it('MIGRATE tells a late change though the process died while it planned, before or after', async () => {
  for (const dies of ['appendSteps', 'finishPlan', 'judge'] as const) {
    const transfer = migration('a.txt', 'b.txt');
    await transfer.run();
    transfer.source.seed([{ path: 'a.txt', bytes: 'edited' }]);
    await expect(transfer.begin({ [dies]: () => Promise.reject(new Error('The process dies.')) })).rejects.toThrow(
      'dies',
    );
    expect(await transfer.run(), dies).toEqual(['SKIPPED OUT_OF_SCOPE a.txt']);
    expect(await transfer.run(), dies).toEqual([]);
  }
});

it('MIGRATE makes nothing again that was removed at the destination, with all below it', async () => {
  const transfer = migration('f/sub/a.txt', 'b.txt');
  await transfer.run();
  transfer.destination.removeBehind('f');
  transfer.destination.removeBehind('b.txt');
  transfer.destination.seed(seeds('other.txt'));
  expect(await transfer.run()).toEqual([]);
  expect(transfer.destination.tree()).toEqual(['other.txt']);
});

it('MIGRATE leaves renamed and moved items where they are at the destination, and edits there as they are', async () => {
  const transfer = migration('f/a.txt', 'g/b.txt');
  await transfer.run();
  await transfer.move('source', 'f/a.txt', 'g/z.txt');
  transfer.destination.seed([{ path: 'g/b.txt', bytes: 'edited there' }]);
  await transfer.run();
  expect(transfer.destination.tree()).toEqual(['f/', 'f/a.txt', 'g/', 'g/b.txt']);
  expect(Buffer.from(transfer.destination.bytes('g/b.txt')!).toString()).toBe('edited there');
  expect(await transfer.run()).toEqual([]);
});

it('MIGRATE leaves what it migrated where it is though something new has its former name, which is out of its scope', async () => {
  const transfer = migration('a.txt', 'f/b.txt', 'g/c.txt', 'd.txt');
  await transfer.run();
  await transfer.move('source', 'a.txt', 'a2.txt');
  await transfer.move('source', 'f', 'f2');
  await transfer.move('source', 'd.txt', 'd2.txt');
  transfer.source.seed(seeds('a.txt', 'f/b.txt'));
  const before = transfer.destination.tree();
  const late = ['a.txt', 'f', 'f/b.txt'].map((key) => `SKIPPED OUT_OF_SCOPE ${key}`);
  const learned = ['a.txt', 'd.txt', 'f'].map((key) => `UNCHANGED IDENTICAL ${key}`);
  expect((await transfer.run()).sort()).toEqual([...late, ...learned]);
  transfer.source.seed(seeds('d.txt'));
  expect((await transfer.run()).sort()).toEqual([late[0], 'SKIPPED OUT_OF_SCOPE d.txt', ...late.slice(1)]);
  expect(transfer.destination.tree()).toEqual(before);
});

it('MIGRATE learns the new places of all that is below a renamed folder at once', async () => {
  const transfer = migration('f/a/b/c.txt', 'g/');
  await transfer.run();
  await transfer.move('source', 'f', 'g/renamed');
  expect(await transfer.run()).toEqual(['UNCHANGED IDENTICAL f']);
  expect(await transfer.run()).toEqual([]);
  expect(transfer.destination.tree()).toEqual(['f/', 'f/a/', 'f/a/b/', 'f/a/b/c.txt', 'g/']);
});

it('MIGRATE finishes what failed before, also where it was renamed meanwhile, and is done then', async () => {
  const transfer = migration('a.txt', 'b.txt');
  failing(4, transfer);
  await transfer.run();
  expect(transfer.destination.tree()).toEqual([]);
  transfer.source.seed(seeds('late.txt'));
  await transfer.move('source', 'b.txt', 'renamed.txt');
  expect((await transfer.run()).sort()).toEqual([
    'CREATED NEW a.txt',
    'CREATED NEW renamed.txt',
    'SKIPPED OUT_OF_SCOPE late.txt',
  ]);
  expect(transfer.logged()).not.toContain(DONE);
  await transfer.run();
  expect(transfer.logged()).toContain(DONE);
});

it('MIGRATE fixes its scope by the first whole listing of a plan that is carried out', async () => {
  const transfer = migration('a.txt', 'closed/b.txt');
  expect(await transfer.plan()).toContain('CREATE NEW a.txt');
  transfer.source.seed(seeds('after-the-preview.txt'));
  transfer.source.denyListing('closed', new PlatformError('ACCESS_DENIED', 'No.'));
  expect(await transfer.run()).toContain('CREATED NEW after-the-preview.txt');
  expect(transfer.logged()).toContain('not fixed yet');
  transfer.source.denyListing('closed', null);
  transfer.source.seed(seeds('later.txt'));
  expect((await transfer.run()).sort()).toEqual(
    expect.arrayContaining(['CREATED NEW later.txt', 'CREATED NEW closed/b.txt']),
  );
  transfer.source.seed(seeds('too-late.txt'));
  expect(await transfer.run()).toEqual(['SKIPPED OUT_OF_SCOPE too-late.txt']);
});
