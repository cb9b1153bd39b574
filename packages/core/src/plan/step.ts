import { identityOf, type Description, type Item } from '../platform/index.js';
import type { ItemKind, ItemReason, Side } from './vocabulary.js';

/**
 * One decision about one item: a row of the plan. JSON-serialisable but for dates. `type` says what is carried out,
 * `action` how the plan tells it to people.
 */
export type Step = MakeFolder | Transfer | Move | Remove | Restore | Describe | Inert;

/** What has to stand at the place when the step is carried out; whatever else is found there is left alone. */
export interface Expectation {
  id: string;
  /** Null where any version will do, as for folders and moves. */
  version: string | null;
}

/**
 * What every step says. Keys are paths relative to the job's location on that side (see `pathKey`); the location itself
 * is `''`.
 */
interface Decided {
  /** Side that is written. */
  side: Side;
  kind: ItemKind;
  sourceKey: string | null;
  /** Ledger entry that the step is about; null for an item that the ledger does not know. */
  ledgerId: string | null;
  /** Key at the destination once the step is carried out. */
  destinationKey: string | null;
  reason: ItemReason;
  /** The reason in a sentence for people. */
  message: string;
  remedy: string | null;
  /** The item on the side that is read. */
  source: Item | null;
  /** The item on the side that is written which is adopted, replaced, moved, described or removed, as it was listed. */
  existing: Item | null;
  /** Null: nothing may stand at the place. */
  expects: Expectation | null;
  /** Bytes to transfer. */
  byteCount: number;
  /** Calls that the step is expected to cost at a budgeted platform, on its side. */
  callCount: number;
  /** Calls that reading what it transfers is expected to cost on the other side; absent for none. */
  readCallCount?: number;
  isDestructive: boolean;
  /** Whether the name is adapted. */
  isRevised: boolean;
  /**
   * Key on the side that is written which the ledger goes on to know, since the other side follows the item to its place with a
   * later step. Absent where the place is learned with the step.
   */
  knownAt?: string;
  /** Fingerprint of what the item is given beside its content, which the ledger remembers; absent where it is given nothing. */
  mapped?: string;
  /** Groups that are made at the destination before the step, unless they are there; absent for none. */
  groups?: readonly string[];
  /** Set where the step's turn comes after moves of the same plan, which change where its item stands. */
  afterMove?: AfterMove;
}

/** What a step finds once the moves before it are carried out. */
export interface AfterMove {
  /** Key at which `existing` stands then; null where it is as it was listed, or there is none. */
  existingKey: string | null;
  /** Identity of the folder that comes along with a move and will hold the item; null where the folder is as it was listed. */
  folderId: string | null;
}

/** Where a step leaves its item on the side that is written. */
interface Placed extends Decided {
  destinationKey: string;
  /** Key of the folder that will hold it. */
  parentKey: string;
  /** Legal there. */
  name: string;
}

/** What an item is given beside its content. */
export type ItemDescription = Omit<Description, 'lockedUntil'>;

/** Makes a folder, or takes the folder that another made there since the listing. */
export interface MakeFolder extends Placed {
  type: 'MAKE_FOLDER';
  sourceKey: string;
  action: 'CREATE';
  kind: 'FOLDER';
  source: Item;
  existing: null;
  expects: null;
  /** Absent for nothing. */
  described?: ItemDescription;
}

/** Brings bytes over: a new file, or with `existing` the next version of that file. */
export interface Transfer extends Placed {
  type: 'TRANSFER';
  sourceKey: string;
  action: 'CREATE' | 'UPDATE';
  kind: 'FILE';
  source: Item;
  /** Absent for nothing but the description of the source. */
  described?: ItemDescription;
  /** Note of the newest version; absent: it says where the version came from. */
  versionNote?: string;
  /** The time that the file gets by a mapping, in epoch milliseconds; absent for that of the source. */
  modifiedAt?: number;
  /** KEEP_BOTH: the existing item gets this name first, then the source's is created. */
  renameExistingTo: string | null;
  /** SHA-256 of the source's bytes as transferred last, to recognise a file that was only touched. */
  knownSha256: string | null;
  /** Key at which what is read stands once the steps before are carried out; absent where it is as it was listed. */
  readAt?: string;
  /**
   * Epoch milliseconds of the plan; names the folder in the trash where the content that is replaced is kept. Absent where it is not
   * kept, or as a version of the file.
   */
  keptAt?: number;
  /** Former contents that come and whose size is not told, so that `byteCount` lacks them; absent for none. */
  unsized?: number;
  /** How far the former versions of the file have come, which are brought over first; absent for one that comes alone. */
  chain?: VersionChain;
  /** When the lock ends that the file gets once it is there, in epoch milliseconds; absent for none. */
  lockedUntil?: number;
  /** What an earlier try published at the place and that is not proved to be the source's content; null or absent for none. */
  published?: Expectation | null;
}

/** The versions of a file that one step brings over, oldest first. */
export interface VersionChain {
  /** Version of the source that the destination holds; null before the first. */
  held: string | null;
  /** What the plan said of the first one, by which the whole can be undone. */
  first: Pick<Transfer, 'action' | 'existing' | 'renameExistingTo'>;
  /** Versions that were brought over, and their bytes. */
  versions: number;
  bytes: number;
}

/** Renames, moves or both, a folder with everything below it. The content is another step's matter. */
export interface Move extends Placed {
  type: 'MOVE';
  action: 'MOVE' | 'RENAME';
  /** Null for an item that is moved without its counterpart. */
  source: Item | null;
  existing: Item;
  expects: Expectation;
  /**
   * What the ledger knows of the item: its content is as it was, only its places change. Null where it
   * learns nothing, so that the next run takes the item for moved.
   */
  base: LedgerEntry | null;
  /**
   * The item gets a temporary name first, since another one gets its place before its own turn comes. The ledger knows no
   * place of it at the source until then, so that a run that is stopped there is finished by the next one.
   */
  isTemporary?: boolean;
  /**
   * A folder that a step before brings back, which may be another one by its identity: it is told by its place alone. Absent:
   * what it moves is told by `existing`.
   */
  isBroughtBack?: boolean;
  /** A step before it may change the content: what the ledger knows then takes the place of `base`. */
  isBehindContent?: boolean;
}

/** To the bin or the dated trash; a folder only when nothing is left in it that this run did not remove. */
export interface Remove extends Decided {
  type: 'REMOVE';
  action: 'DELETE';
  existing: Item;
  expects: Expectation;
  /**
   * Epoch milliseconds of the plan; names the folder in the trash where a platform has no recycle bin. Null: it is deleted for
   * good.
   */
  trashedAt: number | null;
  /**
   * Of an item that was moved to the other side: it is removed only once the ledger knows it there with this version of it,
   * proved, and the ledger keeps it.
   */
  heldAs?: { version: string | null };
  /** The item is removed only once the other side has this one back at that key: of a folder any, of a file this version. */
  onlyWith?: { key: string; identity: string; version: string | null };
}

/**
 * Brings back what a run took away: a removed item from the bin or the trash to its place, or with `existing` the content that this
 * file had before. `source` is the item as it was then, on the side that is written.
 */
export interface Restore extends Decided {
  type: 'RESTORE';
  action: 'CREATE' | 'UPDATE';
  destinationKey: string;
  parentKey: string;
  name: string;
  source: Item;
  /** Epoch milliseconds of the plan by which it was taken away; names the folder in the trash where a platform has no recycle bin. */
  trashedAt: number;
  /** Of the content that gives way, as in a transfer. */
  keptAt?: number;
}

/** Changes what belongs to an item beside its content. */
export interface Describe extends Decided {
  type: 'DESCRIBE';
  action: 'DESCRIBE';
  source: Item;
  existing: Item;
  expects: Expectation;
  fields: ItemDescription;
  /** When the lock ends that the file gets, in epoch milliseconds; null ends the lock of the own account; absent: as it is. */
  lockedUntil?: number | null;
  /** SHA-256 of the content, which stays as it is, where it is known. */
  knownSha256: string | null;
  /** The ledger keeps what it knew of the item. */
  isUnlearned?: boolean;
}

/** Nothing is carried out at a platform: the item is taken as it is, left out or refused. */
export interface Inert extends Decided {
  type: 'INERT';
  action: 'ADOPT' | 'REFUSE' | 'SKIP';
  /** SHA-256 of the content of an adopted file where it is known. */
  knownSha256: string | null;
  /** ADOPT of an item that the ledger knows already: it takes the new version, and the item counts as unchanged. */
  isNote: boolean;
  /** Former places of a folder of which the ledger learns another one without a move: the entries of all below it follow. */
  moved?: Pick<LedgerEntry, 'sourceKey' | 'destinationKey'>;
}

/** What a job remembers of both sides after a committed item. */
export interface LedgerEntry {
  /** Its own identifier; null for an entry that is new. */
  id: string | null;
  kind: ItemKind;
  sourceKey: string;
  /** See `identityOf`. */
  sourceId: string;
  sourceVersion: string | null;
  sourceMetaVersion: string | null;
  sourceSize: number | null;
  /** Epoch milliseconds. */
  sourceModifiedAt: number | null;
  destinationKey: string;
  destinationId: string;
  destinationVersion: string | null;
  destinationMetaVersion: string | null;
  destinationSize: number | null;
  destinationModifiedAt: number | null;
  /** Of the source's bytes as transferred, hex. Null for folders, and for adopted files that were not read. */
  sha256: string | null;
  /** Versions of both sides that were read and found to differ, and that a plan left so; null where there are none. */
  judged: string | null;
  /** Fingerprint of what the mappings of the job gave to the item at the destination; null where they gave it nothing. */
  mapped: string | null;
}

/** What the ledger is to remember of two items that are one. */
export function ledgerEntryOf(
  ledgerId: string | null,
  source: { key: string; item: Item },
  destination: { key: string; item: Item },
  sha256: string | null,
): LedgerEntry {
  const [from, to] = [source.item, destination.item];
  return {
    id: ledgerId,
    kind: from.kind,
    sourceKey: source.key,
    sourceId: identityOf(from),
    sourceVersion: from.version,
    sourceMetaVersion: from.metaVersion,
    sourceSize: from.size,
    sourceModifiedAt: from.modifiedAt?.getTime() ?? null,
    destinationKey: destination.key,
    destinationId: identityOf(to),
    destinationVersion: to.version,
    destinationMetaVersion: to.metaVersion,
    destinationSize: to.size,
    destinationModifiedAt: to.modifiedAt?.getTime() ?? null,
    sha256,
    judged: null,
    mapped: null,
  };
}

/** What a step that concerns the item expects to find. */
export function expectationOf(item: Item): Expectation {
  return { id: item.id, version: item.version };
}

/** What every step says of an item before anything is decided about it: whoever decides adds the rest. */
export function undecided(sourceKey: string | null, source: Item | null): Decided {
  return {
    side: 'DESTINATION',
    kind: source?.kind ?? 'FILE',
    sourceKey,
    ledgerId: null,
    destinationKey: null,
    reason: 'OTHER',
    message: '',
    remedy: null,
    source,
    existing: null,
    expects: null,
    byteCount: 0,
    callCount: 0,
    isDestructive: false,
    isRevised: false,
  };
}

/** A step that does nothing. */
export function inertStep(sourceKey: string | null, source: Item | null): Inert {
  return { type: 'INERT', action: 'SKIP', knownSha256: null, isNote: false, ...undecided(sourceKey, source) };
}

/** Whether an item is taken as it is, at once: nothing is asked of a platform, and no move is waited for. */
export const isTakenAsItIs = (step: Step): step is Inert => step.type === 'INERT' && !step.afterMove;
