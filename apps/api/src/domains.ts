import { createAccess, type Access } from './access/access.js';
import type { Base } from './base.js';
import { createBudgets, type Budgets } from './budgets/budgets.js';
import { createConnections, type Connections } from './connections/connections.js';
import { createFeeds } from './feeds/feeds.js';
import type { Domain } from './graphql/domain.js';
import type { NodeFinder } from './graphql/node-finder.js';
import { createMappings } from './mappings/mappings.js';
import { createReports } from './reports/reports.js';
import { createWebhooks } from './webhooks/webhooks.js';
import { createWork, DEFAULT_POLL, type Work, type WorkOptions } from './work.js';

/** The domains that a process has whether it serves the API or works on runs. */
export interface CommonDomains {
  access: Access;
  budgets: Budgets;
  connections: Connections;
  feeds: Domain;
  mappings: Domain;
  reports: Domain;
  webhooks: Domain;
  work: Work;
}

/** Reads for queued work between two looks at what is to stand at platforms. */
const POLLS_BETWEEN = 10;

/** `options`: null where runs are worked on by other processes only. */
export function createDomains(base: Base, nodes: NodeFinder, options: WorkOptions | null): CommonDomains {
  const access = createAccess(base);
  const budgets = createBudgets(base);
  const connections = createConnections(base, { budgets, access });
  const mappings = createMappings(base, access, connections);
  const work = createWork(base, { access, connections, mappings, nodes }, options);
  const feeds = createFeeds(
    base,
    connections,
    options === null ? null : POLLS_BETWEEN * (options.poll ?? DEFAULT_POLL),
  );
  const webhooks = createWebhooks(base, { access, nodes }, options !== null);
  const reports = createReports(base, { access, connections, nodes }, options !== null);
  return { access, budgets, connections, feeds, mappings, reports, webhooks, work };
}

/** Domains that have begun their background work; they stop in the reverse order. */
export class StartedDomains {
  private readonly started: Domain[] = [];

  async start(domains: readonly Domain[]): Promise<void> {
    for (const domain of domains) {
      this.started.push(domain);
      await domain.start?.();
    }
  }

  async stop(): Promise<void> {
    for (const domain of this.started.splice(0).reverse()) await domain.stop?.();
  }
}
