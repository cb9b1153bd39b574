import { TOPICS, type Topic } from '../db/tables/events.js';
import { hasScope, requireScope, type Context } from '../graphql/context.js';
import { inputError } from '../graphql/input-error.js';
import type { Scope } from '../graphql/scopes.js';

/** The right to read the objects of a topic, without which nobody learns of their changes. */
export const TOPIC_RIGHTS = {
  BUDGET: 'CONNECTIONS_READ',
  CONNECTION: 'CONNECTIONS_READ',
  JOB: 'JOBS_READ',
  PLAN: 'JOBS_READ',
  REPORT: 'REPORTS_READ',
  RUN: 'JOBS_READ',
  WEBHOOK: 'WEBHOOKS_MANAGE',
} as const satisfies Readonly<Record<Topic, Scope>>;

/** Rights of which one is enough to see any event. */
export const ANY_TOPIC_RIGHT = [...new Set(Object.values(TOPIC_RIGHTS))];

/**
 * The topics that a caller follows: those named, else all that the caller may see. Throws BAD_USER_INPUT when none is named,
 * and FORBIDDEN for one that the caller may not see.
 */
export function followedTopics(named: readonly Topic[] | null | undefined, context: Context): Topic[] {
  if (named === null || named === undefined) return TOPICS.filter((topic) => mayFollow(topic, context));
  if (named.length === 0) throw inputError(['topics'], 'is empty: name at least one topic, or leave it out for all.');
  for (const topic of named) requireScope(context, TOPIC_RIGHTS[topic]);
  return [...new Set(named)];
}

export function mayFollow(topic: Topic, context: Context): boolean {
  return hasScope(context, TOPIC_RIGHTS[topic]);
}
