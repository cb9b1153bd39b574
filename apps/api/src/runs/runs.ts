import type { Access } from '../access/access.js';
import type { Base } from '../base.js';
import type { Connections } from '../connections/connections.js';
import { FeedStore } from '../feeds/feed.store.js';
import type { Domain } from '../graphql/domain.js';
import type { JobService } from '../jobs/job.service.js';
import { ScheduleStore } from '../schedules/schedule.store.js';
import { Gate } from './lifecycle/gate.js';
import { RunControlResolver } from './lifecycle/run-control.resolver.js';
import { RunService } from './lifecycle/run.service.js';
import { ScheduledStarts } from './lifecycle/scheduled-starts.js';
import type { PlanRows } from './ports.js';
import { FlaggedCountResolver } from './reading/flagged-counts.resolver.js';
import { FlaggedCountStore } from './reading/flagged-counts.store.js';
import { ForecastService } from './reading/forecast.js';
import { RunItemResolver } from './reading/item.resolver.js';
import { ItemStore } from './reading/item.store.js';
import { JobRunsResolver } from './reading/job-runs.resolver.js';
import type { WorkLoaders } from './reading/loaders.js';
import { RunReader } from './reading/run-reader.service.js';
import { CallCountResolver, RunResolver, RunStatisticsResolver } from './reading/run.resolver.js';
import { RunStore } from './reading/run.store.js';
import { RunScanResolver, ScanResultResolver } from './reading/scan.resolver.js';
import { ScanService } from './reading/scan.service.js';
import { ScanResultStore } from './reading/scan.store.js';
import { RunSamplesResolver } from './samples/sample.resolver.js';
import { SampleService } from './samples/sample.service.js';
import { SampleStore } from './samples/sample.store.js';
import { RunStream } from './stream/run-stream.js';
import { RunEventResolver, RunEventsResolver } from './stream/run-stream.resolver.js';

export interface Runs extends Domain {
  service: RunService;
  store: RunStore;
  gate: Gate;
  reader: RunReader;
  forecasts: ForecastService;
  samples: SampleStore;
  starts: ScheduledStarts;
}

export interface RunNeeds {
  access: Access;
  connections: Connections;
  jobs: JobService;
  plans: PlanRows;
  loaders: WorkLoaders;
}

/**
 * Runs: executions of jobs, with their items, events and figures. `lifecycle/` begins, controls and settles them, `reading/`
 * and `stream/` show them, and `engine-store/` is the engine's store on the database. The work itself is done by `runner/`.
 */
export function createRuns(base: Base, { access, connections, jobs, plans, loaders }: RunNeeds): Runs {
  const { budgets } = connections;
  const store = new RunStore(base.db);
  const items = new ItemStore(base.db);
  const gate = new Gate(jobs, connections, store);
  const service = new RunService(base, jobs, gate, store, items, plans);
  const reader = new RunReader(store, items, loaders, new FlaggedCountStore(base.db));
  const stream = new RunStream(base, store);
  const samples = new SampleStore(base.db);
  const scans = new ScanService(new ScanResultStore(base.db), jobs.store, connections, connections.sides);
  const forecasts = new ForecastService(base, jobs.store, store, budgets.service, connections);
  budgets.pool.forecastsOf = (budgetIds) => forecasts.ofBudgets(budgetIds);
  return {
    service,
    store,
    gate,
    reader,
    forecasts,
    samples,
    starts: new ScheduledStarts(
      base,
      { schedules: new ScheduleStore(base.db), feeds: new FeedStore(base.db) },
      jobs,
      service,
    ),
    resolvers: [
      new RunControlResolver(service, jobs, access.idempotency),
      new RunResolver(reader, loaders, forecasts, access.actors),
      new JobRunsResolver(jobs, reader, loaders),
      new RunStatisticsResolver(forecasts),
      new CallCountResolver(budgets.service),
      new RunItemResolver(loaders),
      new RunSamplesResolver(new SampleService(samples, base.clock)),
      new FlaggedCountResolver(reader, loaders),
      new RunScanResolver(scans),
      new ScanResultResolver(scans),
      new RunEventsResolver(stream),
      new RunEventResolver(stream, loaders),
    ],
    nodes: [
      { prefix: 'run', typeName: 'Run', load: (ids) => store.byIds(ids) },
      { prefix: 'item', typeName: 'RunItem', load: (ids) => items.ofRunsByIds(ids) },
    ],
  };
}
