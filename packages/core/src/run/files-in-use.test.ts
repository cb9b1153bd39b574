import { describe, expect, it } from 'vitest';
import { defaultPolicies } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun, type MemoryPlatform } from '../testing/index.js';
import type { MemoryEvent, MemoryRole } from '../testing/index.js';
import { executeRun } from './index.js';

const DIRECT: readonly MemoryRole[] = [];
const STREAMS: readonly MemoryRole[] = ['direct'];

class Fixture {
  readonly source = createMemoryPlatform();
  readonly destination: MemoryPlatform;
  readonly job = new MemoryJob();
  store = new MemoryEngineStore(this.job);
  policies = defaultPolicies('COPY');

  constructor(without: readonly MemoryRole[]) {
    this.destination = createMemoryPlatform({ without });
    this.source.seed([
      { path: 'a.txt', bytes: 'as it was listed' },
      { path: 'b.txt', bytes: 'quiet' },
    ]);
  }

  /** Something happens whenever the source's file is about to be read. */
  onReading(happens: (event: MemoryEvent) => void): void {
    this.source.onOperation((event) => {
      if (event.operation === 'open' && event.moment === 'before' && event.path[0] === 'a.txt') happens(event);
    });
  }

  async run(): Promise<Record<string, string>> {
    this.store = new MemoryEngineStore(this.job);
    const end = await executeRun({
      source: this.source,
      destination: this.destination,
      sourceRoot: [],
      destinationRoot: [],
      policies: this.policies,
      store: this.store,
      clock: { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} },
      ...quietRun(),
    });
    expect(end).toEqual({ kind: 'DONE' });
    return this.store.outcomes();
  }

  result = () => this.store.steps().find(({ step }) => step.sourceKey === 'a.txt')?.result;
}

describe.each([
  ['directly', DIRECT],
  ['by streams', STREAMS],
])('a file in use (%s)', (_, without) => {
  it('that changed once since it was listed is looked at anew by the second try, and arrives as it is now', async () => {
    const fixture = new Fixture(without);
    let readings = 0;
    fixture.onReading(() => {
      if (++readings === 1) fixture.source.seed([{ path: 'a.txt', bytes: 'longer than when it was listed' }]);
    });
    expect(await fixture.run()).toEqual({ 'a.txt': 'CREATED NEW', 'b.txt': 'CREATED NEW' });
    expect(readings).toBe(2);
    expect(Buffer.from(fixture.destination.bytes('a.txt')!).toString()).toBe('longer than when it was listed');
    expect(await fixture.run()).toEqual({});
  });

  it('that is written to all the time is flagged with the advice that helps, in every run until it is quiet', async () => {
    const fixture = new Fixture(without);
    let size = 0;
    fixture.onReading(() => fixture.source.seed([{ path: 'a.txt', bytes: 'x'.repeat((size += 1)) }]));
    for (let run = 1; run <= 3; run++) {
      expect(await fixture.run()).toMatchObject({ 'a.txt': 'FLAGGED CHANGED_DURING_READ' });
      expect(fixture.result()?.message).toContain('written to all the time');
      expect(fixture.result()?.remedy).toContain('Close the program that writes to it');
    }
    expect(fixture.destination.tree()).toEqual(['b.txt']);
    fixture.source.onOperation(null);
    expect(await fixture.run()).toEqual({ 'a.txt': 'CREATED NEW' });
  });

  it('that vanished is skipped with a sentence, and the run has no issue', async () => {
    const fixture = new Fixture(without);
    fixture.onReading(() => fixture.source.item('a.txt') && fixture.source.removeBehind('a.txt'));
    expect(await fixture.run()).toEqual({ 'a.txt': 'SKIPPED OTHER', 'b.txt': 'CREATED NEW' });
    expect(fixture.result()?.message).toBe('It is not at the source any more: it vanished after it was listed.');
    expect(await fixture.run()).toEqual({});
  });

  it('whose place a folder took is skipped, and that folder is the next run’s', async () => {
    const fixture = new Fixture(without);
    let readings = 0;
    fixture.onReading(() => {
      if (++readings > 1) return;
      fixture.source.removeBehind('a.txt');
      fixture.source.seed([{ path: 'a.txt/inner.txt', bytes: 'x' }]);
    });
    expect(await fixture.run()).toMatchObject({ 'a.txt': 'SKIPPED OTHER' });
    expect(await fixture.run()).toEqual({ 'a.txt': 'CREATED NEW', 'a.txt/inner.txt': 'CREATED NEW' });
  });

  it('that became too large or empty meanwhile goes by the policies', async () => {
    const fixture = new Fixture(without);
    fixture.policies = { ...fixture.policies, maxItemBytes: 20 };
    let readings = 0;
    fixture.onReading(() => {
      if (++readings === 1) fixture.source.seed([{ path: 'a.txt', bytes: 'x'.repeat(21) }]);
    });
    expect(await fixture.run()).toMatchObject({ 'a.txt': 'FLAGGED FILE_TOO_LARGE' });
    expect(fixture.result()?.remedy).toBe('Raise the limit or leave the file out.');
    expect(fixture.destination.tree()).toEqual(['b.txt']);
  });

  it('is updated as an existing file is: the version at the destination is the one that was expected', async () => {
    const fixture = new Fixture(without);
    await fixture.run();
    fixture.source.seed([{ path: 'a.txt', bytes: 'second text' }]);
    let readings = 0;
    fixture.onReading(() => {
      if (++readings === 1) fixture.source.seed([{ path: 'a.txt', bytes: 'third text, longer' }]);
    });
    expect(await fixture.run()).toEqual({ 'a.txt': 'UPDATED CONTENT_CHANGED' });
    expect(fixture.destination.versions('a.txt')).toBe(2);
    expect(await fixture.run()).toEqual({});
  });
});
