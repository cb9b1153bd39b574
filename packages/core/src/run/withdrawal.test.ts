import { describe, expect, it } from 'vitest';
import { PlatformError } from '../platform/index.js';
import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun } from '../testing/index.js';
import type { MemoryOperation, MemoryRole } from '../testing/index.js';
import { executeRun, type RunEnd } from './index.js';

class Killed extends Error {}

/** A job to a platform that publishes a file by the call that ends its upload, so that it is proved afterwards. */
class Fixture {
  readonly source = createMemoryPlatform();
  readonly destination;
  readonly job = new MemoryJob();
  store = new MemoryEngineStore(this.job);
  policies = { ...defaultPolicies('COPY'), readBack: true };

  constructor(without: readonly MemoryRole[]) {
    const capabilities = { CONTENT_CHECKSUM: { level: 'NONE' }, TIMESTAMP_PRESERVATION: { level: 'NONE' } } as const;
    this.destination = createMemoryPlatform({ without: ['proof', ...without], capabilities });
    this.put('first text');
  }

  put(bytes: string): void {
    this.source.seed([{ path: 'a.txt', bytes, modifiedAt: new Date('2026-01-05') }]);
  }

  run(store = new MemoryEngineStore(this.job), abort = new AbortController()): Promise<RunEnd> {
    this.store = store;
    return executeRun({
      source: this.source,
      destination: this.destination,
      sourceRoot: [],
      destinationRoot: [],
      policies: this.policies,
      store,
      clock: { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} },
      ...quietRun(abort.signal),
    });
  }

  async kill(operation: MemoryOperation, moment: 'before' | 'after'): Promise<void> {
    const abort = new AbortController();
    this.destination.onOperation((event) => {
      if (event.operation !== operation || event.moment !== moment) return;
      abort.abort(new PlatformError('ABORTED', 'Killed.'));
      throw new Killed();
    });
    expect(await this.run(undefined, abort)).toEqual({ kind: 'STOPPED' });
    this.destination.onOperation(null);
  }

  text = () => Buffer.from(this.destination.bytes('a.txt') ?? []).toString();

  /** The bytes of the source are there, once, and nothing is left to do. */
  async expectArrived(): Promise<void> {
    await this.run();
    await this.run();
    expect(this.destination.tree()).toEqual(['a.txt']);
    expect(this.text()).toBe(Buffer.from(this.source.bytes('a.txt')!).toString());
    await this.run();
    expect(this.store.steps()).toEqual([]);
  }
}

const FORMS: [string, readonly MemoryRole[]][] = [
  ['directly', []],
  ['by streams', ['direct']],
];
const refused = new PlatformError('ACCESS_DENIED', 'The account may not remove files.');

describe.each(FORMS)('a file that fails its proof after it was published (%s)', (_, without) => {
  it('is taken back, and the second try brings it', async () => {
    const fixture = new Fixture(without);
    const seen: string[] = [];
    fixture.destination.onOperation(({ operation, moment }) => {
      if (moment === 'after' && operation === 'withdraw') seen.push(fixture.destination.tree().join());
    });
    fixture.destination.flipNext(1);
    await fixture.run();
    expect(seen).toEqual(['']);
    expect(fixture.store.outcomes()).toEqual({ 'a.txt': 'CREATED NEW' });
    expect(fixture.store.steps()[0]?.attempts.map(({ reason }) => reason)).toEqual(['VERIFICATION_FAILED', null]);
    await fixture.expectArrived();
  });

  it('leaves nothing when the second try fails too, and the next run brings it', async () => {
    const fixture = new Fixture(without);
    fixture.destination.flipNext(2);
    await fixture.run();
    expect(fixture.destination.tree()).toEqual([]);
    await fixture.expectArrived();
  });

  it('that it replaced has its former content again, and the next run is no conflict', async () => {
    const fixture = new Fixture(without);
    await fixture.run();
    fixture.put('second text');
    fixture.destination.flipNext(2);
    await fixture.run();
    expect(fixture.text()).toBe('first text');
    fixture.put('third text, which came later');
    await fixture.run();
    expect(fixture.store.outcomes()).toEqual({ 'a.txt': 'UPDATED CONTENT_CHANGED' });
    await fixture.expectArrived();
  });

  it.each(['created', 'updated'])(
    'and cannot be taken back is replaced by the next try or run, and never adopted (%s)',
    async (how) => {
      for (const flips of [1, 2]) {
        const fixture = new Fixture(without);
        fixture.policies = { ...fixture.policies, existing: 'SKIP' };
        if (how === 'updated') {
          await fixture.run();
          fixture.put('second text');
        }
        fixture.destination.flipNext(flips);
        fixture.destination.failNext('withdraw', refused, 2);
        await fixture.run();
        expect(fixture.text() === Buffer.from(fixture.source.bytes('a.txt')!).toString()).toBe(flips === 1);
        await fixture.expectArrived();
      }
    },
  );

  it('and whose bytes cannot be read back counts as unproved: it is brought over again', async () => {
    const fixture = new Fixture(without);
    fixture.policies = { ...fixture.policies, existing: 'SKIP' };
    fixture.destination.flipNext(1);
    fixture.destination.failNext('readBack', new PlatformError('CONTENT_INCOMPLETE', 'It ended early.'), 1);
    await fixture.run();
    await fixture.expectArrived();
  });

  it('and was changed by somebody since is theirs', async () => {
    const fixture = new Fixture(without);
    fixture.destination.flipNext(1);
    fixture.destination.onOperation(({ operation, moment }) => {
      if (operation === 'withdraw' && moment === 'before')
        fixture.destination.seed([{ path: 'a.txt', bytes: 'of a colleague' }]);
    });
    await fixture.run();
    expect(fixture.text()).toBe('of a colleague');
  });

  it.each(
    (['created', 'updated'] as const).flatMap((how) =>
      (
        [
          ['readBack', 'before'],
          ['withdraw', 'before'],
          ['withdraw', 'after'],
        ] as const
      ).flatMap(([operation, moment]) =>
        [false, true].map((isEdited) => ({ how, operation, moment, isEdited, also: isEdited ? ', then an edit' : '' })),
      ),
    ),
  )('survives a crash $moment $operation ($how$also)', async ({ how, operation, moment, isEdited }) => {
    for (const isTakenUp of [true, false]) {
      const fixture = new Fixture(without);
      fixture.policies = { ...fixture.policies, existing: 'SKIP' };
      if (how === 'updated') {
        await fixture.run();
        fixture.put('second text');
      }
      fixture.destination.flipNext(1);
      await fixture.kill(operation, moment);
      if (isEdited) fixture.put('third text, which came later');
      await fixture.run(isTakenUp ? fixture.store.restarted() : undefined);
      await fixture.expectArrived();
    }
  });
});
