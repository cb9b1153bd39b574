import { COPY } from './copy.js';
import type { TransferTable } from './table.js';

/** STRUCTURE: folders that are new at the source; files are no business of it. Never renames, never removes. */
export const STRUCTURE: TransferTable = {
  ...COPY,
  kinds: ['FOLDER'],
  place: {
    here: { here: 'STAY', moved: 'FOLLOW' },
    moved: { here: 'FOLLOW', moved: 'FOLLOW' },
  },
};
