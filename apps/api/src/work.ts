import type { Access } from './access/access.js';
import type { Base } from './base.js';
import type { Connections } from './connections/connections.js';
import type { Domain } from './graphql/domain.js';
import type { Mappings } from './mappings/mappings.js';
import type { NodeFinder } from './graphql/node-finder.js';
import { createJobs } from './jobs/jobs.js';
import { PlanStore } from './plans/plan.store.js';
import { createPlans } from './plans/plans.js';
import { coreEngine, type Engine } from './runner/engine.js';
import { WorkLeases } from './runner/lease.store.js';
import { Runner } from './runner/runner.js';
import { WorkLoaders } from './runs/reading/loaders.js';
import { createRuns } from './runs/runs.js';
import { createSchedules } from './schedules/schedules.js';

export interface WorkNeeds {
  access: Access;
  connections: Connections;
  mappings: Mappings;
  nodes: NodeFinder;
}

export interface WorkOptions {
  engine?: Engine;
  /** Milliseconds between two reads for queued work (`poll`) and between two renewals of a lease (`beat`). */
  poll?: number;
  beat?: number;
  /** Whether the worker may take the place of one that what it held has ended; true unless it is known to be another way. */
  followsCrash?: boolean;
}

/** Milliseconds between two reads for queued work. */
export const DEFAULT_POLL = 1_000;

export interface Work extends Domain {
  /** Takes no more work and resolves once that under way is done. */
  retire(): Promise<void>;
}

/** Jobs, their plans and runs, and the runner that carries them out; `options`: null where other processes do that. */
export function createWork(
  base: Base,
  { access, connections, mappings, nodes }: WorkNeeds,
  options: WorkOptions | null,
): Work {
  const planStore = new PlanStore(base.db);
  const loaders = new WorkLoaders(base.db, planStore);
  const schedules = createSchedules(base);
  const jobs = createJobs(base, { connections, mappings, idempotency: access.idempotency, loaders, nodes });
  const runs = createRuns(base, { access, connections, jobs: jobs.service, plans: planStore, loaders });
  const plans = createPlans(base, { access, jobs: jobs.service, runs, loaders, store: planStore });
  const { engine = coreEngine, poll = DEFAULT_POLL, beat = 1_000, followsCrash = true } = options ?? {};
  const leases = new WorkLeases(base);
  const parts = {
    ...{ base, connections, engine, beat, leases },
    ...{ mappings: mappings.service, jobs: jobs.service, runs: runs.store, plans: planStore },
    samples: runs.samples,
  };
  const runner = options === null ? null : new Runner(parts, runs.service, runs.starts, { poll, followsCrash });
  const domains: Domain[] = [schedules, jobs, runs, plans];
  return {
    resolvers: domains.flatMap(({ resolvers = [] }) => resolvers),
    nodes: domains.flatMap(({ nodes: types = [] }) => types),
    start: async () => runner?.start(),
    stop: async () => runner?.stop(),
    retire: async () => runner?.retire(),
  };
}
