import type { LedgerEntry, Step } from '../../plan/index.js';
import type { EngineStore, SourceFolder, StagedItem } from '../../run/index.js';
import { outcome, step } from './samples.js';

/** One job; each run of it has its own store. `restarted` is the store that a new process opens on the same run. */
export interface EngineStoreHarness {
  firstRun(): Promise<EngineStore>;
  nextRun(): Promise<EngineStore>;
  restarted(store: EngineStore): Promise<EngineStore>;
}

/** Registers one promise of a store, which gets a job of its own. */
export type StorePromises = (title: string, body: (bench: StoreBench) => Promise<void>) => void;

export const ROOTS = { source: 'root of the source', destination: 'root of the destination' };

/** A job with the run that is under test. */
export class StoreBench {
  private constructor(
    readonly harness: EngineStoreHarness,
    public store: EngineStore,
  ) {}

  static async open(harness: EngineStoreHarness): Promise<StoreBench> {
    return new StoreBench(harness, await working(await harness.firstRun()));
  }

  /** Plans these steps and begins to carry them out. */
  async planned(...steps: Step[]): Promise<void> {
    await this.store.reset();
    await this.store.enter('PLANNING');
    await this.store.appendSteps(steps);
    await this.store.finishPlan('digest');
    await this.store.enter('TRANSFERRING');
  }

  /** Ends the run and begins the next one. */
  async nextRun(): Promise<EngineStore> {
    await this.store.enter('DONE');
    return working(await this.harness.nextRun());
  }

  /** The next run, whose ledger holds these entries. */
  async remembering(...entries: LedgerEntry[]): Promise<EngineStore> {
    await this.planned(...entries.map(({ sourceKey }) => step(sourceKey)));
    const claimed = await this.store.claim(entries.length);
    await this.store.commit(claimed.map(({ id }, index) => outcome(id, { ledger: entries[index]! })));
    return this.nextRun();
  }
}

/** A store that works with the ledger that was used last. */
export async function working(store: EngineStore): Promise<EngineStore> {
  const [last] = await store.locationPairs();
  await store.useLedger(last?.number ?? null, ROOTS);
  return store;
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of items) all.push(each);
  return all;
}

export const asItIs = (name: string) => name;

export const childrenOf = async (folder: SourceFolder) => (await collect((await folder.children()).portions())).flat();

/** What was listed in a folder of the destination. */
export async function listedAt(store: EngineStore, key: string): Promise<StagedItem[]> {
  const children = await store.destinationChildren(key);
  return children.slice(0, children.length);
}

/** Source folders, each with its children. */
export async function groupsOf(store: EngineStore) {
  const groups = [];
  for (const folder of await collect(store.sourceFolders(asItIs)))
    groups.push({ parentKey: folder.key, items: await childrenOf(folder) });
  return groups;
}

/** What the ledger has at the destination for each item of the source. */
export const ledgerOf = async (run: EngineStore) =>
  (await groupsOf(run)).flatMap(({ items }) => items.map(({ ledger }) => ledger?.destinationId ?? null));
