import type { RunRow } from '../../db/row-types.js';

type Column = keyof RunRow;
const FORECAST: readonly Column[] = ['id', 'activeJobId', 'jobId', 'counters', 'calls', 'live'];
/** What every figure needs: `statisticsOf` counts from the counters, and tells how far the run is. */
const FIGURES: readonly Column[] = ['id', 'state', 'eventCount', 'itemsDiscovered', 'bytesDiscovered', 'counters'];
/** Figures of what is going on, which the other figures do without. */
const LIVE: readonly Column[] = ['live'];

/**
 * Columns that each field of a run needs, and where fields below it need different ones, each of these. A field that is not
 * listed reads the whole row.
 */
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
  allowedActions: ['state', 'counters', 'jobId'],
  statistics: FIGURES,
  'statistics.asOfSequence': [],
  'statistics.itemsDiscovered': [],
  'statistics.itemsPlanned': [],
  'statistics.itemsDone': [],
  'statistics.itemsInFlight': LIVE,
  'statistics.bytesDiscovered': [],
  'statistics.bytesPlanned': [],
  'statistics.bytesDone': [],
  'statistics.bytesInFlight': LIVE,
  'statistics.versionsDone': [],
  'statistics.itemsRevised': [],
  'statistics.outcomes': [],
  'statistics.reasons': [],
  'statistics.calls': ['calls'],
  'statistics.itemsPerSecond': LIVE,
  'statistics.bytesPerSecond': LIVE,
  'statistics.progress': [],
  'statistics.expectedFinishAt': FORECAST,
  samples: ['id'],
  scan: ['id', 'jobId'],
  forecast: FORECAST,
  items: ['jobId', 'planId'],
  itemReasons: ['jobId', 'planId'],
  nameRevisions: ['planId'],
  events: ['id', 'eventCount'],
};
