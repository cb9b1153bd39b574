import { describe, expect, it } from 'vitest';
import { defaultPolicies, type Transfer } from '../plan/index.js';
import type { Item } from '../platform/index.js';
import { createMemoryPlatform, item, ledgerEntry, MemoryEngineStore, step } from '../testing/index.js';
import { activeContext, callOf } from './active-context.testing.js';
import { claimed } from './claimed.testing.js';
import { finished } from './finished.js';
import { afterVersion, chainBegin, openVersions, wholeOutcome } from './version-chain.js';

type Given = Partial<Omit<Transfer, 'type'>>;
const ROOTS = { source: 'root', destination: 'root' };

/** A file with three contents at the source, of 1, 2 and 3 bytes, and what the ledger knows of it. */
class House {
  readonly source = createMemoryPlatform({ tellsVersions: true });
  readonly store = new MemoryEngineStore();
  readonly file: Item;
  destination = createMemoryPlatform();
  policies = defaultPolicies('COPY');

  constructor() {
    for (const bytes of ['a', 'bb', 'ccc']) this.source.seed([{ path: 'a', bytes }]);
    this.file = this.source.item('a')!;
  }

  async knows(sourceVersion: string): Promise<this> {
    await this.store.useLedger(null, ROOTS);
    await this.store.appendSteps([step('a')]);
    const [taken] = await this.store.claim(1);
    const entry = ledgerEntry('a', { sourceId: this.file.id, sourceVersion });
    await this.store.forgetIntents([{ stepId: taken!.id, ledger: entry }]);
    return this;
  }

  /** Sizes of the versions that are open, and how many are left out. */
  async open(over: Given = {}): Promise<[sizes: (number | null)[], leftOut: number]> {
    if ((await this.store.locationPairs()).length === 0) await this.store.useLedger(null, ROOTS);
    const { source, destination, policies, store } = this;
    const context = activeContext({ source, destination, policies, store });
    const { open, leftOut } = await openVersions(step('a', { source: this.file, ...over }), context, callOf(context));
    return [open.map(({ size }) => size), leftOut];
  }
}

const version = ({ file }: House, number: number) => `${file.id}.${number}`;
const update = { action: 'UPDATE', existing: item('a', { id: 'there' }) } as const;

describe('the versions of a file that are still to come', () => {
  it('are all, oldest first, of a file that the destination never had', async () => {
    expect(await new House().open()).toEqual([[1, 2, 3], 0]);
  });

  it('are all of a file that the ledger knows, but that is to be created again', async () => {
    expect(await (await new House().knows('m1.2')).open()).toEqual([[1, 2, 3], 0]);
  });

  it('are those that came since the one that the ledger knows', async () => {
    const house = new House();
    await house.knows(version(house, 1));
    expect(await house.open(update)).toEqual([[2, 3], 0]);
  });

  it('are the newest alone where that is to be brought again', async () => {
    const house = new House();
    await house.knows(version(house, 3));
    expect(await house.open(update)).toEqual([[3], 0]);
  });

  it('are the newest alone where nobody knows which of them are there', async () => {
    expect(await (await new House().knows('lost')).open(update)).toEqual([[3], 0]);
  });

  it('are all where the ledger does not know the file that is replaced', async () => {
    expect(await new House().open(update)).toEqual([[1, 2, 3], 0]);
  });

  it('are the newest so many where the job keeps no more, and the others are counted', async () => {
    const house = new House();
    house.policies = { ...house.policies, maxVersions: 2 };
    expect(await house.open()).toEqual([[2, 3], 1]);
  });

  it.each<[string, (house: House) => void]>([
    ['the job keeps one', (house) => (house.policies = { ...house.policies, maxVersions: 1 })],
    [
      'the destination keeps one',
      (house) =>
        (house.destination = createMemoryPlatform({ capabilities: { VERSION_PRESERVATION: { level: 'NONE' } } })),
    ],
    ['the source tells of one', (house) => Object.assign(house.source, { source: undefined })],
  ])('are the file itself where %s', async (_, change) => {
    const house = new House();
    change(house);
    expect(await house.open()).toEqual([[3], 0]);
  });

  it('are the file itself where it never had another content', async () => {
    const house = new House();
    house.source.onOperation(() => {
      throw new Error('Nobody needs to ask.');
    });
    expect(await house.open({ source: item('b', { size: 7 }) })).toEqual([[7], 0]);
  });

  it('are without a former one that is too large, and that one is counted', async () => {
    const house = new House();
    house.policies = { ...house.policies, maxItemBytes: 1 };
    expect(await house.open()).toEqual([[1, 3], 1]);
  });

  it('are without a former one whose size nobody tells', async () => {
    const house = new House();
    const versions = [{ ...house.file, size: null, version: 'former' }, house.file];
    Object.assign(house.source.source!, { versions: async () => versions });
    expect(await house.open()).toEqual([[3], 1]);
  });
});

describe('once some versions have arrived', () => {
  const chainOf = (held: string | null, action: Transfer['action'] = 'CREATE') => ({
    ...update,
    chain: { held, first: { action, existing: null, renameExistingTo: null }, versions: 1, bytes: 1 },
  });

  it('those after the last of them are open', async () => {
    const house = new House();
    expect(await house.open(chainOf(version(house, 1)))).toEqual([[2, 3], 0]);
    expect(await house.open(chainOf(version(house, 3)))).toEqual([[], 0]);
  });

  it('the newest alone is open where the last of them is told no more', async () => {
    expect(await new House().open(chainOf('lost'))).toEqual([[3], 0]);
  });

  it('all are open where none of them is held, since the first one was to create the file', async () => {
    expect(await new House().open(chainOf(null))).toEqual([[1, 2, 3], 0]);
  });

  it('the ledger tells where none is held and the first one was to replace a file', async () => {
    const house = new House();
    await house.knows(version(house, 2));
    expect(await house.open(chainOf(null, 'UPDATE'))).toEqual([[3], 0]);
  });

  it('nothing is open where the file that is held is the only one that is told', async () => {
    const house = new House();
    Object.assign(house.source, { source: undefined });
    expect(await house.open(chainOf(version(house, 3)))).toEqual([[], 0]);
  });
});

const there = item('folder/a (1)', { id: 'there', version: '8' });
const brought = step('folder/a', { renameExistingTo: 'a (former)', published: { id: 'x', version: '1' } });
const arrived = (over: object = {}) =>
  finished(claimed(brought), {
    ...{ outcome: 'CREATED', item: there, sha256: 'ab', verifiedBy: 'SIZE', bytes: 10, ...over },
  });

describe('after one of its versions', () => {
  it('a step replaces what arrived with the next one', () => {
    expect(afterVersion(brought, arrived())).toMatchObject({
      ...{ action: 'UPDATE', existing: there, expects: { id: 'there', version: '8' } },
      ...{ destinationKey: 'folder/a (1)', parentKey: 'folder', name: 'a (1)' },
      ...{ renameExistingTo: null, knownSha256: 'ab', published: null },
      chain: {
        ...{ held: '1', versions: 1, bytes: 10 },
        first: { action: 'CREATE', existing: null, renameExistingTo: 'a (former)' },
      },
    });
  });

  it('a step in the root stays there', () => {
    const done = { ...arrived(), destination: { key: 'b', item: item('b') } };
    expect(afterVersion(brought, done)).toMatchObject({ parentKey: '', name: 'b' });
  });

  it('a step counts what it brought so far, but for what was there already', () => {
    const chain = { ...chainBegin(brought), held: '0', versions: 2, bytes: 5 };
    expect(afterVersion({ ...brought, chain }, arrived()).chain).toMatchObject({ versions: 3, bytes: 15, held: '1' });
    expect(afterVersion({ ...brought, chain }, arrived({ bytes: 0 })).chain).toMatchObject({ versions: 2, bytes: 5 });
  });
});

describe('the outcome of a step with versions', () => {
  const chained = (action: Transfer['action'], versions: number): Transfer => ({
    ...brought,
    chain: { held: '1', first: { action, existing: null, renameExistingTo: null }, versions, bytes: 5 },
  });

  it('is that of the file where it came alone', () => {
    expect(wholeOutcome(brought, arrived(), 0)).toEqual(arrived());
  });

  it('says how many are left out', () => {
    expect(wholeOutcome(brought, arrived(), 2)).toMatchObject({
      reason: 'VERSIONS_LEFT_OUT',
      message: 'The file is new. 2 of its versions that came since are left out.',
    });
  });

  it.each<[string, Transfer['action'], number, string, object]>([
    ['a new file with its last version', 'CREATE', 2, 'UPDATED', { outcome: 'CREATED', versionCount: 3 }],
    ['a file that was there with its last version', 'UPDATE', 2, 'UPDATED', { outcome: 'UPDATED', versionCount: 3 }],
    ['a first and a last version', 'CREATE', 1, 'UPDATED', { outcome: 'CREATED', versionCount: 2 }],
    ['its only version', 'CREATE', 0, 'CREATED', { outcome: 'CREATED', versionCount: 1 }],
    ['a last version that had arrived before', 'CREATE', 2, 'UNCHANGED', { outcome: 'CREATED', versionCount: 2 }],
    ['nothing', 'CREATE', 0, 'UNCHANGED', { outcome: 'UNCHANGED', versionCount: 0 }],
  ])('tells of all of them, such as of %s', (_, action, versions, outcome, told) => {
    const whole = wholeOutcome(chained(action, versions), arrived({ outcome }), 1);
    expect(whole).toMatchObject({ ...told, byteCount: 15, reason: 'VERSIONS_LEFT_OUT' });
  });
});
