import type { RunRow } from './store-context.js';

type Column = keyof RunRow;
const FORECAST: readonly Column[] = ['activeJobId', 'jobId', 'counters'];

/** Columns that each field of a run needs. A field that is not listed reads the whole row. */
export const RUN_COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  id: ['id'],
  number: ['number'],
  cursor: ['id', 'eventCount'],
  job: ['jobId'],
  jobVersion: ['jobVersion'],
  state: ['state'],
  stateReason: ['stateReason'],
  waitingUntil: ['waitingUntil'],
  trigger: ['trigger'],
  startedBy: ['startedById'],
  queuedAt: ['queuedAt'],
  startedAt: ['startedAt'],
  finishedAt: ['finishedAt'],
  plan: ['planId'],
  continues: ['continuesId'],
  allowedActions: ['state', 'counters'],
  statistics: ['id', 'state', 'eventCount', 'itemsDiscovered', 'bytesDiscovered', 'live', 'calls', ...FORECAST],
  forecast: FORECAST,
  items: ['jobId', 'planId'],
  events: ['id', 'eventCount'],
};
