import type { Policies, PolicyValue, TransferType } from '../plan/policies.js';
import { COPY } from './copy.js';
import { MIGRATE } from './migrate.js';
import { MIRRORED_COPY } from './mirrored-copy.js';
import { MOVE } from './move.js';
import { PUBLISH } from './publish.js';
import { STRUCTURE } from './structure.js';
import { SYNC, SYNC_IGNORE_BOTH, SYNC_IGNORE_DESTINATION, SYNC_IGNORE_SOURCE } from './sync.js';
import { SIDES, type Side } from '../plan/vocabulary.js';
import type { TransferTable } from './table.js';

type ByDeletions = Readonly<Record<PolicyValue<'deletions'>, TransferTable | null>>;

const NONE: ByDeletions = {
  IGNORE: null,
  MIRROR: null,
  IGNORE_SOURCE: null,
  IGNORE_DESTINATION: null,
  IGNORE_BOTH: null,
};

/** The table of each type under each policy for deletions; null where the two do not go together. */
export const TABLES: Readonly<Record<TransferType, ByDeletions>> = {
  COPY: { ...NONE, IGNORE: COPY, MIRROR: MIRRORED_COPY },
  MOVE: { ...NONE, IGNORE: MOVE },
  MIGRATE: { ...NONE, IGNORE: MIGRATE },
  PUBLISH: { ...NONE, MIRROR: PUBLISH },
  STRUCTURE: { ...NONE, IGNORE: STRUCTURE },
  SYNC: {
    IGNORE: null,
    MIRROR: SYNC,
    IGNORE_SOURCE: SYNC_IGNORE_SOURCE,
    IGNORE_DESTINATION: SYNC_IGNORE_DESTINATION,
    IGNORE_BOTH: SYNC_IGNORE_BOTH,
  },
  /** It decides nothing. */
  SCAN: NONE,
};

/** Whether what is proved gone at the source is removed at the destination. */
export const removesWhatIsGone = ({ content }: TransferTable): boolean => content.absent.same === 'REMOVE_DESTINATION';

/** Whether what is proved gone at the destination is removed at the source. */
export const removesAtSource = ({ content }: TransferTable): boolean => content.same.absent === 'REMOVE_SOURCE';

/** Whether what was renamed or moved at the source is so at the destination too. */
export const movesAlong = ({ place }: TransferTable): boolean => place.moved.here === 'MOVE_DESTINATION';

/** Whether what people of the destination moved comes back to where the source has it. */
export const putsBack = ({ place }: TransferTable): boolean => place.here.moved === 'MOVE_DESTINATION';

/** Whether what happens at the destination happens at the source too. */
export const writesSource = ({ content }: TransferTable): boolean => content.same.changed === 'UPDATE_SOURCE';

/** Whether what was moved goes from the source. */
export const removesMoved = ({ content }: TransferTable): boolean => content.same.same === 'REMOVE_MOVED';

/** Whether anything is changed at the source, and be it that what was moved goes from it. */
export const changesSource = (table: TransferTable): boolean => writesSource(table) || removesMoved(table);

/** The sides on which a job may remove items. */
export const sidesRemovedFrom = (table: TransferTable): Side[] => [
  ...(removesWhatIsGone(table) ? ['DESTINATION' as const] : []),
  ...(removesAtSource(table) || removesMoved(table) ? ['SOURCE' as const] : []),
];

/**
 * The sides on which it makes a difference whether what is taken away is kept: those from which items are removed, and where there
 * are none, those where contents are replaced.
 */
export function sidesTakenFrom(table: TransferTable): readonly Side[] {
  const removed = sidesRemovedFrom(table);
  if (removed.length > 0 || !table.kinds.includes('FILE')) return removed;
  return writesSource(table) ? SIDES : ['DESTINATION'];
}

/** By which table a job decides; null for a scan, and for what does not go together. */
export function tableOf(type: TransferType, { deletions }: Pick<Policies, 'deletions'>): TransferTable | null {
  return TABLES[type][deletions];
}
