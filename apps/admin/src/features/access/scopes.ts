import type { Scope } from '../../domain/session.js';

/** Rights in the order in which a person looks for them. */
const ORDER: Record<Scope, number> = {
  CONNECTIONS_READ: 0,
  CONNECTIONS_WRITE: 1,
  CREDENTIALS_WRITE: 2,
  JOBS_READ: 3,
  JOBS_WRITE: 4,
  RUNS_CONTROL: 5,
  PLANS_APPROVE: 6,
  MAPPINGS_READ: 7,
  MAPPINGS_WRITE: 8,
  REPORTS_READ: 9,
  AUDIT_READ: 10,
  TOKENS_MANAGE: 11,
  USERS_MANAGE: 12,
  WEBHOOKS_MANAGE: 13,
  API_FREE: 14,
};
export const SCOPE_ORDER = Object.keys(ORDER) as Scope[];

const DAY_MS = 86_400_000;

/** The end of a token that works for `days` from `now`, null for no end. */
export function endOf(days: string, now: number): string | null {
  return days === '' ? null : new Date(now + Number(days) * DAY_MS).toISOString();
}
