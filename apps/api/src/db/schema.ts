import type { Kit } from './kit.js';
import { accessTables } from './tables/access.js';
import { connectionTables } from './tables/connections.js';
import { eventTables } from './tables/events.js';
import { workTables } from './tables/work.js';

/** Every table of the product; a domain adds its own here. */
export function defineTables(kit: Kit) {
  return { ...accessTables(kit), ...connectionTables(kit), ...eventTables(kit), ...workTables(kit) };
}

export type Tables = ReturnType<typeof defineTables>;
