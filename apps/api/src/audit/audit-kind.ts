import type { AuditRow } from '../db/row-types.js';
import { LogCursors } from '../live/event-cursor.js';
import type { LogKind } from '../live/log-feed.js';
import type { AuditConditions } from './audit.store.js';

/** The channel of the hub that is woken after the commit of an event of the audit log. */
export const AUDIT_CHANNEL = 'audit';
/** Those who follow wait apart from the one who reads the store. */
const FOLLOWERS = 'audit:*';

/** The audit log, as it is followed: an event wakes all who follow, and each decides in memory whether it fits. */
export const auditKind: LogKind<AuditRow, AuditConditions> = {
  cursors: new LogCursors('a1'),
  channel: AUDIT_CHANNEL,
  all: {},
  fits,
  channelsOfEvent: () => [FOLLOWERS],
  channelsOfFilter: () => [FOLLOWERS],
};

/** Whether an event fulfils all conditions, as the store decides it. */
function fits({ actorIds, targetIds, actions, outcomes, occurredAt }: AuditConditions, event: AuditRow): boolean {
  const { from, to } = occurredAt ?? {};
  return (
    isAmong(actorIds, event.actorId) &&
    isAmong(targetIds, event.targetId) &&
    isAmong(actions, event.action) &&
    isAmong(outcomes, event.outcome) &&
    (!from || event.occurredAt >= from) &&
    (!to || event.occurredAt < to)
  );
}

const isAmong = <T extends string>(values: readonly T[] | null | undefined, value: T | null): boolean =>
  !values || (value !== null && values.includes(value));
