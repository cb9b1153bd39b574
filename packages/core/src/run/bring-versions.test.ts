import { describe, expect, it } from 'vitest';
import { type Step, type Transfer } from '../plan/index.js';
import type { Item } from '../platform/index.js';
import { createMemoryPlatform, item, MemoryEngineStore, step } from '../testing/index.js';
import { activeContext } from './active-context.testing.js';
import { bringVersions } from './bring-versions.js';
import { claimed } from './claimed.testing.js';
import { FileTransfer } from './file-transfer.js';
import type { FinishedStep } from './finished.js';
import type { ClaimedStep } from './ports/index.js';

type Given = Partial<Omit<Transfer, 'type'>>;
const ROOT = item('', { id: 'root', kind: 'FOLDER', size: null });

/** A file with the contents `one`, `two` and `three`, which is brought over; each version may be the last of a process. */
class House {
  readonly source = createMemoryPlatform({ tellsVersions: true });
  readonly destination = createMemoryPlatform();
  readonly store = new MemoryEngineStore();
  readonly done: string[] = [];
  readonly tried: ClaimedStep[] = [];
  readonly arrived: { next: Transfer; part: FinishedStep }[] = [];
  readonly file: Item;

  constructor(...texts: string[]) {
    for (const bytes of texts) this.source.seed([{ path: 'a', bytes }]);
    this.file = this.source.item('a')!;
  }

  async bring(over: Given = {}, of: Partial<ClaimedStep> = {}): Promise<FinishedStep> {
    const { source, destination, store, done } = this;
    if ((await store.locationPairs()).length === 0)
      await store.useLedger(null, { source: 'root', destination: 'root' });
    const context = activeContext({ source, destination, store });
    const { signal } = context.control;
    const given = claimed(step('a', { source: this.file, ...over }), of);
    const versionOf = (next: Step) => (next.type === 'TRANSFER' ? (next.source.version ?? '') : '');
    const tools = {
      ...{ context, signal },
      begin: async () => void done.push('begin'),
      hashed: async () => {},
      revise: async (next: Step) => void done.push(`about ${versionOf(next)}`),
      arrived: async (next: Step, part: FinishedStep) => {
        done.push(`arrived ${versionOf(next)}`);
        if (next.type === 'TRANSFER') this.arrived.push({ next, part });
      },
    };
    const unused = { folders: { get: async () => ROOT }, removals: NOBODY, moves: NOBODY };
    return bringVersions(
      given,
      (one) => {
        this.tried.push(one);
        return new FileTransfer(one, context, destination.destination!, ROOT, signal);
      },
      { ...unused, ...tools },
    );
  }
}

const NOBODY = { at: async () => {}, below: async () => {} };

describe('a file with former versions', () => {
  it('comes with all of them in their order, each written down before and after it', async () => {
    const house = new House('one', 'two', 'three');
    expect(await house.bring()).toMatchObject({ outcome: 'CREATED', versionCount: 3, byteCount: 11 });
    expect(house.destination.texts('a')).toEqual(['one', 'two', 'three']);
    expect(house.done).toEqual([
      ...['about m1.1', 'begin', 'arrived m1.1'],
      ...['about m1.2', 'begin', 'arrived m1.2'],
      ...['about m1.3', 'begin'],
    ]);
  });

  it('is known after each version to go on as a replacement of that', async () => {
    const house = new House('one', 'two');
    await house.bring();
    expect(house.arrived).toMatchObject([
      { next: { action: 'UPDATE', existing: { version: 'm1.1' }, chain: { held: 'm1.1' } }, part: { byteCount: 3 } },
    ]);
  });

  it('takes what is known of an earlier try for its first open version alone', async () => {
    const house = new House('one', 'two', 'three');
    const doubt = { inDoubtSince: new Date(0), checkpoint: 'half of it' };
    await house.bring({}, doubt);
    const last = house.tried.slice(1);
    expect(last.map(({ inDoubtSince, checkpoint }) => [inDoubtSince, checkpoint])).toEqual([
      [doubt.inDoubtSince, doubt.checkpoint],
      [null, null],
      [null, null],
    ]);
  });

  it('is not brought at all where an equal file is there already', async () => {
    const house = new House('one', 'two');
    house.destination.seed([{ path: 'a', bytes: 'two' }]);
    const existing = house.destination.item('a')!;
    const told = await house.bring({ action: 'UPDATE', reason: 'CONTENT_CHANGED', existing });
    expect(told).toMatchObject({ outcome: 'ADOPTED', message: 'An equal file is there already.' });
    expect([house.done, house.destination.texts('a')]).toEqual([[], ['two']]);
  });
});

describe('a file that comes alone', () => {
  it('needs no word of its versions', async () => {
    const house = new House('one');
    expect(await house.bring()).toMatchObject({ outcome: 'CREATED', byteCount: 3, message: 'The file is new.' });
    expect(house.done).toEqual(['begin']);
  });
});

describe('after a process ended between two versions', () => {
  const chainOf = (held: string) => ({
    ...{ held, versions: 1, bytes: 3 },
    first: { action: 'CREATE', existing: null, renameExistingTo: null } as const,
  });

  async function resumed(held: string, over: Given = {}) {
    const house = new House('one', 'two', 'three');
    house.destination.seed([{ path: 'a', bytes: 'one' }]);
    const existing = house.destination.item('a')!;
    const told = await house.bring({ action: 'UPDATE', existing, chain: chainOf(held), ...over });
    return { house, told };
  }

  it('those that are still to come follow, and the whole is told', async () => {
    const { house, told } = await resumed('m1.1');
    expect(told).toMatchObject({ outcome: 'CREATED', versionCount: 3, byteCount: 11 });
    expect(house.destination.texts('a')).toEqual(['one', 'two', 'three']);
  });

  it('the last one alone is written down likewise', async () => {
    const { house, told } = await resumed('m1.2');
    expect(told).toMatchObject({ outcome: 'CREATED', versionCount: 2, byteCount: 8 });
    expect(house.done).toEqual(['about m1.3', 'begin']);
  });

  it('nothing is done where the last one had arrived', async () => {
    const { house, told } = await resumed('m1.3', { knownSha256: 'ab' });
    expect(told).toMatchObject({
      ...{ outcome: 'CREATED', versionCount: 1, byteCount: 3, sha256: 'ab', verifiedBy: 'SIZE' },
      destination: { key: 'a', item: { version: 'm1.1' } },
    });
    expect([house.done, house.tried]).toEqual([[], []]);
  });
});
