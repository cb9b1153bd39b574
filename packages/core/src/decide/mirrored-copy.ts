import { COPY } from './copy.js';
import type { TransferTable } from './table.js';

/** COPY with MIRROR: what is gone at the source goes to the bin at the destination, unless it was changed there. */
export const MIRRORED_COPY: TransferTable = {
  ...COPY,
  content: {
    ...COPY.content,
    absent: {
      same: 'REMOVE_DESTINATION',
      touched: 'REMOVE_DESTINATION',
      changed: 'LEAVE',
      absent: 'FORGET',
      unknown: 'NOTHING',
    },
  },
};
