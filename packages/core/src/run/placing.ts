import { decidePlace, putsBack, writesSource, type TransferTable } from '../decide/index.js';
import { placeOf, seen, type Seen, type Triple } from '../pair/index.js';
import {
  childKey,
  nameOf,
  parentKey,
  refuse,
  skip,
  type Decision,
  type ItemReason,
  type PolicyValue,
  type Rules,
} from '../plan/index.js';
import type { FolderNames } from '../naming/index.js';
import { identityOf } from '../platform/index.js';

/** A destination folder, for the items of one source folder. */
export interface TargetFolder {
  key: string;
  /** Key at which it was listed; null where it does not exist yet. */
  listedKey: string | null;
  /** Key of the source folder that the ledger knows; null for a new one whose key was that of a folder which stands elsewhere now. */
  formerKey: string | null;
  /** Its identity where this run moves it, or a folder above it, from where it was listed; null where it stays. */
  movingId: string | null;
  /** Set for a folder that is gone at the destination: plans that it is made again, for the first item that goes into it. */
  makeAgain?: () => Promise<void>;
  /** Whether it survives its removal at the destination with all that is in it, since it was moved. */
  survives?: boolean;
}

/** Where an item is to stand at the destination. */
export interface Place {
  parentKey: string;
  name: string;
  isRevised: boolean;
  /** The names of that folder, for the second version of a conflict. */
  folder: FolderNames;
}

/**
 * What its place asks for: `LEARN` where only the ledger has to learn it, `OCCUPIED` where another item stands at the new
 * place, `UNDECIDED` where both sides moved it and a person is to decide.
 */
export type Placement = 'STAY' | 'LEARN' | 'MOVE' | 'OCCUPIED' | 'UNDECIDED';

/** Whose place an item gets that both sides moved: that of the side which is looked at first, this one's or the other's. */
const WINNERS: Readonly<Record<PolicyValue<'conflict'>, 'FIRST' | 'OWN' | 'OTHER' | 'NOBODY'>> = {
  KEEP_BOTH: 'FIRST',
  LATEST: 'FIRST',
  SOURCE: 'OWN',
  DESTINATION: 'OTHER',
  FLAG: 'NOBODY',
};

/** Compares the places of an item on both sides with those that the ledger knows. `named` stands at the new place. */
export function placementOf(
  { source, base, destination }: Triple,
  table: TransferTable,
  target: TargetFolder,
  place: Place,
  named: Triple['destination'],
  { policies, winsTies = false }: Pick<Rules, 'policies' | 'winsTies'>,
  /** Its place at the destination where more is known of it than the folder tells. */
  there: 'here' | 'moved' | null = null,
): Placement {
  const [from, to] = [seen(source), seen(destination)];
  if (!from || !to || base === null) return 'STAY';
  // Where both sides are followed, what took the place of an item is dealt with as this item.
  if (identityOf(to.item) !== base.destinationId && !writesSource(table)) return 'STAY';
  const sourcePlace = placeOf(from.key, base.sourceKey, { now: parentKey(from.key) ?? '', known: target.formerKey });
  // What people put into the folder to which its source was moved did not come along with its own one.
  const isOwnFolder = parentKey(base.sourceKey) === target.formerKey;
  const listed = { now: isOwnFolder ? target.listedKey : null, known: parentKey(base.destinationKey) ?? '' };
  // What people put elsewhere at its former key, in another folder, is out of its own one.
  const isOut = putsBack(table) && parentKey(to.key) !== target.listedKey;
  const destinationPlace = there ?? (isOut ? 'moved' : placeOf(to.key, base.destinationKey, listed));
  const verdict = decidePlace(table, sourcePlace, destinationPlace);
  if (verdict === 'STAY' || verdict === 'MOVE_SOURCE' || (verdict === 'FOLLOW' && sourcePlace === 'here'))
    return 'STAY';
  const isThere = parentKey(to.key) === target.listedKey && nameOf(to.item) === place.name;
  // Below a folder that keeps its place the ledger may have learned it before the folder's own.
  if (isThere && base.sourceKey === from.key && base.destinationKey === to.key) return 'STAY';
  if (verdict === 'FOLLOW' || isThere) return 'LEARN';
  const winner = verdict === 'RECONCILE_PLACES' ? WINNERS[policies.conflict] : 'FIRST';
  if (winner === 'NOBODY') return winsTies ? 'STAY' : 'UNDECIDED';
  if (winner === 'OTHER' || (winner === 'FIRST' && verdict === 'RECONCILE_PLACES' && winsTies)) return 'STAY';
  return isAnother(seen(named), to) ? 'OCCUPIED' : 'MOVE';
}

/** Whether a place is taken by an item that is not this one. */
export const isAnother = (occupant: Seen | null, own: Seen | null): boolean =>
  occupant !== null && (own === null || identityOf(occupant.item) !== identityOf(own.item));

/** Whether an item is moved whatever is decided about its content, whose turn comes after the move. */
export const givesWay = (decision: Decision | null): boolean =>
  decision === null ||
  decision.action === 'ADOPT' ||
  decision.action === 'UPDATE' ||
  (decision.action === 'SKIP' && LEAVES_CONTENT.has(decision.reason));

/** Reasons for which the content at the destination stays, wherever the file stands. */
const LEAVES_CONTENT: ReadonlySet<ItemReason> = new Set(['EDITED_AT_DESTINATION', 'CONFLICT']);

export const OCCUPIED = refuse(
  'NAME_TAKEN',
  'It was renamed or moved at the source, and another item stands at its new place at the destination.',
  'Rename one of them.',
);

export const AWAITED = skip(
  'NAME_TAKEN',
  'It was renamed or moved to the place of an item that is removed: it follows with the next run, once the place is free.',
);

export const OF_UNSEEN = skip(
  'LISTING_FAILED',
  'What has its name at the destination belongs to an item that the source does not show, and nothing proves that this one is gone: nothing is done about either.',
);

export const YIELDS = skip(
  'NAME_TAKEN',
  'What has its name at the destination is another item, which keeps it: this one comes over with the next run, under a name of its own.',
);

/** What has the name of an item was renamed or moved at the source, and does not get to its place in this run. */
export const NO_WAY_OUT = {
  AWAITED: skip(
    'NAME_TAKEN',
    'What has its name at the destination goes to the place of an item that is removed: both follow with the next run.',
  ),
  TAKEN: refuse(
    'NAME_TAKEN',
    'What has its name at the destination was renamed or moved at the source, and another item stands at its new place there.',
    'Rename what stands at that place.',
  ),
} as const;

export const PLACED_FIRST = skip(
  'CONFLICT',
  'Both sides changed it, and it was renamed or moved: it comes to one place first, and the next run keeps both versions there.',
);

export const INTO_ITSELF = refuse(
  'CONFLICT',
  'It was moved at the source into a folder that people at the destination put into this one: both cannot be so.',
  'Move one of the two folders at the destination to where the source has it.',
);

export const UNDECIDED = refuse(
  'CONFLICT',
  'Both sides moved or renamed it, to different places.',
  'Decide which place is right.',
);

export const newKeyOf = ({ parentKey: folder, name }: Place): string => childKey(folder, name);
