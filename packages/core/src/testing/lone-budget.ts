import { Budget, type BudgetLimits, type BudgetOptions, type Clock } from '../http/index.js';
import { MemoryBudgetStore } from './memory-budget-store.js';

/** A budget that no other process shares, for tests of what makes calls. */
export function loneBudget(
  clock: Clock,
  limits: Partial<BudgetLimits> = {},
  options: Partial<BudgetOptions> = {},
): Budget {
  const store = new MemoryBudgetStore(() => clock.now(), false);
  store.configure(limits);
  return new Budget({ clock, random: () => 0.5, store, process: 'test', machine: 'test', ...options });
}
