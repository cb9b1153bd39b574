import type { Scope } from '../../domain/session.js';
import { known, wordOf } from '../../ui/format.js';

const WORDS: Record<Scope, readonly [label: string, help: string]> = {
  CONNECTIONS_READ: ['Read connections', 'Also browse them and see budgets.'],
  CONNECTIONS_WRITE: ['Change connections', 'Also test them and change budgets.'],
  CREDENTIALS_WRITE: ['Give credentials', 'Also sign connections in.'],
  JOBS_READ: ['Read jobs', 'Also plans, runs and items.'],
  JOBS_WRITE: ['Change jobs', 'Create, change and delete them.'],
  RUNS_CONTROL: ['Control runs', 'Make plans; start, pause and cancel runs.'],
  PLANS_APPROVE: ['Approve plans', 'Approve and reject them.'],
  MAPPINGS_READ: ['Read mapping sets', ''],
  MAPPINGS_WRITE: ['Change mapping sets', ''],
  REPORTS_READ: ['Read reports', 'Make and download them.'],
  AUDIT_READ: ['Read the audit log', ''],
  TOKENS_MANAGE: ['Manage tokens', 'See and revoke those of others.'],
  USERS_MANAGE: ['Manage users', ''],
  WEBHOOKS_MANAGE: ['Manage webhooks', ''],
};

/** Rights in the order in which a person looks for them. */
export const SCOPE_ORDER = Object.keys(WORDS) as Scope[];

export const scopeWord = (scope: Scope): string => known(WORDS, scope)?.[0] ?? wordOf(scope);
export const scopeHelp = (scope: Scope): string | undefined => known(WORDS, scope)?.[1] || undefined;

const DAY_MS = 86_400_000;

/** Choices of how long a token works, by days; empty for ever. */
export const LIFETIMES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: '', label: 'No end' },
];

/** The end of a token that works for `days` from `now`, null for no end. */
export function endOf(days: string, now: number): string | null {
  return days === '' ? null : new Date(now + Number(days) * DAY_MS).toISOString();
}
