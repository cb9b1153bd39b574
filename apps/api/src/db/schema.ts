import type { Kit } from './kit.js';
import { accessTables } from './tables/access.js';
import { auditTables } from './tables/audit.js';
import { connectionTables } from './tables/connections.js';
import { eventTables } from './tables/events.js';
import { feedTables } from './tables/feeds.js';
import { mappingTables } from './tables/mappings.js';
import { reportTables } from './tables/reports.js';
import { webhookTables } from './tables/webhooks.js';
import { workTables } from './tables/work.js';

/** Every table of the product; a domain adds its own here. */
export function defineTables(kit: Kit) {
  const common = { ...accessTables(kit), ...auditTables(kit), ...connectionTables(kit), ...eventTables(kit) };
  const feeds = feedTables(kit);
  return {
    ...common,
    ...feeds,
    ...mappingTables(kit),
    ...reportTables(kit),
    ...webhookTables(kit),
    ...workTables(kit),
  };
}

export type Tables = ReturnType<typeof defineTables>;
