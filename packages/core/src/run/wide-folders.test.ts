import { beforeEach, expect, it } from 'vitest';
import { defaultPolicies, type Step } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun, type MemoryPlatform } from '../testing/index.js';
import { executeRun, PORTION_CHILDREN, type SourceFolder } from './index.js';

const clock = { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} };
const CHILDREN = 2 * PORTION_CHILDREN + 7;

/** Tells how many children were in hand, and how many steps were stored, at each portion. */
class WatchedStore extends MemoryEngineStore {
  readonly portions: { children: number; stored: number }[] = [];
  private stored = 0;

  override async *sourceFolders(nameKeyOf: (name: string) => string): AsyncIterable<SourceFolder> {
    for await (const folder of super.sourceFolders(nameKeyOf))
      yield { ...folder, children: async () => ({ portions: () => this.watched(folder) }) };
  }

  private async *watched(folder: SourceFolder) {
    for await (const portion of (await folder.children()).portions()) {
      this.portions.push({ children: portion.length, stored: this.stored });
      yield portion;
    }
  }

  override async appendSteps(steps: readonly Step[]): Promise<void> {
    this.stored += steps.length;
    await super.appendSteps(steps);
  }
}

let source: MemoryPlatform;
let destination: MemoryPlatform;
let job: MemoryJob;
beforeEach(() => {
  source = createMemoryPlatform();
  destination = createMemoryPlatform();
  job = new MemoryJob();
});

async function run() {
  const store = new WatchedStore(job);
  const roots = { sourceRoot: [], destinationRoot: [], policies: defaultPolicies('COPY') };
  expect(await executeRun({ source, destination, ...roots, store, clock, ...quietRun() })).toEqual({ kind: 'DONE' });
  return store;
}

const outcomesOf = (store: MemoryEngineStore) => Object.values(store.outcomes());
const sheet = (n: number) => `Sheet ${String(n).padStart(5, '0')}`;
const plant = (count: number, at: MemoryPlatform) =>
  at.seed(Array.from({ length: count }, (_, n) => ({ path: sheet(n), bytes: 'x' })));

it('holds one portion of a wide folder at a time, and stores its steps before the next one', async () => {
  plant(CHILDREN, source);
  const store = await run();
  expect(outcomesOf(store)).toEqual(Array(CHILDREN).fill('CREATED NEW'));
  const [names, planned] = [store.portions.slice(0, 3), store.portions.slice(3)];
  expect(names.map(({ children }) => children)).toEqual([PORTION_CHILDREN, PORTION_CHILDREN, 7]);
  expect(planned.map(({ stored }) => stored)).toEqual([0, PORTION_CHILDREN, 2 * PORTION_CHILDREN]);
});

it('gives names to all of a wide folder at once, and knows each item again', async () => {
  plant(CHILDREN, source);
  plant(CHILDREN, destination);
  const first = await run();
  expect(new Set(outcomesOf(first))).toEqual(new Set(['ADOPTED IDENTICAL']));
  source.seed([{ path: sheet(2_000), bytes: 'another content' }]);
  const second = await run();
  expect(second.outcomes()).toEqual({ [sheet(2_000)]: 'UPDATED CONTENT_CHANGED' });
});

it('reads the children of other folders once', async () => {
  plant(3, source);
  expect((await run()).portions).toEqual([{ children: 3, stored: 0 }]);
});
