import type { AuditRow } from '../db/row-types.js';
import { inOrder } from '../graphql/context.js';
import { mapPage, type PageArguments } from '../graphql/paging.js';
import type { AuditConditions, AuditStore } from './audit.store.js';
import type { AuditEvent } from './audit.types.js';

/** Reads the audit log for people. */
export class AuditService {
  constructor(private readonly store: AuditStore) {}

  /** Events that fit the filter, newest first. */
  async page(filter: AuditConditions, page: PageArguments) {
    return mapPage(await this.store.page(filter, page), eventOf);
  }

  /** Events in the order of the ids, null for one that is gone. */
  async byIds(ids: readonly string[]): Promise<(AuditEvent | null)[]> {
    const sequences = ids.flatMap((id) => /^aud_(\d{1,15})$/.exec(id)?.[1] ?? []).map(Number);
    return inOrder(ids, (await this.store.bySequences(sequences)).map(eventOf));
  }
}

/** An event as the schema shows it. */
function eventOf({ changes, ...row }: AuditRow): AuditEvent {
  return { ...row, id: `aud_${row.sequence}`, changes: JSON.parse(changes) as AuditEvent['changes'] };
}
