import type { Base } from '../base.js';
import type { JobService } from '../jobs/job.service.js';
import type { ConnectionAccess } from '../jobs/ports.js';
import type { PlanStore } from '../plans/plan.store.js';
import type { RunStore } from '../runs/reading/run.store.js';
import type { SampleStore } from '../runs/samples/sample.store.js';
import type { Engine } from './engine.js';
import type { CompleteSets } from './job-mapping.js';
import type { WorkLeases } from './lease.store.js';

/** What the tasks of a worker have in common. */
export interface TaskParts {
  base: Base;
  jobs: JobService;
  connections: ConnectionAccess;
  mappings: CompleteSets;
  leases: WorkLeases;
  runs: RunStore;
  samples: SampleStore;
  plans: PlanStore;
  engine: Engine;
  /** Milliseconds between two renewals of the lease. */
  beat: number;
}
