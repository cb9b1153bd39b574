import { describe, expect, it } from 'vitest';
import { defaultPolicies, versionFilesOf, type Step, type Transfer } from '../plan/index.js';
import type { Item } from '../platform/index.js';
import { createMemoryPlatform, MemoryEngineStore, step } from '../testing/index.js';
import { activeContext } from './active-context.testing.js';
import { claimed } from './claimed.testing.js';
import { lookAgain } from './look-again.js';

const LISTED_AT = new Date('2026-01-05T00:00:00.000Z');

/** A file that was listed, whose transfer failed once in this run. */
class House {
  readonly source = createMemoryPlatform({ tellsVersions: true });
  readonly store = new MemoryEngineStore();
  readonly revised: Step[] = [];
  policies = defaultPolicies('COPY');
  listed = this.put('first text');

  put(bytes: string, note?: string): Item {
    this.source.seed([{ path: 'a.txt', bytes, modifiedAt: LISTED_AT, ...(note === undefined ? {} : { note }) }]);
    return this.source.item('a.txt')!;
  }

  given(over: Partial<Transfer> = {}) {
    return claimed(step('a.txt', { source: this.listed, ...over }), { checkpoint: 'half of it' });
  }

  look(given = this.given()) {
    const { source, store, policies } = this;
    const context = activeContext({ source, store, policies });
    const revise = async (next: Step) => void this.revised.push(next);
    return lookAgain(given, { context, signal: context.control.signal, revise });
  }
}

describe('a file that is looked at again', () => {
  it('comes as planned where it is as it was listed', async () => {
    const house = new House();
    const given = house.given();
    expect(await house.look(given)).toBe(given);
    expect(house.revised).toEqual([]);
  });

  it('comes as it is now, from its beginning, where it has another version', async () => {
    const house = new House();
    const now = house.put('other text');
    const again = await house.look();
    expect(again).toMatchObject({
      id: 'item 1',
      step: { source: { version: now.version, size: 10 } },
      checkpoint: null,
    });
    expect(house.revised).toMatchObject([{ sourceKey: 'a.txt', source: { version: now.version } }]);
  });

  it('comes as it is now where its size was not known yet', async () => {
    const house = new House();
    house.listed = { ...house.listed, size: null };
    expect(await house.look()).toMatchObject({ step: { source: { size: 10 } }, checkpoint: null });
  });

  it('is left out where it vanished', async () => {
    const house = new House();
    house.source.removeBehind('a.txt');
    expect(await house.look()).toEqual({
      ...{ stepId: 'item 1', outcome: 'SKIPPED', reason: 'OTHER', remedy: null },
      message: 'It is not at the source any more: it vanished after it was listed.',
      ...{ sha256: null, verifiedBy: null, destination: null, ledger: null, byteCount: 0 },
    });
  });

  it('is left out where a folder has its address now', async () => {
    const house = new House();
    house.source.seed([{ path: 'folder' }]);
    house.listed = { ...house.listed, id: house.source.item('folder')!.id };
    expect(await house.look()).toMatchObject({ outcome: 'SKIPPED', reason: 'OTHER' });
  });

  it.each([
    ['FLAG', 'FLAGGED', 'Raise the limit or leave the file out.'],
    ['SKIP', 'SKIPPED', null],
  ] as const)('is refused where it is too large now, by the policy %s', async (largeItem, outcome, remedy) => {
    const house = new House();
    house.policies = { ...house.policies, largeItem, maxItemBytes: 12 };
    house.put('a much longer text');
    expect(await house.look()).toMatchObject({
      ...{ outcome, reason: 'FILE_TOO_LARGE', remedy },
      message: 'The file has 18 bytes, more than the 12 that are allowed.',
    });
    expect(house.revised).toEqual([]);
  });
});

describe('a former content that comes as a file', () => {
  const former = (over?: Partial<Item>) => {
    const house = new House();
    const listed = { ...house.put('second text'), ...over };
    house.listed = versionFilesOf(listed, Infinity)[0]!;
    return house;
  };

  it('is learned before it comes: its size and its times', async () => {
    const house = former();
    const { identity, path, version } = house.listed;
    const now = { identity, path, version, size: 10, modifiedAt: LISTED_AT };
    expect(await house.look()).toMatchObject({ step: { source: now } });
    expect(house.revised).toMatchObject([{ source: now }]);
    expect(house.revised[0]?.source).not.toHaveProperty('fields');
  });

  it('has the note that it had as a version, and no other field', async () => {
    const house = new House();
    house.put('second text', 'For approval');
    house.source.edit('a.txt', { fields: { phase: '2' } });
    house.listed = versionFilesOf(house.put('third text'), Infinity)[1]!;
    await house.look();
    expect(house.revised[0]?.source?.fields).toEqual({ versionNotes: 'For approval' });
  });

  it('is looked up even where its size was listed', async () => {
    const house = former({ formerSizes: [10] });
    await house.look();
    expect(house.revised).toMatchObject([{ source: { size: 10, modifiedAt: LISTED_AT } }]);
  });

  it('is left out where its file is gone', async () => {
    const house = former();
    house.source.removeBehind('a.txt');
    expect(await house.look()).toMatchObject({ outcome: 'SKIPPED', reason: 'OTHER' });
  });
});
