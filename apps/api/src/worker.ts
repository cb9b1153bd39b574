import 'reflect-metadata';
import type { Base } from './base.js';
import type { Config } from './config.js';
import { createDomains, StartedDomains } from './domains.js';
import { NodeFinder } from './graphql/node-finder.js';
import { openBase, type BaseOptions } from './open-base.js';
import { startUpkeep } from './upkeep.js';
import type { WorkOptions } from './work.js';

/** A process that works on runs and serves nobody. */
export interface Worker {
  readonly base: Base;
  /** Begins to work, first on what a former worker left. */
  start(): Promise<void>;
  /** Takes no more work, finishes what it has, and closes. */
  retire(): Promise<void>;
  /** Lets its runs reach a safe point, from which other workers go on, and closes. */
  close(): Promise<void>;
}

export async function createWorker(
  config: Config,
  options: BaseOptions & { work?: WorkOptions } = {},
): Promise<Worker> {
  const { base, release } = await openBase(config, true, options);
  const { access, budgets, connections, feeds, reports, webhooks, work } = createDomains(
    base,
    new NodeFinder(),
    options.work ?? {},
  );
  const domains = new StartedDomains();
  const stopUpkeep = startUpkeep(base, access, connections, budgets);
  let closing: Promise<void> | null = null;
  const shutDown = async () => {
    await domains.stop();
    stopUpkeep();
    await release();
  };
  const close = () => (closing ??= shutDown());
  return {
    base,
    start: () => domains.start([access, budgets, connections, feeds, reports, webhooks, work]),
    retire: async () => {
      await work.retire();
      await close();
    },
    close,
  };
}
