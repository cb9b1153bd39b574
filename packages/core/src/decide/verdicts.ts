/**
 * What is done about the content of an item, in the words of the printed tables. Policies, obstacles, names and costs come
 * after them.
 */
export const VERDICTS = {
  NOTHING: 'nothing',
  /** The contents are equal, and the ledger takes the new version or time. */
  NOTE: 'note',
  CREATE_DESTINATION: 'create D',
  UPDATE_DESTINATION: 'update D',
  /** The destination was changed by others, and gets the source's content back. */
  REVERT_DESTINATION: 'update D: reverted',
  REMOVE_DESTINATION: 'remove D',
  /** The source has no such item, and the ledger does not know it. */
  REMOVE_EXTRA: 'remove D: EXTRA_AT_DESTINATION',
  /** The destination was changed by others: left as it is, and told. */
  LEAVE: 'leave, told',
  /** It changed after it was migrated: left as it is, and told once. */
  LEAVE_MIGRATED: 'leave, told once',
  /** It came after the scope was frozen. */
  OUT_OF_SCOPE: 'left out: OUT_OF_SCOPE',
  /** Both changed: equal contents are noted, different ones follow the policy for conflicts. */
  RECONCILE: 'equal: note; else conflict policy',
  /** Both changed: equal contents are noted, else the source's content is put over the destination's. */
  OVERWRITE: 'equal: note; else update D',
  ADOPT: 'adopt',
  /** Another file has its place: the policy for existing files. */
  EXISTING: 'policy `existing`',
  /** A file has the place of a folder, or a folder that of a file: the item is refused, the rest goes on. */
  NAME_TAKEN: 'refused: NAME_TAKEN',
  /** A file has the place of a folder, or a folder that of a file: both stay, on both sides. */
  RENAME_FILE: 'both are kept, the file under the name of a conflict',
  /** Gone on both sides: the ledger forgets it. */
  FORGET: 'forget',
  CREATE_SOURCE: 'create S',
  UPDATE_SOURCE: 'update S',
  REMOVE_SOURCE: 'remove S',
  /** Both sides end with the same, whichever wins. */
  RECONCILE_BOTH: 'equal: note; else conflict policy, both sides',
  /** It was moved: the source's goes once the destination is proved to hold its content. */
  REMOVE_MOVED: 'remove S once D is proved',
  /** It was moved and edited at the destination since. */
  REMOVE_MOVED_IF_KEPT: 'remove S if D holds what was moved or a later version of it; else leave, told',
  CREATE_THEN_REMOVE_SOURCE: 'create D, then remove S',
  UPDATE_THEN_REMOVE_SOURCE: 'update D, then remove S',
} as const;
export type Verdict = keyof typeof VERDICTS;

/** What is done about the place of an item that stands on both sides. */
export const PLACE_VERDICTS = {
  STAY: 'stay',
  /** The destination's item gets the source's folder and name. */
  MOVE_DESTINATION: 'move D',
  /** The source's item gets the destination's folder and name. */
  MOVE_SOURCE: 'move S',
  /** Both were moved: the policy for conflicts chooses, and KEEP_BOTH and LATEST take the source's place. */
  RECONCILE_PLACES: 'conflict policy, told',
  /** The destination's item is dealt with where it stands. */
  FOLLOW: 'follow D',
} as const;
export type PlaceVerdict = keyof typeof PLACE_VERDICTS;
