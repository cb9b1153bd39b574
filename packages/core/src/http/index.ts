/*
 * What HTTP connectors share: `budget/` decides when a client may make its next call, together with the other processes that
 * use the client, `client/` sends requests within
 * that budget and repeats those that may be repeated, `backoff.ts` says how long to wait in between, and `ports.ts` is
 * what both are given from outside. Nothing here knows a platform, a job or a run.
 */
export { requestDelayMs, retryAfterDelayMs, transferDelayMs } from './backoff.js';
export * from './budget/budget-snapshot.js';
export { freeLimits } from './budget/budget-state.js';
export type { BudgetLimits, BudgetState, BudgetStore, StoredBudget } from './budget/budget-types.js';
export * from './budget/budget.js';
export * from './budget/call-forecast.js';
export { parseHttpDate, parseRateReport, parseRetryAfter, type RateReport } from './budget/rate-report.js';
export * from './client/api-client.js';
export { InDoubtError, ProxiedError, TimedOutError, wayOf } from './client/api-errors.js';
export { discardBody, readText } from './client/read-text.js';
export { withTimeout } from './client/timeout.js';
export * from './ports.js';
