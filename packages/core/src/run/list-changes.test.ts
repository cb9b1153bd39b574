import { describe, expect, it } from 'vitest';
import { exclude } from '../filter/filter.testing.js';
import { PlatformError, type ChangeEntry } from '../platform/index.js';
import type { TransferType } from '../plan/index.js';
import { House } from './list-changes.testing.js';

const END = { type: 'end', proof: { root: 'root', seen: 0, total: null } } as const;
const NOT_TOLD = 'What changed since the last listing could not be told: ';

describe('a listing of changes', () => {
  it('shows everything as it stands now: what changed, what came, and all that is as it was', async () => {
    const house = await new House().put('a', 'b', 'f/c', 'f/d').knows();
    house.source.removeBehind('b');
    house.put('f/c', 'g/e');
    const listed = await house.list();
    expect(await house.staged()).toEqual(['a', 'f', 'f/c', 'f/d', 'g', 'g/e']);
    expect(listed).toMatchObject({ arrived: 6, problems: 0, proof: { root: 'root', seen: 6, total: 6 } });
    expect(house.discovered).toBe(6);
  });

  it('tells how many files may have changed, and when everything was listed last', async () => {
    const house = await new House().put('a', 'b', 'c').knows();
    house.source.removeBehind('b');
    house.put('a');
    expect(await house.list()).toMatchObject({
      how: {
        kind: 'DELTA',
        reason:
          'Of its files only those that may have changed since the last listing were listed: 2. The last full listing is of 2026-11-20 09:30 UTC.',
      },
    });
  });

  it('remembers what was seen in the recycle bin of the source', async () => {
    const house = await new House().put('a', 'b').knows();
    const { id } = house.source.item('a')!;
    house.source.removeBehind('a');
    await house.list();
    expect(await house.store.isSeenDeleted({ key: 'a', id })).toBe(true);
  });

  it.each<[TransferType, boolean]>([
    ['COPY', false],
    ['SYNC', true],
  ])('remembers it at the destination of a %s: %s', async (transferType, isRemembered) => {
    const house = await new House('DESTINATION').put('a', 'b').knows();
    house.transferType = transferType;
    const { id } = house.source.item('a')!;
    house.source.removeBehind('a');
    await house.list();
    expect(await house.store.isSeenDeleted({ key: 'a', id })).toBe(isRemembered);
    expect(house.discovered).toBe(0);
    expect(await house.staged()).toEqual(['b']);
  });

  it('does not take for deleted what only stands elsewhere', async () => {
    const house = await new House().put('a', 'b').knows();
    const { id } = house.source.item('a')!;
    house.tells({ type: 'elsewhere', identity: id }, END);
    await house.list();
    expect(await house.staged()).toEqual(['b']);
    expect(await house.store.isSeenDeleted({ key: 'a', id })).toBe(false);
  });

  it('leaves out what the filters leave out, even where a folder is told after what it holds', async () => {
    const house = await new House().put('a', 'old/s/b').knows();
    house.rules = [exclude({ metadataKey: 'description' })];
    house.source.edit('old', { description: 'Of last year' });
    const told = ['old/s', 'old'].map((path) => house.source.item(path)!);
    const entries = told.map((item) => ({ type: 'item', item, isNew: false }) as const);
    house.tells(...entries, { type: 'end', proof: { root: 'root', seen: 2, total: null } });
    await house.list();
    expect(await house.staged()).toEqual(['a']);
  });

  it('stages many folders some at a time', async () => {
    const house = await new House().put(...Array.from({ length: 130 }, (_, n) => `f${n}/a`)).knows();
    expect(await house.list()).toMatchObject({ arrived: 260 });
    expect(await house.staged()).toHaveLength(260);
  });
});

describe('a full listing is needed, and nothing is staged,', () => {
  it.each<[string, (ChangeEntry | Error)[], string]>([
    ['where it ends without a proof', [], 'Its listing ended without a proof of what it saw.'],
    [
      'where something of it did not arrive',
      [{ ...END, proof: { ...END.proof, seen: 3 } }],
      'It showed 3 items, and 0 of them arrived.',
    ],
    [
      'where another folder stood there',
      [{ ...END, proof: { ...END.proof, root: 'x' } }],
      'Another folder stood there when its listing ended.',
    ],
    [
      'where the platform counts other items than there would be',
      [{ ...END, proof: { ...END.proof, total: 5 } }],
      'With it there would be 2 items, and the platform counts 5.',
    ],
    ['where it fails', [new PlatformError('UNREACHABLE', 'No answer.')], 'No answer.'],
  ])('%s', async (_, entries, reason) => {
    const house = await new House().put('a', 'b').knows();
    house.tells(...entries);
    expect(await house.reason()).toBe(NOT_TOLD + reason);
  });

  it('where a folder came from elsewhere', async () => {
    const house = await new House().put('a').knows();
    house.put('f/');
    house.tells(
      { type: 'item', item: house.source.item('f')!, isNew: false },
      { ...END, proof: { ...END.proof, seen: 1 } },
    );
    expect(await house.reason()).toBe(`${NOT_TOLD}The folder "/f" came from elsewhere, and what it holds is not told.`);
  });

  it('where more than fifty thousand files changed, and not before', async () => {
    const house = await new House().put('a').knows();
    const gone = Array.from({ length: 50_001 }, (_, n): ChangeEntry => ({ type: 'elsewhere', identity: `${n}` }));
    house.tells(...gone.slice(1), END);
    expect(await house.list()).toMatchObject({ arrived: 1 });
    house.tells(...gone, END);
    expect(await house.reason()).toBe(`${NOT_TOLD}More than 50000 files changed.`);
  });
});

describe('what is wrong with more than the listing ends the run', () => {
  it.each([
    new PlatformError('ABORTED', 'Stopped.'),
    new PlatformError('SIGN_IN_REQUIRED', 'Sign in.'),
    new TypeError('x is not a function'),
  ])('%s', async (error) => {
    const house = await new House().put('a').knows();
    house.tells(error);
    await expect(house.list()).rejects.toBe(error);
  });

  it('and so does what is thrown once the run is broken off', async () => {
    const house = await new House().put('a').knows();
    const abort = new AbortController();
    house.control = { ...house.control, signal: abort.signal };
    const error = new PlatformError('UNREACHABLE', 'No answer.');
    Object.assign(house.source.source!, {
      // oxlint-disable-next-line require-yield
      async *changes() {
        abort.abort(new Error('The process ends.'));
        throw error;
      },
    });
    await expect(house.list()).rejects.toBe(error);
  });

  it('and so does an end while the known listing is gone through', async () => {
    const house = await new House().put('a').knows();
    const abort = new AbortController();
    const reason = new Error('The process ends.');
    house.control = { ...house.control, signal: abort.signal };
    house.tells(END);
    const listing = house.list();
    abort.abort(reason);
    await expect(listing).rejects.toBe(reason);
  });
});
