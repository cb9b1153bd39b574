import type { Base } from '../base.js';
import type { Domain } from '../graphql/domain.js';
import { BudgetPool } from './pool.js';
import { BudgetResolver } from './budget.resolver.js';
import { BudgetService } from './budget.service.js';

export interface Budgets extends Domain {
  pool: BudgetPool;
  service: BudgetService;
}

/**
 * Budgets: how many calls each OAuth client may still make at its API host, kept in the store and shown to people. The
 * connectors fill them from response headers; counting, waiting and reserves are decided in `@sluice/core/http`, and which
 * connection uses which budget in `connections/`. Any number of processes open the same budget, by `pool.open(key, label)`:
 * its row is what they share, and nothing has to be told to any of them besides.
 */
export function createBudgets(base: Base): Budgets {
  const pool = new BudgetPool(base);
  const service = new BudgetService(pool);
  return {
    pool,
    service,
    resolvers: [new BudgetResolver(service)],
    nodes: [{ prefix: 'bud', typeName: 'RateBudget', load: (ids) => service.byIds(ids) }],
    stop: () => pool.close(),
  };
}
