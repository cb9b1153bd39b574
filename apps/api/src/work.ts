import type { Access } from './access/access.js';
import type { Base } from './base.js';
import type { Connections } from './connections/connections.js';
import type { Domain } from './graphql/domain.js';
import type { NodeFinder } from './graphql/node-finder.js';
import { JobResolver, LocationResolver } from './jobs/job.resolver.js';
import { JobService } from './jobs/job.service.js';
import { RulePreviewService } from './jobs/rule-preview.service.js';
import { ItemRuleResolver } from './jobs/rules.resolver.js';
import { PlanResolver, PlanStepResolver } from './plans/plan.resolver.js';
import { PlanService } from './plans/plan.service.js';
import { PlanStore } from './plans/plan.store.js';
import { PlanSummaries } from './plans/summary.js';
import { coreEngine, type Engine } from './runner/engine.js';
import { WorkLeases } from './runner/lease.store.js';
import { Runner } from './runner/runner.js';
import { ForecastService } from './runs/reading/forecast.js';
import { Gate } from './runs/lifecycle/gate.js';
import { RunItemResolver } from './runs/reading/item.resolver.js';
import { ItemStore } from './runs/reading/item.store.js';
import { WorkLoaders } from './runs/reading/loaders.js';
import {
  CallCountResolver,
  RunEventResolver,
  RunMutations,
  RunResolver,
  RunStatisticsResolver,
} from './runs/reading/run.resolver.js';
import { RunService } from './runs/lifecycle/run.service.js';
import { RunStore } from './runs/reading/run.store.js';
import { RunScanResolver, ScanResultResolver } from './runs/reading/scan.resolver.js';
import { ScanService } from './runs/reading/scan.service.js';
import { ScanResultStore } from './runs/reading/scan.store.js';
import { RunStream } from './runs/stream/run-stream.js';

import { JobScheduleResolver, ScheduleResolver } from './schedules/schedule.resolver.js';
import { ScheduleService } from './schedules/schedule.service.js';
import { ScheduleStore } from './schedules/schedule.store.js';

export interface WorkNeeds {
  access: Access;
  connections: Connections;
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

export interface Work extends Domain {
  /** Takes no more work and resolves once that under way is done. */
  retire(): Promise<void>;
}

/** Jobs, their plans and runs, and the runner that carries them out; `options`: null where other processes do that. */
export function createWork(base: Base, { access, connections, nodes }: WorkNeeds, options: WorkOptions | null): Work {
  const { idempotency, actors } = access;
  const budgets = connections.budgets;
  const jobs = new JobService(base, connections);
  const runStore = new RunStore(base.db);
  const items = new ItemStore(base.db);
  const planStore = new PlanStore(base.db);
  const gate = new Gate(jobs, connections, runStore);
  const runs = new RunService(base, jobs, gate, runStore, items, planStore);
  const plans = new PlanService(base, jobs, runs, gate, planStore);
  const schedules = new ScheduleService(base, new ScheduleStore(base.db), jobs, runs);
  const loaders = new WorkLoaders(jobs.store, planStore, runStore, items);
  const scans = new ScanService(new ScanResultStore(base.db), jobs.store, connections);
  const stream = new RunStream(base, runStore);
  const forecasts = new ForecastService(base, jobs.store, runStore, budgets.service, connections);
  const { engine = coreEngine, poll = 1_000, beat = 1_000, followsCrash = true } = options ?? {};
  const parts = {
    base,
    jobs,
    connections,
    engine,
    beat,
    leases: new WorkLeases(base),
    runs: runStore,
    plans: planStore,
  };
  const runner = options === null ? null : new Runner(parts, runs, schedules, { poll, followsCrash });
  connections.service.users.push((tx, connectionId) => jobs.usesConnection(tx, connectionId));
  budgets.pool.forecastsOf = (budgetIds) => forecasts.ofBudgets(budgetIds);
  return {
    resolvers: [
      new LocationResolver(nodes),
      new JobResolver(jobs, loaders, runStore, items, idempotency),
      new JobScheduleResolver(),
      new ScheduleResolver(schedules, base.clock),
      new ItemRuleResolver(new RulePreviewService(connections, base.clock)),
      new PlanResolver(base, plans, new PlanSummaries(jobs, forecasts, loaders), items, loaders, actors, idempotency),
      new PlanStepResolver(loaders),
      new RunResolver(runs, loaders, stream, forecasts, actors),
      new RunStatisticsResolver(forecasts),
      new RunScanResolver(scans),
      new ScanResultResolver(scans),
      new CallCountResolver(budgets.service),
      new RunItemResolver(loaders),
      new RunEventResolver(loaders),
      new RunMutations(runs, jobs, idempotency),
    ],
    nodes: [
      { prefix: 'job', typeName: 'Job', load: (ids) => jobs.store.byIds(ids) },
      { prefix: 'plan', typeName: 'Plan', load: (ids) => planStore.byIds(ids) },
      { prefix: 'run', typeName: 'Run', load: (ids) => runStore.byIds(ids) },
      { prefix: 'item', typeName: 'RunItem', load: (ids) => items.ofRunsByIds(ids) },
    ],
    streams: {
      runProgress: ({ runId, after, minInterval }: ProgressArguments, context) =>
        stream.follow(runId, after ?? null, minInterval ?? 1_000, context.signal),
    },
    start: async () => runner?.start(),
    stop: async () => runner?.stop(),
    retire: async () => runner?.retire(),
  };
}

interface ProgressArguments {
  runId: string;
  after?: string | null;
  minInterval?: number | null;
}
