import type { Idempotency } from '../access/idempotency.js';
import type { Base } from '../base.js';
import type { Connections } from '../connections/connections.js';
import type { Domain } from '../graphql/domain.js';
import type { NodeFinder } from '../graphql/node-finder.js';
import type { Mappings } from '../mappings/mappings.js';
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
  mappings: Mappings;
  idempotency: Idempotency;
  loaders: JobLoaders;
  nodes: NodeFinder;
}

/**
 * Jobs: the stored definition of a copy with its locations and policies, and the checks before it may run. This folder
 * stores and checks definitions; carrying them out is the matter of `plans/`, `runs/` and `runner/`.
 */
export function createJobs(base: Base, { connections, mappings, idempotency, loaders, nodes }: JobNeeds): Jobs {
  const service = new JobService(base, connections, mappings.service.store);
  mappings.service.users.push((tx, setId) => service.store.usesMappingSet(setId, tx));
  mappings.previews.destinationOf = (setId, connectionId) => service.store.destinationOfMapping(setId, connectionId);
  connections.service.users.push((tx, connectionId) => service.usesConnection(tx, connectionId));
  return {
    service,
    resolvers: [
      new LocationResolver(nodes),
      new JobResolver(service, loaders, idempotency, nodes),
      new JobScheduleResolver(),
      new ItemRuleResolver(new RulePreviewService(connections, base.clock)),
    ],
    nodes: [{ prefix: 'job', typeName: 'Job', load: (ids) => service.store.byIds(ids) }],
  };
}
