import type { FirstContact, TransferTable } from './table.js';
import type { Verdict } from './verdicts.js';

const NONE: FirstContact = { absent: 'NOTHING', equal: 'NOTHING', different: 'NOTHING', unknown: 'NOTHING' };
const THERE: FirstContact = {
  absent: 'CREATE_DESTINATION',
  equal: 'ADOPT',
  different: 'RECONCILE_BOTH',
  unknown: 'NOTHING',
};

/** Where a side's deletions are ignored, the other side's item is neither removed nor copied back until it changes. */
function sync(atDestination: 'REMOVE_DESTINATION' | 'NOTHING', atSource: 'REMOVE_SOURCE' | 'NOTHING'): TransferTable {
  const kept = (same: Verdict, touched: Verdict) =>
    ({ same, touched, changed: 'UPDATE_SOURCE', absent: atSource, unknown: 'NOTHING' }) as const;
  return {
    kinds: ['FILE', 'FOLDER'],
    freezesScope: false,
    content: {
      same: kept('NOTHING', 'NOTE'),
      touched: kept('NOTE', 'NOTE'),
      changed: {
        same: 'UPDATE_DESTINATION',
        touched: 'UPDATE_DESTINATION',
        changed: 'RECONCILE_BOTH',
        absent: 'CREATE_DESTINATION',
        unknown: 'NOTHING',
      },
      absent: {
        same: atDestination,
        touched: atDestination,
        changed: 'CREATE_SOURCE',
        absent: 'FORGET',
        unknown: 'NOTHING',
      },
      unknown: { same: 'NOTHING', touched: 'NOTHING', changed: 'NOTHING', absent: 'NOTHING', unknown: 'NOTHING' },
    },
    first: {
      there: THERE,
      late: THERE,
      absent: { ...NONE, equal: 'CREATE_SOURCE', different: 'CREATE_SOURCE' },
      unknown: NONE,
    },
    place: {
      here: { here: 'STAY', moved: 'MOVE_SOURCE' },
      moved: { here: 'MOVE_DESTINATION', moved: 'RECONCILE_PLACES' },
    },
    kindChanged: 'RENAME_FILE',
  };
}

/** SYNC: what happens on one side happens on the other. */
export const SYNC = sync('REMOVE_DESTINATION', 'REMOVE_SOURCE');
export const SYNC_IGNORE_SOURCE = sync('NOTHING', 'REMOVE_SOURCE');
export const SYNC_IGNORE_DESTINATION = sync('REMOVE_DESTINATION', 'NOTHING');
export const SYNC_IGNORE_BOTH = sync('NOTHING', 'NOTHING');
