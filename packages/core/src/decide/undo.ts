/** What a run did to an item, as far as it can be undone. */
export const EFFECTS = ['CREATED', 'UPDATED', 'MOVED', 'DELETED', 'DESCRIBED'] as const;
export type Effect = (typeof EFFECTS)[number];

/**
 * What is found of the item when its run is to be undone, on the side that the run changed. `AS_LEFT`: as the run left it; for what
 * it removed: nothing stands in its place. `AS_BEFORE`: as it was before the run. `CHANGED`: neither. `ABSENT`: it is gone.
 * `UNKNOWN`: its place could not be listed.
 */
export const UNDO_FINDINGS = ['AS_LEFT', 'AS_BEFORE', 'CHANGED', 'ABSENT', 'UNKNOWN'] as const;
export type UndoFinding = (typeof UNDO_FINDINGS)[number];

/** What undoes an effect, or why nothing does. */
export type UndoVerdict = UndoChange | UndoRefusal | 'NOTHING';
export type UndoChange = 'REMOVE' | 'GIVE_FORMER_VERSION' | 'MOVE_BACK' | 'PUT_BACK' | 'DESCRIBE_AS_BEFORE';
export type UndoRefusal = 'CHANGED_SINCE' | 'GONE' | 'LATER_RUN' | 'NOT_KEPT' | 'PLACE_TAKEN' | 'UNLISTED';

/** A run is undone by this table, whatever the type of its job is. */
export const UNDO: Readonly<Record<Effect, Readonly<Record<UndoFinding, UndoVerdict>>>> = {
  CREATED: {
    AS_LEFT: 'REMOVE',
    AS_BEFORE: 'NOTHING',
    CHANGED: 'CHANGED_SINCE',
    ABSENT: 'NOTHING',
    UNKNOWN: 'UNLISTED',
  },
  UPDATED: {
    AS_LEFT: 'GIVE_FORMER_VERSION',
    AS_BEFORE: 'NOTHING',
    CHANGED: 'CHANGED_SINCE',
    ABSENT: 'GONE',
    UNKNOWN: 'UNLISTED',
  },
  MOVED: {
    AS_LEFT: 'MOVE_BACK',
    AS_BEFORE: 'NOTHING',
    CHANGED: 'CHANGED_SINCE',
    ABSENT: 'GONE',
    UNKNOWN: 'UNLISTED',
  },
  DELETED: {
    AS_LEFT: 'PUT_BACK',
    AS_BEFORE: 'NOTHING',
    CHANGED: 'PLACE_TAKEN',
    ABSENT: 'PUT_BACK',
    UNKNOWN: 'UNLISTED',
  },
  DESCRIBED: {
    AS_LEFT: 'DESCRIBE_AS_BEFORE',
    AS_BEFORE: 'NOTHING',
    CHANGED: 'CHANGED_SINCE',
    ABSENT: 'GONE',
    UNKNOWN: 'UNLISTED',
  },
};

export interface UndoSituation {
  effect: Effect;
  finding: UndoFinding;
  /** Whether no later run of the job dealt with the item. */
  isLatest: boolean;
  /** Whether nothing else stands, or will stand, where the item is to come. */
  isPlaceFree: boolean;
  /** Whether what the change needs is kept: in a recycle bin, a trash, former versions, and the records of the run. */
  isKept: boolean;
}

const NEEDS_PLACE: ReadonlySet<UndoVerdict> = new Set(['MOVE_BACK', 'PUT_BACK']);
const NEEDS_KEPT: ReadonlySet<UndoVerdict> = new Set([
  'GIVE_FORMER_VERSION',
  'PUT_BACK',
  'MOVE_BACK',
  'DESCRIBE_AS_BEFORE',
]);
const CHANGES: ReadonlySet<UndoVerdict> = new Set<UndoVerdict>([...NEEDS_KEPT, 'REMOVE']);

/** What is to be done about one effect. What changed since, or belongs to a later run, is never touched. */
export function undoVerdict({ effect, finding, isLatest, isPlaceFree, isKept }: UndoSituation): UndoVerdict {
  const verdict = UNDO[effect][finding];
  if (!CHANGES.has(verdict)) return verdict;
  if (!isLatest) return 'LATER_RUN';
  if (NEEDS_KEPT.has(verdict) && !isKept) return 'NOT_KEPT';
  return NEEDS_PLACE.has(verdict) && !isPlaceFree ? 'PLACE_TAKEN' : verdict;
}
