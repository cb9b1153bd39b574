import { defaultPolicies, type Policies, type Step } from '../plan/index.js';
import {
  afterMicrotasks,
  createMemoryPlatform,
  folderStep,
  item,
  MemoryEngineStore,
  quietRun,
  step,
  type MemoryOperation,
  type MemoryPlatformOptions,
} from '../testing/index.js';
import { activeContext } from './active-context.testing.js';
import type { ActiveContext, RunContext } from './context.js';
import { DestinationFolders } from './destination-folders.js';
import { Execution } from './execution.js';

export const NOW = Date.UTC(2026, 10, 21, 12);

/** A plan between two platforms in memory, whose files come through the streams of the engine unless told otherwise. */
export class House {
  readonly source = createMemoryPlatform();
  readonly destination;
  readonly store = new MemoryEngineStore();
  readonly inFlight: [items: number, bytes: number][] = [];
  readonly control = { ...quietRun().control, isStopping: false };
  policies: Policies = defaultPolicies('COPY');
  time = NOW;

  constructor(options: MemoryPlatformOptions = { without: ['direct'] }) {
    this.destination = createMemoryPlatform(options);
  }

  /** Steps that create files of ten bytes. */
  files(...keys: string[]): Step[] {
    this.source.seed(keys.map((path) => ({ path, bytes: 'some bytes' })));
    return keys.map((key) => {
      const at = key.lastIndexOf('/');
      const place = { parentKey: key.slice(0, Math.max(0, at)), name: key.slice(at + 1) };
      return step(key, { source: this.source.item(key)!, ...place });
    });
  }

  context(given: Partial<RunContext> = {}): ActiveContext {
    const { source, destination, store, policies, control } = this;
    const inFlight = (...told: [number, number]) => void this.inFlight.push(told);
    return activeContext({
      ...{ source, destination, store, policies, control },
      report: { ...quietRun().report, inFlight },
      clock: { now: () => this.time, monotonic: () => 0, sleep: async () => {} },
      ...given,
    });
  }

  async run(steps: readonly Step[], given?: Partial<RunContext>, context = this.context(given)) {
    if ((await this.store.locationPairs()).length === 0) {
      await this.store.useLedger(null, { source: 'root', destination: 'root' });
      await this.store.appendSteps(steps);
    }
    return new Execution(context, new DestinationFolders(context)).run();
  }

  /** Most calls of that kind that were under way at the same time. */
  mostAtOnce(operation: MemoryOperation): () => number {
    let [now, most] = [0, 0];
    this.destination.onOperation(async (event) => {
      if (event.operation !== operation) return;
      now += event.moment === 'before' ? 1 : -1;
      most = Math.max(most, now);
      await afterMicrotasks();
    });
    return () => most;
  }

  told = () => this.store.steps().map(({ step: { sourceKey }, outcome }) => `${sourceKey} ${outcome}`);
}

export const folders = (count: number): Step[] =>
  Array.from({ length: count }, (_, n) =>
    folderStep(`f${n}`, { source: item(`f${n}`, { kind: 'FOLDER', size: null }) }),
  );
