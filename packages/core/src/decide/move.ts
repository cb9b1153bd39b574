import { COPY } from './copy.js';
import type { FirstContact, TransferTable } from './table.js';

const THERE: FirstContact = { ...COPY.first.there, absent: 'CREATE_THEN_REMOVE_SOURCE' };

/** MOVE: as COPY, and each item goes from the source once the destination is proved to hold it. */
export const MOVE: TransferTable = {
  kinds: ['FILE', 'FOLDER'],
  freezesScope: false,
  content: {
    same: {
      same: 'REMOVE_MOVED',
      touched: 'REMOVE_MOVED',
      changed: 'REMOVE_MOVED_IF_KEPT',
      absent: 'CREATE_THEN_REMOVE_SOURCE',
      unknown: 'NOTHING',
    },
    touched: {
      same: 'REMOVE_MOVED',
      touched: 'REMOVE_MOVED',
      changed: 'REMOVE_MOVED_IF_KEPT',
      absent: 'CREATE_THEN_REMOVE_SOURCE',
      unknown: 'NOTHING',
    },
    changed: {
      same: 'UPDATE_THEN_REMOVE_SOURCE',
      touched: 'UPDATE_THEN_REMOVE_SOURCE',
      changed: 'RECONCILE',
      absent: 'CREATE_THEN_REMOVE_SOURCE',
      unknown: 'NOTHING',
    },
    absent: COPY.content.absent,
    unknown: COPY.content.unknown,
  },
  first: { ...COPY.first, there: THERE, late: THERE },
  place: COPY.place,
  kindChanged: 'NAME_TAKEN',
};
