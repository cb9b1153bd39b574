import { TOPICS, type Topic } from '../db/tables/events.js';
import { hasScope, requireScope, type Context } from '../graphql/context.js';
import { inputError } from '../graphql/input-error.js';
import type { Scope } from '../graphql/scopes.js';

/** A subscription to the changes of one topic, of all objects or of one. */
export interface TopicStream {
  field: string;
  /** Argument that names the object, or one that the objects belong to. */
  argument: string;
  isRequired?: boolean;
  /** Whether the argument names a connection, and the object is the budget that its calls are taken from. */
  isOfBudget?: boolean;
}

export interface TopicRules {
  /** The right to read the objects of the topic, without which nobody learns of their changes. */
  right: Scope;
  /** Absent for topics that are followed among others, by `changes`. */
  stream?: TopicStream;
}

/** What is told live: every topic with its right, and the subscription to it with its argument. */
export const TOPIC_RULES = {
  BUDGET: {
    right: 'CONNECTIONS_READ',
    stream: { field: 'budgetChanged', argument: 'connectionId', isOfBudget: true },
  },
  CONNECTION: { right: 'CONNECTIONS_READ', stream: { field: 'connectionChanged', argument: 'connectionId' } },
  JOB: { right: 'JOBS_READ', stream: { field: 'jobChanged', argument: 'jobId' } },
  MAPPING_SET: { right: 'MAPPINGS_READ' },
  PLAN: { right: 'JOBS_READ', stream: { field: 'planChanged', argument: 'planId', isRequired: true } },
  REPORT: { right: 'REPORTS_READ' },
  RUN: { right: 'JOBS_READ', stream: { field: 'runChanged', argument: 'jobId' } },
  WEBHOOK: { right: 'WEBHOOKS_MANAGE' },
} as const satisfies Readonly<Record<Topic, TopicRules>>;

/** Rights of which one is enough to see any event. */
export const ANY_TOPIC_RIGHT = [...new Set(Object.values(TOPIC_RULES).map(({ right }) => right))];

/**
 * The topics that a caller follows: those named, else all that the caller may see. Throws BAD_USER_INPUT when none is named,
 * and FORBIDDEN for one that the caller may not see.
 */
export function followedTopics(named: readonly Topic[] | null | undefined, context: Context): Topic[] {
  if (named === null || named === undefined) return TOPICS.filter((topic) => mayFollow(topic, context));
  if (named.length === 0) throw inputError(['topics'], 'is empty: name at least one topic, or leave it out for all.');
  for (const topic of named) requireScope(context, TOPIC_RULES[topic].right);
  return [...new Set(named)];
}

export function mayFollow(topic: Topic, context: Context): boolean {
  return hasScope(context, TOPIC_RULES[topic].right);
}
