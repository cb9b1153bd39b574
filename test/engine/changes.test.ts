import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultPolicies } from '@sluice/core/plan';
import { executeRun } from '@sluice/core/run';
import { MemoryEngineStore, MemoryJob, quietRun } from '@sluice/core/testing';
import type { Sandbox, SandboxInput } from '@sluice/procore-sandbox';
import { memorySide, Projects, quickClock, Shares, type Side } from '../support/effects/sides.js';
import { startEmptySandbox } from '../support/sandbox.js';

const FILES = ['f/a.txt', 'f/b.txt', 'f/g/c.txt', 'h/d.txt', 'h/e.txt', 'k.txt'];

/** A copy with MIRROR that may list by changes. */
class Copy {
  private readonly job = new MemoryJob();
  store = new MemoryEngineStore(this.job);

  constructor(
    readonly source: Side,
    readonly destination: Side,
  ) {}

  async copied(): Promise<this> {
    for (const path of FILES) await this.source.put(path, `bytes of ${path}`);
    await this.run();
    return this;
  }

  async run(): Promise<void> {
    this.store = new MemoryEngineStore(this.job);
    const end = await executeRun({
      source: await this.source.open(),
      destination: await this.destination.open(),
      sourceRoot: this.source.root,
      destinationRoot: this.destination.root,
      policies: { ...defaultPolicies('COPY'), deletions: 'MIRROR' },
      store: this.store,
      clock: quickClock,
      ...quietRun(),
      listing: { isFull: false, settings: { SOURCE: 'one', DESTINATION: 'one' } },
    });
    expect(end).toEqual({ kind: 'DONE' });
  }

  get kinds(): string {
    return `${this.store.listed.SOURCE?.kind} ${this.store.listed.DESTINATION?.kind}`;
  }

  /** Runs until nothing is left to do, and both sides are alike. */
  async settles(): Promise<void> {
    await this.run();
    await this.run();
    expect(await this.destination.files()).toEqual(await this.source.files());
  }
}

let sandbox: Sandbox;
let shares: Shares;

beforeEach(() => void (shares = new Shares()));
afterEach(async () => {
  await sandbox.close();
  await shares[Symbol.asyncDispose]();
});

async function project(behaviour: SandboxInput['behaviour'] = {}): Promise<Side> {
  sandbox = await startEmptySandbox({ behaviour });
  return new Projects(sandbox, { pageSize: 2 }).side();
}

const changes: Record<string, (source: Side) => Promise<void>> = {
  'an edited file': (source) => source.put('f/a.txt', 'edited'),
  'a new folder with files': (source) => source.put('new/deep/x.txt', 'x'),
  'a renamed file': (source) => source.move('f/a.txt', 'f/z.txt'),
  'a file in another folder': (source) => source.move('f/a.txt', 'h/a.txt'),
  'a renamed folder': (source) => source.move('f', 'F2'),
  'a folder in another folder': (source) => source.move('f/g', 'h/g'),
  'a deleted file': (source) => source.remove('h/d.txt'),
  'a deleted folder': (source) => source.remove('f'),
};

describe.each(['memory', 'a share'])('a run that lists by changes from Procore to %s follows', (kind) => {
  const target = () => (kind === 'memory' ? memorySide() : shares.side());

  it.each(Object.keys(changes))('%s', async (name) => {
    const copy = await new Copy(await project(), target()).copied();
    await changes[name]!(copy.source);
    await copy.run();
    expect(copy.kinds).toBe('DELTA FULL');
    await copy.settles();
  });
});

describe('a run that lists its destination at Procore by changes', () => {
  it.each(Object.keys(changes))('brings there %s', async (name) => {
    const source = memorySide();
    const copy = await new Copy(source, await project()).copied();
    await changes[name]!(source);
    await copy.run();
    expect(copy.store.listed.SOURCE?.kind).toBe('FULL');
    await copy.settles();
    expect(copy.kinds).toBe('FULL DELTA');
  });

  it('sees what people did there', async () => {
    const copy = await new Copy(memorySide(), await project()).copied();
    await copy.run();
    await copy.destination.remove('f/a.txt');
    await copy.run();
    expect(copy.kinds).toBe('FULL DELTA');
    expect((await copy.destination.files())['f/a.txt']).toBe('bytes of f/a.txt');
  });
});

describe('where Procore answers otherwise than the product hopes', () => {
  it.each(['ignored', 'refused'] as const)(
    'and filters[updated_at] is %s, everything is followed',
    async (updatedAtFilter) => {
      const copy = await new Copy(await project({ updatedAtFilter }), memorySide()).copied();
      await copy.source.put('f/a.txt', 'edited');
      await copy.source.remove('h');
      await copy.run();
      // Of a project whose items all are new, what comes is what was asked for.
      expect(copy.kinds).toBe(updatedAtFilter === 'ignored' ? 'DELTA FULL' : 'FULL FULL');
      await copy.settles();
    },
  );

  it('and moves and deletions do not count as updates, a count that does not fit leads to a full listing', async () => {
    const copy = await new Copy(await project({ touchOnMove: false }), memorySide()).copied();
    await copy.source.remove('h/d.txt');
    await copy.run();
    await copy.settles();
  });

  it('and an update comes into the index late, nothing is removed and the overlap of a later run finds it', async () => {
    const copy = await new Copy(await project({ updateLagMs: 3_600_000 }), memorySide()).copied();
    await copy.source.put('f/a.txt', 'edited');
    await copy.run();
    expect(await copy.destination.files()).toMatchObject({ 'f/b.txt': 'bytes of f/b.txt' });
    sandbox.control.setBehaviour({ updateLagMs: 0 });
    await copy.settles();
  });
});
