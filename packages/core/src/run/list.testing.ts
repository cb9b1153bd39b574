import type { ListRequest } from '../platform/index.js';
import {
  createMemoryPlatform,
  MemoryEngineStore,
  MemoryJob,
  quietRun,
  type MemoryPlatform,
  type MemoryPlatformOptions,
} from '../testing/index.js';
import { activeContext } from './active-context.testing.js';
import type { RunContext } from './context.js';
import { findRoots, listBothSides } from './list.js';

type SideName = 'source' | 'destination';

/** Two folders, `job` and `there`, whose content is listed. */
export class House {
  readonly source: MemoryPlatform;
  readonly destination: MemoryPlatform;
  readonly job = new MemoryJob();
  readonly asked: Record<SideName, ListRequest[]> = { source: [], destination: [] };
  store = new MemoryEngineStore(this.job);
  discovered: [items: number, bytes: number][] = [];

  constructor(options: MemoryPlatformOptions = {}) {
    this.source = createMemoryPlatform(options);
    this.destination = createMemoryPlatform(options);
    for (const side of ['source', 'destination'] as const) {
      const { source } = this[side];
      const list = source!.list.bind(source);
      Object.assign(source!, {
        list: (...given: Parameters<typeof list>) => {
          this.asked[side].push(given[0]);
          return list(...given);
        },
      });
    }
    this.put('source', 'a', 'f/b').put('destination', 'c');
  }

  put(side: SideName, ...paths: string[]): this {
    const root = side === 'source' ? 'job' : 'there';
    this[side].seed(paths.map((path) => ({ path: `${root}/${path}`, bytes: path })));
    return this;
  }

  context(given: Partial<RunContext> = {}) {
    const { source, destination, store } = this;
    const discovered = (...told: [number, number]) => this.discovered.push(told);
    return activeContext({
      ...{ source, destination, store, sourceRoot: ['job'], destinationRoot: ['there'] },
      report: { ...quietRun().report, discovered },
      ...given,
    });
  }

  async list(given: Partial<RunContext> = {}) {
    this.store = new MemoryEngineStore(this.job);
    await this.store.useLedger(this.job.pairs[0]?.number ?? null, { source: 'root', destination: 'root' });
    const context = this.context(given);
    return listBothSides(await findRoots(context), context);
  }

  names = async (key: string, side: 'SOURCE' | 'DESTINATION') => [
    ...(await this.store.destinationChildren(key, side)).names(),
  ];
  logged = () => this.store.logged.map(({ message }) => message).sort();
}
