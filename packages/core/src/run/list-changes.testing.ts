import type { ChangeEntry, ItemRule, ListingProof } from '../platform/index.js';
import type { Side, TransferType } from '../plan/index.js';
import type { KnownListing } from '../prove/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun } from '../testing/index.js';
import { activeContext, callOf } from './active-context.testing.js';
import { listChanges } from './list-changes.js';

const ROOTS = { source: 'root', destination: 'root' };
const FULL_AT = Date.UTC(2026, 10, 20, 9, 30);

/** A place that tells what changed, with its listing of the last run, which came to its end. */
export class House {
  readonly source = createMemoryPlatform({ tellsChanges: true });
  readonly job = new MemoryJob();
  store = new MemoryEngineStore(this.job);
  known: KnownListing = { token: '', root: 'root', settings: '', fullAt: FULL_AT, deltas: 0 };
  rules: ItemRule[] = [];
  transferType: TransferType = 'COPY';
  control = quietRun().control;
  discovered = 0;

  constructor(private readonly side: Side = 'SOURCE') {}

  put(...paths: string[]): this {
    this.source.seed(paths.map((path) => (path.endsWith('/') ? { path: path.slice(0, -1) } : { path, bytes: path })));
    return this;
  }

  async knows(): Promise<this> {
    const items = this.source.all().map(({ item }) => ({ key: item.path.join('/'), item }));
    const proof = await this.proofOfAll();
    this.known = { ...this.known, token: proof.token ?? '' };
    await this.store.useLedger(null, ROOTS);
    await this.store.stage(this.side, items);
    await this.store.stageProof(this.side, proof, { kind: 'FULL', reason: '' }, this.known);
    await this.store.enter('DONE');
    return this;
  }

  private async proofOfAll(): Promise<ListingProof> {
    for await (const entry of this.source.source!.list({ folder: { path: [] } }, callOf(this.context())))
      if (entry.type === 'end') return entry.proof;
    throw new Error('The listing has no proof.');
  }

  context() {
    const { store, rules, transferType, control } = this;
    const report = { ...quietRun().report, discovered: (items: number) => (this.discovered += items) };
    return activeContext({
      source: this.source,
      destination: this.source,
      store,
      rules,
      transferType,
      control,
      report,
    });
  }

  async list() {
    this.store = new MemoryEngineStore(this.job);
    await this.store.useLedger(1, ROOTS);
    const context = this.context();
    return listChanges({ side: this.side, known: this.known, root: 'root', path: [] }, context, callOf(context));
  }

  /** Why a full listing is needed; nothing is staged then. */
  async reason(): Promise<string> {
    const listed = await this.list();
    const staged = await this.staged();
    if (staged.length > 0) throw new Error(`Something was staged: ${staged.join(', ')}.`);
    return 'reason' in listed ? listed.reason : 'It is not.';
  }

  async staged(): Promise<string[]> {
    const keys: string[] = [];
    for await (const folder of this.store.sourceFolders((name) => name, this.side))
      for await (const children of (await folder.children()).portions()) keys.push(...children.map(({ key }) => key));
    return keys.sort();
  }

  /** What the platform tells of changes from now on. */
  tells(...entries: (ChangeEntry | Error)[]): void {
    Object.assign(this.source.source!, {
      async *changes() {
        for (const entry of entries) {
          if (entry instanceof Error) throw entry;
          yield entry;
        }
      },
    });
  }
}
