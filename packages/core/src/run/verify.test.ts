import { describe, expect, it } from 'vitest';
import type { Transfer } from '../plan/index.js';
import { PlatformError, type ListingProof, type ListProblem } from '../platform/index.js';
import { createMemoryPlatform, item, MemoryEngineStore, outcome, step, type MemoryRole } from '../testing/index.js';
import { activeContext } from './active-context.testing.js';
import { verifyByListing } from './verify.js';

const SIZE = 10;
const TEN_BYTES = 'ten bytes!';

/** Files that were written to the folder `job`, whose sizes the platform told nobody then. */
class House {
  readonly destination;
  readonly store = new MemoryEngineStore();
  listings = 0;

  constructor(without: readonly MemoryRole[] = []) {
    this.destination = createMemoryPlatform({ without });
    this.destination.onOperation(({ operation, moment }) => {
      if (operation === 'list' && moment === 'before') this.listings += 1;
    });
  }

  put(path: string, bytes = TEN_BYTES): this {
    this.destination.seed([{ path: `job/${path}`, bytes }]);
    return this;
  }

  async wrote(key: string, over: Partial<Omit<Transfer, 'type'>> = {}, at = key): Promise<this> {
    await this.store.appendSteps([step(key, over)]);
    const side = over.side ?? 'DESTINATION';
    const [taken] = await this.store.claim(1, side);
    const destination = { key: at, item: item(`job/${at}`, { size: null }) };
    const told = { verifiedBy: 'NONE', byteCount: SIZE, sha256: 'ab', destination, side } as const;
    await this.store.commit([outcome(taken!.id, told)]);
    return this;
  }

  async verify(): Promise<this> {
    const { destination, store } = this;
    if ((await store.locationPairs()).length === 0)
      await store.useLedger(null, { source: 'root', destination: 'root' });
    await verifyByListing(activeContext({ destination, store, destinationRoot: ['job'] }));
    return this;
  }

  get told() {
    return this.store.steps().map(({ step: { sourceKey }, outcome: became, result }) => {
      const proof = result?.verifiedBy ?? result?.message;
      return `${sourceKey} ${became}: ${proof}`;
    });
  }
}

describe('a file whose size was not told when it was written', () => {
  it('is proved by a listing that shows it with that size, and stays what it was otherwise', async () => {
    const house = await (await new House().put('f/a').wrote('f/a')).verify();
    expect(house.told).toEqual(['f/a CREATED: SIZE']);
    expect(house.store.steps()[0]?.result).toMatchObject({
      ...{ reason: 'NEW', message: 'The file is new.', remedy: null },
      ...{ byteCount: SIZE, sha256: 'ab', ledger: null, destination: null, attempt: null },
    });
  });

  it('is found at the name that the platform gave it', async () => {
    const house = await (await new House().put('a (1)').wrote('a', {}, 'a (1)')).verify();
    expect(house.told).toEqual(['a CREATED: SIZE']);
  });

  it('is one of many that one listing proves', async () => {
    const house = new House().put('a').put('b');
    await house.wrote('a');
    await house.wrote('b');
    expect((await house.verify()).told).toEqual(['a CREATED: SIZE', 'b CREATED: SIZE']);
    expect(house.listings).toBe(1);
  });

  it('costs no listing where there is none', async () => {
    expect((await new House().verify()).listings).toBe(0);
  });

  it('stays as it is on the side that is read', async () => {
    const house = await (await new House().wrote('a', { side: 'SOURCE' })).verify();
    expect([house.listings, house.told]).toEqual([0, ['a CREATED: NONE']]);
  });
});

describe('a file that the listing does not show', () => {
  it('is tried again by the next run, which takes it for new', async () => {
    const house = await (await new House().put('b').wrote('a')).verify();
    expect(house.told).toEqual(['a RETRYING: The destination does not list it.']);
    expect(house.store.steps()[0]?.result).toMatchObject({
      ...{ reason: 'VERIFICATION_FAILED', remedy: 'Start the job again.', verifiedBy: null },
      ...{ ledger: null, forgetLedger: true },
    });
  });

  it('is missing too where a folder stands at its place', async () => {
    const house = new House();
    house.destination.seed([{ path: 'job/a' }]);
    await house.wrote('a');
    expect((await house.verify()).told).toEqual(['a RETRYING: The destination does not list it.']);
  });

  it.each<[string, ListProblem['kind'], string, string]>([
    ['its folder could not be listed', 'FOLDER', 'f', 'NONE'],
    ['a folder above was listed in part', 'PART', '', 'NONE'],
    ['another folder could not be listed', 'FOLDER', 'g', 'The destination does not list it.'],
    ['a link stands there', 'SPECIAL', 'f/s/a', 'The destination does not list it.'],
  ])('is missing only where it could be seen: %s', async (_, kind, at, proof) => {
    const house = await new House().put('b').wrote('f/s/a');
    const path = at === '' ? ['job'] : ['job', ...at.split('/')];
    const list = house.destination.source!.list.bind(house.destination.source);
    Object.assign(house.destination.source!, {
      async *list(...given: Parameters<typeof list>) {
        yield { type: 'problem', problem: { path, kind, error: new PlatformError('ACCESS_DENIED', 'No.') } };
        yield* list(...given);
      },
    });
    expect((await house.verify()).told).toEqual([`f/s/a ${proof === 'NONE' ? 'CREATED' : 'RETRYING'}: ${proof}`]);
  });

  it.each<[string, Partial<ListingProof>]>([
    ['more items are counted than it showed', { total: 99 }],
    ['not all that it showed arrived', { seen: 99 }],
  ])('may be there where the listing is not proved: %s', async (_, claimed) => {
    const house = await new House().put('b').wrote('a');
    Object.assign(house.destination.source!, { claimed });
    expect((await house.verify()).told).toEqual(['a CREATED: NONE']);
  });
});

describe('a file that has another size', () => {
  const message = 'It has 3 bytes instead of 10.';

  it('is left where the platform takes nothing back, and the next run takes it for new', async () => {
    const house = await (await new House().put('a', 'odd').wrote('a')).verify();
    expect(house.told).toEqual([`a RETRYING: ${message}`]);
    expect(house.store.steps()[0]?.result).toMatchObject({ ledger: null, forgetLedger: true });
    expect(house.destination.tree()).toEqual(['job/', 'job/a']);
  });

  it('is taken back where the platform does so', async () => {
    const house = await (await new House(['proof']).put('a', 'odd').wrote('a')).verify();
    expect(house.told).toEqual([`a RETRYING: ${message}`]);
    expect(house.store.steps()[0]?.result).toMatchObject({ ledger: null, forgetLedger: true });
    expect(house.destination.tree()).toEqual(['job/']);
  });

  it('is known to be unproved before it is taken back, and stays so where that fails', async () => {
    const house = await new House(['proof']).put('a', 'odd').wrote('a');
    let known: unknown;
    house.destination.onOperation(async ({ operation, moment }) => {
      if (operation !== 'withdraw' || moment !== 'before') return;
      known = await house.store.entryOf('SOURCE', 'id:a');
      throw new PlatformError('ACCESS_DENIED', 'No.');
    });
    await house.verify();
    const unproved = { sourceVersion: '', destinationKey: 'a', destinationSize: 3, sha256: null };
    expect(known).toMatchObject(unproved);
    expect(house.store.steps()[0]?.result).toMatchObject({ message, ledger: unproved, forgetLedger: false });
  });
});

it('a file whose size the listing does not tell either is neither proved nor taken back', async () => {
  const house = await new House(['proof']).put('a').wrote('a');
  const list = house.destination.source!.list.bind(house.destination.source);
  Object.assign(house.destination.source!, {
    async *list(...given: Parameters<typeof list>) {
      for await (const entry of list(...given))
        yield entry.type === 'item' ? { ...entry, item: { ...entry.item, size: null } } : entry;
    },
  });
  await house.verify();
  expect(house.destination.tree()).toEqual(['job/', 'job/a']);
});
