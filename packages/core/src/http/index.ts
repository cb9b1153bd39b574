export * from './api-client.js';
export { InDoubtError, TimedOutError } from './api-errors.js';
export type { BudgetLimits, BudgetState } from './budget-types.js';
export * from './budget.js';
export * from './ports.js';
export { parseHttpDate, parseRateReport, parseRetryAfter, type RateReport } from './rate-report.js';
export { readText } from './read-text.js';
export { withTimeout } from './timeout.js';
