import type { Idempotency } from '../access/idempotency.js';
import type { Base } from '../base.js';
import type { Connections } from '../connections/connections.js';
import type { Domain } from '../graphql/domain.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import { JobScheduleResolver } from './job-schedule.resolver.js';
import { JobResolver, LocationResolver } from './job.resolver.js';
import { JobService } from './job.service.js';
import type { JobLoaders } from './ports.js';
import { RulePreviewService } from './rule-preview.service.js';
import { ItemRuleResolver } from './rules.resolver.js';

export interface Jobs extends Domain {
  service: JobService;
}

export interface JobNeeds {
  connections: Connections;
  idempotency: Idempotency;
  loaders: JobLoaders;
  nodes: NodeFinder;
}

/**
 * Jobs: the stored definition of a copy with its locations and policies, and the checks before it may run. This folder
 * stores and checks definitions; carrying them out is the matter of `plans/`, `runs/` and `runner/`.
 */
export function createJobs(base: Base, { connections, idempotency, loaders, nodes }: JobNeeds): Jobs {
  const service = new JobService(base, connections);
  connections.service.users.push((tx, connectionId) => service.usesConnection(tx, connectionId));
  return {
    service,
    resolvers: [
      new LocationResolver(nodes),
      new JobResolver(service, loaders, idempotency),
      new JobScheduleResolver(),
      new ItemRuleResolver(new RulePreviewService(connections, base.clock)),
    ],
    nodes: [{ prefix: 'job', typeName: 'Job', load: (ids) => service.store.byIds(ids) }],
  };
}
