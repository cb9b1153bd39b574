/**
 * What is done about the content of an item, in the words of the printed tables. The types of transfer that are carried
 * out need these; policies, obstacles, names and costs come after them.
 */
export const VERDICTS = {
  NOTHING: 'nothing',
  /** The contents are equal, and the ledger takes the new version or time. */
  NOTE: 'note',
  CREATE_DESTINATION: 'create D',
  UPDATE_DESTINATION: 'update D',
  REMOVE_DESTINATION: 'remove D',
  /** The destination was changed by others: left as it is, and told. */
  LEAVE: 'leave, told',
  /** Both changed: equal contents are noted, different ones follow the policy for conflicts. */
  RECONCILE: 'equal: note; else conflict policy',
  ADOPT: 'adopt',
  /** Another file has its place: the policy for existing files. */
  EXISTING: 'policy `existing`',
  /** A file has the place of a folder, or a folder that of a file: the item is refused, the rest goes on. */
  NAME_TAKEN: 'refused: NAME_TAKEN',
  /** Gone on both sides: the ledger forgets it. */
  FORGET: 'forget',
} as const;
export type Verdict = keyof typeof VERDICTS;

/** What is done about the place of an item that stands on both sides. */
export const PLACE_VERDICTS = {
  STAY: 'stay',
  /** The destination's item gets the source's folder and name. */
  MOVE_DESTINATION: 'move D',
  /** The destination's item is dealt with where people put it. */
  FOLLOW: 'follow D',
} as const;
export type PlaceVerdict = keyof typeof PLACE_VERDICTS;
