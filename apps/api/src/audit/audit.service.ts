import type { AuditRow } from '../db/row-types.js';
import { inOrder } from '../graphql/context.js';
import { mapPage, type PageArguments } from '../graphql/paging.js';
import type { FollowedLog } from '../live/followed-log.js';
import { auditKind } from './audit-kind.js';
import type { AuditConditions, AuditStore } from './audit.store.js';
import type { AuditEvent } from './audit.types.js';

/** Reads the audit log for people. */
export class AuditService {
  constructor(
    private readonly store: AuditStore,
    private readonly followed: Pick<FollowedLog<AuditRow, AuditConditions>, 'follow'>,
  ) {}

  /** Events that fit the filter, newest first. */
  async page(filter: AuditConditions, page: PageArguments) {
    return mapPage(await this.store.page(filter, page), eventOf);
  }

  /** Events that fit the filter as they are written, after a cursor or from now. Throws CURSOR_INVALID and CURSOR_EXPIRED. */
  follow(filter: AuditConditions, after: string | null | undefined, signal: AbortSignal): AsyncIterable<AuditRow> {
    return this.followed.follow(filter, after, signal);
  }

  /** Events in the order of the ids, null for one that is gone. */
  async byIds(ids: readonly string[]): Promise<(AuditEvent | null)[]> {
    const sequences = ids.flatMap((id) => /^aud_(\d{1,15})$/.exec(id)?.[1] ?? []).map(Number);
    return inOrder(ids, (await this.store.bySequences(sequences)).map(eventOf));
  }
}

/** An event as the schema shows it. */
export function eventOf({ changes, ...row }: AuditRow): AuditEvent {
  const cursor = auditKind.cursors.of(row.sequence);
  return { ...row, cursor, id: `aud_${row.sequence}`, changes: JSON.parse(changes) as AuditEvent['changes'] };
}
