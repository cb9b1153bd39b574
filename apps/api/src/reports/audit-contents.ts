import type { AuditRow } from '../db/row-types.js';
import type { AuditStore } from '../audit/audit.store.js';
import type { Cell, Rows } from './lines.js';
import type { StoredSpan } from '../db/tables/reports.js';

const PAGE_EVENTS = 200;

/** The audit log as it stood when the report was begun, oldest first; without a span all of it. */
export async function* auditRows(store: Pick<AuditStore, 'after' | 'latest'>, span: StoredSpan | null): Rows {
  const occurredAt = { from: instant(span?.from), to: instant(span?.to) };
  const last = await store.latest();
  for (let after = 0; after < last;) {
    const events = await store.after(after, PAGE_EVENTS, { occurredAt });
    yield events.filter(({ sequence }) => sequence <= last).map(rowOf);
    if (events.length < PAGE_EVENTS) return;
    after = events.at(-1)!.sequence;
  }
}

const instant = (time: number | null | undefined): Date | null => (time == null ? null : new Date(time));

const rowOf = (event: AuditRow): Cell[] => [
  event.sequence,
  event.occurredAt,
  event.action,
  event.outcome,
  event.actorId,
  event.targetId,
  event.changes,
  event.ipAddress,
  event.requestId,
  event.chainHash,
];
