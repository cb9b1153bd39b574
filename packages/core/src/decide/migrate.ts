import { COPY } from './copy.js';
import { STRUCTURE } from './structure.js';
import type { TransferTable } from './table.js';

/** MIGRATE: what the first complete listing found, each item once; nothing that is migrated is touched again. */
export const MIGRATE: TransferTable = {
  kinds: ['FILE', 'FOLDER'],
  freezesScope: true,
  content: {
    same: { same: 'NOTHING', touched: 'NOTE', changed: 'NOTHING', absent: 'NOTHING', unknown: 'NOTHING' },
    touched: { same: 'NOTE', touched: 'NOTE', changed: 'NOTHING', absent: 'NOTHING', unknown: 'NOTHING' },
    changed: {
      same: 'LEAVE_MIGRATED',
      touched: 'LEAVE_MIGRATED',
      changed: 'NOTHING',
      absent: 'NOTHING',
      unknown: 'NOTHING',
    },
    absent: COPY.content.absent,
    unknown: COPY.content.unknown,
  },
  first: {
    ...COPY.first,
    late: { absent: 'OUT_OF_SCOPE', equal: 'OUT_OF_SCOPE', different: 'OUT_OF_SCOPE', unknown: 'OUT_OF_SCOPE' },
  },
  place: STRUCTURE.place,
  kindChanged: 'NAME_TAKEN',
};
