import { describe, expect, it } from 'vitest';
import { PlatformError, type Capabilities } from '../platform/index.js';
import { defaultPolicies, type Policies } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob } from '../testing/index.js';
import { quietRun } from '../testing/index.js';
import { executeRun } from './index.js';

const NO_CHECKSUMS: Partial<Capabilities> = { CONTENT_CHECKSUM: { level: 'NONE' } };

class Pair {
  readonly source;
  readonly destination;
  readonly job = new MemoryJob();
  store = new MemoryEngineStore(this.job);
  policies: Partial<Policies> = {};
  readings = 0;

  constructor(capabilities: Partial<Capabilities> = {}) {
    this.source = createMemoryPlatform({ capabilities });
    this.destination = createMemoryPlatform({ capabilities });
    for (const platform of [this.source, this.destination])
      platform.onOperation(({ operation, moment }) => {
        if (operation === 'open' && moment === 'before') this.readings += 1;
      });
  }

  async run(): Promise<Record<string, string>> {
    this.store = new MemoryEngineStore(this.job);
    this.readings = 0;
    const end = await executeRun({
      ...{ source: this.source, destination: this.destination, sourceRoot: [], destinationRoot: [] },
      policies: { ...defaultPolicies('COPY'), ...this.policies },
      store: this.store,
      clock: { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} },
      ...quietRun(),
    });
    expect(end).toEqual({ kind: 'DONE' });
    return this.store.outcomes();
  }

  async copied(bytes = 'content'): Promise<this> {
    this.source.seed([{ path: 'a.txt', bytes }]);
    await this.run();
    return this;
  }
}

describe('a metadata-only change is described without a transfer', () => {
  it('a description', async () => {
    const pair = await new Pair().copied();
    pair.source.edit('a.txt', { description: 'as built' });
    expect(await pair.run()).toEqual({ 'a.txt': 'DESCRIBED METADATA_CHANGED' });
    expect(pair.destination.item('a.txt')?.description).toBe('as built');
    expect([pair.destination.versions('a.txt'), pair.readings]).toEqual([1, 0]);
    expect(await pair.run()).toEqual({});
  });

  it('but not one that was changed at the destination too, which is told once', async () => {
    const pair = await new Pair().copied();
    pair.source.edit('a.txt', { description: 'as built' });
    pair.destination.edit('a.txt', { description: 'checked' });
    expect(await pair.run()).toEqual({ 'a.txt': 'UNCHANGED IDENTICAL' });
    expect(pair.destination.item('a.txt')?.description).toBe('checked');
    expect(await pair.run()).toEqual({});
  });

  it('and none takes a description away that only the destination has', async () => {
    const pair = await new Pair().copied();
    pair.destination.edit('a.txt', { description: 'checked' });
    pair.source.edit('a.txt', { description: null });
    expect(await pair.run()).toEqual({});
    expect(pair.destination.item('a.txt')?.description).toBe('checked');
  });

  it('with a change of the content it comes along', async () => {
    const pair = await new Pair().copied();
    pair.source.edit('a.txt', { description: 'as built' });
    pair.source.seed([{ path: 'a.txt', bytes: 'longer content' }]);
    expect(await pair.run()).toEqual({ 'a.txt': 'UPDATED CONTENT_CHANGED' });
    expect(pair.destination.item('a.txt')?.description).toBe('as built');
  });
});

describe('equal content is looked for before a change is believed, and never paid twice', () => {
  it('a source file is not read as changed because only its metadata changed, such as its time', async () => {
    const pair = await new Pair(NO_CHECKSUMS).copied();
    pair.source.seed([{ path: 'a.txt', bytes: 'content' }]);
    expect(await pair.run()).toEqual({ 'a.txt': 'UNCHANGED IDENTICAL' });
    expect([pair.destination.versions('a.txt'), pair.readings]).toEqual([1, 1]);
    expect(await pair.run()).toEqual({});
    expect(pair.readings).toBe(0);
  });

  it('other bytes of the same size are an update', async () => {
    const pair = await new Pair(NO_CHECKSUMS).copied();
    pair.source.seed([{ path: 'a.txt', bytes: 'CONTENT' }]);
    expect(await pair.run()).toEqual({ 'a.txt': 'UPDATED CONTENT_CHANGED' });
  });

  it('a file of the destination that was only touched is not taken for edited', async () => {
    const pair = await new Pair(NO_CHECKSUMS).copied();
    pair.destination.seed([{ path: 'a.txt', bytes: 'content' }]);
    expect(await pair.run()).toEqual({ 'a.txt': 'UNCHANGED IDENTICAL' });
    expect(await pair.run()).toEqual({});
  });

  it.each<[string, Partial<Policies>]>([
    ['an edit at the destination that is left', {}],
    ['a conflict that is left to people', { conflict: 'FLAG' }],
    ['a conflict that the destination wins', { conflict: 'DESTINATION' }],
  ])('%s is read once, until either side changes', async (name, policies) => {
    const pair = await new Pair(NO_CHECKSUMS).copied();
    pair.policies = policies;
    pair.destination.seed([{ path: 'a.txt', bytes: 'CONTENT' }]);
    if (policies.conflict) pair.source.seed([{ path: 'a.txt', bytes: 'cOntent' }]);
    const first = await pair.run();
    expect(pair.readings, name).toBeGreaterThan(0);
    expect(await pair.run()).toEqual(first);
    expect(pair.readings).toBe(0);
    pair.source.seed([{ path: 'a.txt', bytes: 'cONtent' }]);
    await pair.run();
    expect(pair.readings).toBeGreaterThan(0);
  });

  it('a file that cannot be read then is as its listing tells it', async () => {
    const pair = await new Pair(NO_CHECKSUMS).copied();
    pair.destination.seed([{ path: 'a.txt', bytes: 'CONTENT' }]);
    pair.destination.failNext('open', new PlatformError('ACCESS_DENIED', 'No.'));
    expect(await pair.run()).toEqual({ 'a.txt': 'SKIPPED EDITED_AT_DESTINATION' });
  });
});
