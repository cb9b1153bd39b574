import type { FirstContact, TransferTable } from './table.js';

/** An item of the source, however late it came. */
const THERE: FirstContact = {
  absent: 'CREATE_DESTINATION',
  equal: 'ADOPT',
  different: 'EXISTING',
  unknown: 'NOTHING',
};

/** COPY: what is new and changed at the source; never removes. */
export const COPY: TransferTable = {
  kinds: ['FILE', 'FOLDER'],
  freezesScope: false,
  content: {
    same: { same: 'NOTHING', touched: 'NOTE', changed: 'LEAVE', absent: 'CREATE_DESTINATION', unknown: 'NOTHING' },
    touched: { same: 'NOTE', touched: 'NOTE', changed: 'LEAVE', absent: 'CREATE_DESTINATION', unknown: 'NOTHING' },
    changed: {
      same: 'UPDATE_DESTINATION',
      touched: 'UPDATE_DESTINATION',
      changed: 'RECONCILE',
      absent: 'CREATE_DESTINATION',
      unknown: 'NOTHING',
    },
    absent: { same: 'NOTHING', touched: 'NOTHING', changed: 'NOTHING', absent: 'FORGET', unknown: 'NOTHING' },
    unknown: { same: 'NOTHING', touched: 'NOTHING', changed: 'NOTHING', absent: 'NOTHING', unknown: 'NOTHING' },
  },
  first: {
    there: THERE,
    late: THERE,
    absent: { absent: 'NOTHING', equal: 'NOTHING', different: 'NOTHING', unknown: 'NOTHING' },
    unknown: { absent: 'NOTHING', equal: 'NOTHING', different: 'NOTHING', unknown: 'NOTHING' },
  },
  place: {
    here: { here: 'STAY', moved: 'FOLLOW' },
    moved: { here: 'MOVE_DESTINATION', moved: 'FOLLOW' },
  },
  kindChanged: 'NAME_TAKEN',
};
