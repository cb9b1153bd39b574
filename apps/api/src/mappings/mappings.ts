import type { Access } from '../access/access.js';
import type { Base } from '../base.js';
import { inOrder } from '../graphql/context.js';
import type { Domain } from '../graphql/domain.js';
import { ImportService } from './import.service.js';
import { MappingResolver } from './mapping.resolver.js';
import { MappingService } from './mapping.service.js';
import { SuggestionService } from './suggestion.service.js';
import { PreviewService, type PreviewedConnections } from './preview.service.js';

export interface Mappings extends Domain {
  service: MappingService;
  previews: PreviewService;
}

/**
 * Mapping sets: how names and metadata are translated between two platforms, with import and preview. What a set does to an item is
 * decided by `core/mapping`, and which jobs use it is the matter of `jobs/`.
 */
export function createMappings(
  base: Base,
  { idempotency }: Pick<Access, 'idempotency'>,
  connections: PreviewedConnections,
): Mappings {
  const service = new MappingService(base, idempotency);
  const previews = new PreviewService(service, connections);
  return {
    service,
    previews,
    resolvers: [
      new MappingResolver(service, new ImportService(service), previews, new SuggestionService(service, connections)),
    ],
    nodes: [
      { prefix: 'map', typeName: 'MappingSet', load: (ids) => service.store.byIds(ids) },
      {
        prefix: 'mpe',
        typeName: 'MappingEntry',
        load: async (ids) => inOrder(ids, await service.entries.byIds(ids)),
      },
    ],
  };
}
