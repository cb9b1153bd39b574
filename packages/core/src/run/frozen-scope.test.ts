import { describe, expect, it } from 'vitest';
import type { TransferType } from '../plan/index.js';
import { folderStep, item, ledgerEntry, MemoryEngineStore, MemoryJob, settledStep, step } from '../testing/index.js';
import { activeContext } from './active-context.testing.js';
import { freezeScope, FrozenScope } from './frozen-scope.js';
import type { SourceChild } from './ports/index.js';
import { StepWriter } from './step-writer.js';

const child = (key: string, over: Partial<SourceChild> = {}): SourceChild => ({
  key,
  item: item(key),
  ledger: null,
  ...over,
});
/** An item that stands at another place than before. */
const moved = (from: string, key: string) => child(key, { item: item(key, { id: `id:${from}` }) });

/** A migration, run after run. */
class Migration {
  readonly job = new MemoryJob();
  store = new MemoryEngineStore(this.job);

  constructor(private readonly type: TransferType = 'MIGRATE') {}

  context = () => activeContext({ store: this.store, transferType: this.type });
  writer = () => new StepWriter(this.store, { sleep: async () => {} });

  async begin(): Promise<FrozenScope> {
    this.store = new MemoryEngineStore(this.job);
    await this.store.useLedger(this.job.pairs[0]?.number ?? null, { source: 'root', destination: 'root' });
    return FrozenScope.begin(this.context());
  }

  /** A plan whose listing showed these, and that is carried out. */
  async freeze(...children: SourceChild[]): Promise<this> {
    const scope = await this.begin();
    expect(await scope.lateOf(children)).toEqual(new Set());
    await scope.finish(true, this.writer());
    await freezeScope(this.context());
    return this;
  }

  async late(...children: SourceChild[]): Promise<string[]> {
    const late = await (await this.begin()).lateOf(children);
    return [...late].map(({ key }) => key);
  }

  logged = () => this.store.logged.map(({ severity, message }) => `${severity} ${message}`);
}

describe('once a migration has listed everything', () => {
  it('what came since is late', async () => {
    const migration = await new Migration().freeze(child('a'), child('b'));
    expect(await migration.late(child('a'), child('b'), child('c'))).toEqual(['c']);
  });

  it('what was there is in, wherever it stands now, and so is what took its place', async () => {
    const migration = await new Migration().freeze(child('a'), child('b'));
    expect(await migration.late(moved('a', 'f/a'), child('b', { item: item('b', { id: 'anew' }) }))).toEqual([]);
  });

  it('a folder is late where a file was, and the reverse', async () => {
    const migration = await new Migration().freeze(child('a'));
    const folder = item('a', { id: 'folder', kind: 'FOLDER' });
    expect(await migration.late(child('a', { item: folder }))).toEqual(['a']);
  });

  it('what was migrated is in, whatever is known of it', async () => {
    const migration = await new Migration().freeze(child('a'));
    expect(await migration.late(child('c', { ledger: ledgerEntry('c') }))).toEqual([]);
  });

  it('what comes to the place of one that was migrated and moved on is late, in this run and in later ones', async () => {
    const migration = await new Migration().freeze(child('a'));
    const gone = { ...moved('a', 'f/a'), ledger: ledgerEntry('a') };
    const another = child('a', { item: item('a', { id: 'another' }) });
    expect(await migration.late(gone, another)).toEqual(['a']);
    expect(await migration.late(another)).toEqual(['a']);
  });

  it('what stands at the place of one that is migrated and stays there is in', async () => {
    const migration = await new Migration().freeze(child('a'));
    const another = child('a', { item: item('a', { id: 'another' }) });
    expect(await migration.late(child('a', { ledger: ledgerEntry('a') }), another)).toEqual([]);
  });

  it('what comes to a place is late where its item is seen elsewhere before that is learned', async () => {
    const migration = await new Migration().freeze(child('a'));
    const scope = await migration.begin();
    const { store } = migration;
    await store.appendSteps([step('a')]);
    const [taken] = await store.claim(1);
    await store.forgetIntents([{ stepId: taken!.id, ledger: ledgerEntry('a') }]);
    await store.stage('SOURCE', [moved('a', 'f/a')]);
    const late = await scope.lateOf([child('a', { item: item('a', { id: 'another' }) })]);
    expect([...late].map(({ key }) => key)).toEqual(['a']);
  });
});

describe('as long as the scope of a migration is open', () => {
  it('everything is in, and each plan begins it anew', async () => {
    const migration = new Migration();
    await (await migration.begin()).lateOf([child('a')]);
    await migration.freeze(child('b'));
    expect(await migration.late(child('a'), child('b'))).toEqual(['a']);
  });

  it('a plan that is carried out freezes it, and one that is not does not', async () => {
    const migration = new Migration();
    const scope = await migration.begin();
    await scope.lateOf([child('a')]);
    await scope.finish(true, migration.writer());
    expect(await migration.store.scopeState()).toBe('LISTED');
    expect(await migration.late(child('b'))).toEqual([]);
    expect(await migration.store.scopeState()).toBe('OPEN');
  });

  it('a listing that is not whole leaves it open, and the log says so', async () => {
    const migration = new Migration();
    const scope = await migration.begin();
    await scope.finish(false, migration.writer());
    await freezeScope(migration.context());
    expect(await migration.store.scopeState()).toBe('OPEN');
    expect(migration.logged()).toEqual([
      'WARNING The source could not be listed as a whole, so what is migrated is not fixed yet: what the next whole listing shows is migrated too.',
    ]);
  });

  it('a whole listing needs no word', async () => {
    const migration = await new Migration().freeze(child('a'));
    expect(migration.logged()).toEqual([]);
    expect(await migration.store.scopeState()).toBe('FROZEN');
  });
});

describe('the log of a migration with a frozen scope', () => {
  const LATE = 'INFO 2 items came after the first listing and are left out.';
  const DONE = 'INFO Everything that the first listing showed is migrated: nothing is left to do.';
  const refused = settledStep('a', { action: 'REFUSE' });

  it.each([
    ['nothing is left to do', [], [], [DONE]],
    ['items came since', [child('b'), child('c')], [], [LATE, DONE]],
    ['there is something to do', [], [folderStep('f')], []],
    ['something is refused', [], [refused], []],
  ])('tells where %s', async (_, children, steps, lines) => {
    const migration = await new Migration().freeze(child('a'));
    const scope = await migration.begin();
    for (const one of children) await scope.lateOf([one]);
    const writer = migration.writer();
    for (const one of steps) await writer.add(one);
    await scope.finish(true, writer);
    expect(migration.logged()).toEqual(lines);
    expect(await migration.store.scopeState()).toBe('FROZEN');
  });
});

it('a job of another type has no scope that is frozen', async () => {
  const copy = await new Migration('COPY').freeze(child('a'));
  expect(await copy.late(child('b'))).toEqual([]);
  expect(await copy.store.scopeState()).toBe('OPEN');
});
