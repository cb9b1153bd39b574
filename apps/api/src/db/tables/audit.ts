import type { Kit } from '../kit.js';

/** The public `AuditOutcome`. */
export const AUDIT_OUTCOMES = ['SUCCEEDED', 'DENIED', 'FAILED'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** Who did or tried what; rows are only ever added, and removed from the oldest on. */
export function auditTables(kit: Kit) {
  const auditEvents = kit.table(
    'audit_events',
    {
      /** Position in the log. It is taken under the row lock of the counter, so that there are no gaps. */
      sequence: kit.bigint().primaryKey(),
      occurredAt: kit.ts().notNull(),
      /** Person or token; null for the product and for strangers. */
      actorId: kit.text(),
      action: kit.text().notNull(),
      outcome: kit.text().$type<AuditOutcome>().notNull(),
      targetId: kit.text(),
      /** JSON text of `FieldChange[]`; text, because the hash is over what is kept. */
      changes: kit.text().notNull(),
      ipAddress: kit.text(),
      requestId: kit.text(),
      chainHash: kit.text().notNull(),
    },
    (table) => [
      kit.index('audit_events_actor').on(table.actorId, table.sequence),
      kit.index('audit_events_target').on(table.targetId, table.sequence),
      kit.index('audit_events_action').on(table.action, table.sequence),
      kit.index('audit_events_occurred').on(table.occurredAt),
    ],
  );
  return { auditEvents };
}
