import type { Access } from '../access/access.js';
import type { Base } from '../base.js';
import type { Domain } from '../graphql/domain.js';
import type { JobService } from '../jobs/job.service.js';
import type { WorkLoaders } from '../runs/reading/loaders.js';
import type { Runs } from '../runs/runs.js';
import { JobPlanResolver, PlanResolver, PlanStepResolver, RunPlanResolver } from './plan.resolver.js';
import { PlanService } from './plan.service.js';
import type { PlanStore } from './plan.store.js';
import { PlanSummaries } from './summary.js';

export interface PlanNeeds {
  access: Access;
  jobs: JobService;
  runs: Runs;
  loaders: WorkLoaders;
  store: PlanStore;
}

/**
 * Plans: what a run would do, and the decision of people to allow it. This folder stores, shows and decides; plans are
 * made by `runner/` with the rules of `@sluice/core/plan`, and carried out by runs.
 */
export function createPlans(base: Base, { access, jobs, runs, loaders, store }: PlanNeeds): Domain {
  const service = new PlanService(base, jobs, runs.service, runs.gate, store);
  const summaries = new PlanSummaries(jobs, runs.forecasts, loaders);
  return {
    resolvers: [
      new PlanResolver(service, summaries, runs.reader, loaders, access.actors, access.idempotency),
      new PlanStepResolver(loaders),
      new JobPlanResolver(loaders),
      new RunPlanResolver(loaders),
    ],
    nodes: [{ prefix: 'plan', typeName: 'Plan', load: (ids) => store.byIds(ids) }],
  };
}
