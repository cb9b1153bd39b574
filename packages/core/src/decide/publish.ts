import { COPY } from './copy.js';
import type { FirstContact, TransferTable } from './table.js';

const THERE: FirstContact = { ...COPY.first.there, different: 'UPDATE_DESTINATION' };

/** PUBLISH: the destination becomes exactly the source, whatever others did there. */
export const PUBLISH: TransferTable = {
  kinds: ['FILE', 'FOLDER'],
  freezesScope: false,
  content: {
    same: {
      same: 'NOTHING',
      touched: 'NOTE',
      changed: 'REVERT_DESTINATION',
      absent: 'CREATE_DESTINATION',
      unknown: 'NOTHING',
    },
    touched: {
      same: 'NOTE',
      touched: 'NOTE',
      changed: 'REVERT_DESTINATION',
      absent: 'CREATE_DESTINATION',
      unknown: 'NOTHING',
    },
    changed: {
      same: 'UPDATE_DESTINATION',
      touched: 'UPDATE_DESTINATION',
      changed: 'OVERWRITE',
      absent: 'CREATE_DESTINATION',
      unknown: 'NOTHING',
    },
    absent: {
      same: 'REMOVE_DESTINATION',
      touched: 'REMOVE_DESTINATION',
      changed: 'REMOVE_DESTINATION',
      absent: 'FORGET',
      unknown: 'NOTHING',
    },
    unknown: COPY.content.unknown,
  },
  first: {
    there: THERE,
    late: THERE,
    absent: { absent: 'NOTHING', equal: 'REMOVE_EXTRA', different: 'REMOVE_EXTRA', unknown: 'NOTHING' },
    unknown: COPY.first.unknown,
  },
  place: {
    here: { here: 'STAY', moved: 'MOVE_DESTINATION' },
    moved: { here: 'MOVE_DESTINATION', moved: 'MOVE_DESTINATION' },
  },
  kindChanged: 'NAME_TAKEN',
};
