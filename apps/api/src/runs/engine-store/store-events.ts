import type { RunState, Severity } from '@sluice/core/job';
import { eq } from 'drizzle-orm';
import { chunks } from '../../db/batch.js';
import type { Database, Transaction } from '../../db/database.js';

/** An event of a run that has no number yet. */
export type NewRunEvent =
  | { kind: 'STATE'; state: RunState }
  | { kind: 'ITEM'; stepId: string }
  | { kind: 'LOG'; severity: Severity; message: string };

/** Writes events with the next numbers. The run's row must be locked by this transaction, `eventCount` be its latest. */
export async function appendRunEvents(
  tx: Transaction,
  db: Database,
  run: { id: string; eventCount: number },
  events: readonly NewRunEvent[],
  occurredAt: Date,
): Promise<void> {
  if (events.length === 0) return;
  const { runEvents, runs } = db.tables;
  const rows = events.map((event, index) => ({
    runId: run.id,
    sequence: run.eventCount + index + 1,
    occurredAt,
    ...event,
  }));
  for (const part of chunks(rows)) await tx.insert(runEvents).values(part);
  run.eventCount += events.length;
  await tx.update(runs).set({ eventCount: run.eventCount }).where(eq(runs.id, run.id));
}
