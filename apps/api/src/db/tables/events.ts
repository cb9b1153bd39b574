import type { RunState } from '@sluice/core/job';
import type { Kit } from '../kit.js';

/** The public `EventTopic` and `ChangeKind`. */
export const TOPICS = ['BUDGET', 'CONNECTION', 'JOB', 'MAPPING_SET', 'PLAN', 'REPORT', 'RUN', 'WEBHOOK'] as const;
export const CHANGES = ['CREATED', 'UPDATED', 'DELETED'] as const;
export type Topic = (typeof TOPICS)[number];
export type Change = (typeof CHANGES)[number];

/** Durable record of changes, and what orders and coordinates several processes. */
export function eventTables(kit: Kit) {
  const changeEvents = kit.table(
    'change_events',
    {
      /** Position in the log. It is taken under the row lock of the counter, so that events become visible in this order. */
      sequence: kit.bigint().primaryKey(),
      topic: kit.text().$type<Topic>().notNull(),
      change: kit.text().$type<Change>().notNull(),
      subjectId: kit.text().notNull(),
      /** Object that a follower may ask for instead, such as the job of a run or the connection of a budget. */
      relatedId: kit.text(),
      runState: kit.text().$type<RunState>(),
      occurredAt: kit.ts().notNull(),
    },
    (table) => [kit.index('change_events_occurred').on(table.occurredAt)],
  );
  const counters = kit.table('counters', { name: kit.text().primaryKey(), value: kit.bigint().notNull() });
  /** Exclusive rights by name, each until a time; the right of a process that died ends with it. */
  const leases = kit.table('leases', {
    name: kit.text().primaryKey(),
    owner: kit.text().notNull(),
    until: kit.ts().notNull(),
  });
  /** Small facts of the installation, such as the random identity of its log. */
  const facts = kit.table('facts', { name: kit.text().primaryKey(), value: kit.text().notNull() });
  return { changeEvents, counters, leases, facts };
}
