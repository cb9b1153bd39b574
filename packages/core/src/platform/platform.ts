import type { Call } from './call.js';
import type { ChangeFeed, ChangeWord } from './change-feed.js';
import type { Directory } from './directory.js';
import type { PlatformError } from './error.js';
import type { Capabilities, Limits, PlatformKind } from './facts.js';
import type { FormField } from './form.js';
import type { ItemRule } from './item-rule.js';
import type { ByteRange, ChangeEntry, Content, Details, Item, ListEntry, ListingProof, ListProblem } from './item.js';
import type { PackedItems } from './packed.js';
import type { ModificationTime } from './time.js';

/**
 * THE CONTRACT between the engine and a connector.
 *
 * Promised to a connector: names are already legal under its limits; paths are segments; nothing is called after `close`.
 * Promised by it: only `PlatformError` leaves; every wait obeys the signal; what it wrote is there when it returns;
 * a broken write leaves nothing under the final name. Each promise is a test in `describePlatform`.
 * A role that is absent is a capability that is absent; no flag repeats it.
 */
export interface Platform {
  readonly kind: PlatformKind;
  /** Of this very account. */
  readonly capabilities: Capabilities;
  readonly limits: Limits;
  readonly source?: Source;
  readonly destination?: Destination;
  readonly scopes?: Scopes;
  /** Absent where the platform knows no names that mappings could use. */
  readonly directory?: Directory;
  /** Absent where the platform never tells of changes by itself. */
  readonly changeFeed?: ChangeFeed;
  /** Login of the account as the platform told it in a check; null or absent before, and where there is none. */
  readonly login?: string | null;
  /** Finds an item by path or identifier, with the details that are asked for; null when there is none. The root is `{ path: [] }`. */
  find(address: Address, call: Call, details?: Details): Promise<Item | null>;
  /** Tries the connection step by step; finding faults is a success, so it rejects only when aborted. */
  check(call: Call, writeProbeIn?: Address): Promise<Check[]>;
  close(): Promise<void>;
}

/** What a platform is, before anyone is signed in. */
export interface PlatformDescription {
  kind: PlatformKind;
  displayName: string;
  form: readonly FormField[];
  capabilities: Capabilities;
  limits: Limits;
  /**
   * Reads what the platform sent to a feed with that note; null for what tells of no change there. Given where platforms of this
   * kind have a `changeFeed`.
   */
  readChange?(body: unknown, note: string): ChangeWord | null;
}

export type Address = { path: readonly string[] } | { id: string };

export interface Source {
  /**
   * Streams everything below a folder, parents before children, without loading all of it and without the folder itself.
   * Ends normally only when it saw everything that it did not report as a problem; a folder that cannot be listed is a
   * problem and its siblings go on. The last entry is its proof. Never leaves the connection's root. Throws `NOT_FOUND` when
   * the folder is missing.
   */
  list(request: ListRequest, call: Call): AsyncIterable<ListEntry>;
  /** What `list` streams, in the folders that hold it, for platforms that list many items at once. Absent: item by item only. */
  listPacked?(request: ListRequest, call: Call): AsyncIterable<PackedListing>;
  /**
   * Tells what became different below a folder since the listing whose proof had that token: every folder that stands there
   * now, and the files that changed, came or are in the recycle bin. It may also tell of what did not change. The `total` of
   * its proof counts everything below the folder. Throws when it cannot tell of everything. Absent: the platform keeps no
   * account of changes.
   */
  changes?(request: ChangesRequest, call: Call): AsyncIterable<ChangeEntry>;
  /**
   * What proves that an item is gone. `LISTING`: its folder was listed without a problem and has no such name. `BIN`: it was
   * seen in the recycle bin; what is only not listed may be hidden from the account. Absent: nothing does.
   */
  readonly absence?: 'LISTING' | 'BIN';
  /**
   * The file with each content that it ever had up to the listed one, oldest first: the last is the item itself, the others are
   * `isFormer` and can be opened likewise. Throws `NOT_FOUND` for what is gone. Absent where only the newest content is kept.
   */
  versions?(item: Item, call: Call): Promise<readonly Item[]>;
  /** Whether asking for the versions of all files of a folder costs no more calls than for those of one. */
  readonly tellsVersionsByFolder?: true;
  /** Counted calls that asking for `versions` is expected to cost; absent where it is free. */
  readonly costOfVersions?: number;
  /** Bytes of the item's content as listed. Throws `CHANGED_DURING_READ` when the item is no longer that version. */
  open(item: Item, call: Call, range?: ByteRange): AsyncIterable<Uint8Array>;
}

/** Part of a listing; the items of a folder may come in several parts. */
export interface PackedListing {
  folders: readonly PackedItems[];
  problems: readonly ListProblem[];
  /** Identities of what was seen in the recycle bin. */
  deleted: readonly string[];
  /** Null before the end. */
  proof: ListingProof | null;
}

export interface ListRequest {
  folder: Address;
  /** Only direct children, for browsing. */
  isShallow?: boolean;
  /** Also what lies in the recycle bin, of the whole connection, where that proves deletions. */
  withDeleted?: boolean;
  /**
   * Filters of whoever asks. What is below a folder that they leave out by its place need not be listed, and is no part of the
   * proof then; everything else is, whether they leave it out or not.
   */
  rules?: readonly ItemRule[];
  /** What is to be told of items beyond what costs nothing; absent: neither fields nor tags. */
  details?: Details;
  /**
   * Files that the platform knows to be former contents of others are told as such, by `formerVersions` and `Source.versions`, and
   * not as files of their own. Absent: as files, as they stand there.
   */
  joinsVersions?: boolean;
  /**
   * Whether most folders are expected to be as they were, so that nobody looks at more than the fingerprints of what is in them: a
   * platform that packs its listings may leave the rest for when it is asked for.
   */
  isMostlyKnown?: boolean;
}

export interface ChangesRequest {
  folder: Address;
  /** Of the proof of a listing of the same folder, by the same account. */
  token: string;
  /** As in a `ListRequest`. */
  details?: Details;
}

export interface Destination {
  /** Counted calls that the work is expected to cost; absent where calls are free. `size` is in bytes, null for a folder. */
  cost?(work: Work, size: number | null): number;
  /**
   * What the account may not do there, as far as the platform tells; absent where it tells nothing. With null for the
   * call only what is known already, without asking.
   */
  denials?(call: Call | null): Promise<readonly Denial[]>;
  /** Creates the folder unless a folder of that name is there; returns it. A file of that name is `NAME_TAKEN`. */
  ensureFolder(request: FolderRequest, call: Call): Promise<Item>;
  /**
   * Writes a file, whole or not at all. With `replaces` it becomes that file's new version, else a taken name is `NAME_TAKEN`.
   * Reads the content from start to end at least once. Writing twice leaves one: see `inDoubtSince`.
   */
  write(request: WriteRequest, call: Call): Promise<Written>;
  /**
   * Takes an item away: to the recycle bin, or to the trash folder where a platform has none. Absent: cannot delete.
   * `CONFLICT` for a file that is another version than the item, and for a folder that holds anything, so that what
   * appeared after the listing stays. `NOT_FOUND` for what is gone already.
   */
  remove?(request: RemoveRequest, call: Call): Promise<void>;
  /** Whether `remove` can delete for good, so that nothing is kept. Absent: what is removed can always be put back. */
  readonly removesForGood?: boolean;
  /** Renames, moves or both, without a transfer. */
  move?(item: Item, to: { parent: Item; name: string }, call: Call): Promise<Item>;
  /**
   * Gives a folder its time, once everything that was to be written into it is there. Absent: folders keep no time of
   * their own.
   */
  setFolderTime?(folder: Item, time: ModificationTime, call: Call): Promise<void>;
  /** Leaves alone what the description does not mention. Twice is as good as once. */
  describe?(item: Item, fields: Description, call: Call): Promise<Item>;
  /** Bytes of what was written, for verification by reading back. */
  readBack?(item: Item, call: Call): AsyncIterable<Uint8Array>;
  /** Absent: what was told outlasts a loss of power. */
  readonly durability?: LateDurability;
  /**
   * Takes back what a write published and that failed its proof: a new file goes to the bin, and of a file that it replaced
   * the former content becomes the newest version again, which is returned. `CONFLICT` where somebody changed the file since,
   * `NOT_FOUND` for what is gone. Absent where files are proved before they have their names.
   */
  withdraw?(request: WithdrawRequest, call: Call): Promise<Item | null>;
  /**
   * Brings back what `remove` took away, to a free place; or what a write replaced, in the place of what stands there now.
   * Returns it as it then stands; once it does, another try changes nothing. `NOT_FOUND` where it is kept no longer, `NAME_TAKEN` for a taken
   * place, `CONFLICT` where the file that is to give way is another version. Absent: nothing comes back.
   */
  restore?(request: RestoreRequest, call: Call): Promise<Item>;
  /**
   * Where what a write replaced is kept, so that `restore` brings it back: as a former version of the file, or in the trash that the
   * write was given. Absent: nowhere, only what was removed comes back.
   */
  readonly keepsReplaced?: 'VERSIONS' | 'TRASH';
  /** Whether a new file can have no note, as the versions after its first can. Absent: each has one, or none has. */
  readonly lacksFirstNote?: true;
  /** Times of the runs that have a folder in the trash of a job's folder, oldest first. Absent where there is no such trash. */
  trashed?(root: readonly string[], call: Call): Promise<readonly Date[]>;
  /** Deletes for good what such a run put there, some files at a time, of which it tells the number. A folder that is not there is none. */
  emptyTrash?(trash: Trash & { at: Date }, call: Call): AsyncIterable<number>;
  /** How files come from that platform without the engine's streams; null when the two cannot do so. Absent: never. */
  direct?(source: Platform): DirectTransfers | null;
}

/**
 * Of a platform that lies on this machine, or is reached through its memory: what was written before a loss of power may be
 * gone after it.
 */
export interface LateDurability {
  /** Names the start of the machine since which nothing was lost; null where it cannot be told. */
  machineStart(call: Call): Promise<string | null>;
  /** Makes durable what was written and made before. Absent: it is when it is told, or the account does not care. */
  readonly settle?: (call: Call) => Promise<void>;
}

/** What may cost calls at a destination; `TAG` is one tag of one item, `GROUP` a group that is made. */
export type Work = 'CREATE' | 'UPDATE' | 'RENAME' | 'DESCRIBE' | 'REMOVE' | 'TAG' | 'GROUP';

/** Something that the account may not do at a destination, in a sentence and with what to do about it. */
export interface Denial {
  action: 'CREATE' | 'UPDATE' | 'RENAME' | 'MOVE' | 'DELETE' | 'DESCRIBE';
  message: string;
  remedy: string;
}

/**
 * What belongs to an item beside its content; `write` and `ensureFolder` give it to what they make, in the same request where the
 * platform can. Of what the platform does not keep nothing happens.
 */
export interface Description {
  description?: string | null;
  isPrivate?: boolean;
  /**
   * By key, as `Item.fields` has them; the others stay as they are, and an empty text empties one. `REJECTED` for a value that the field
   * cannot hold, or a field that the platform does not have; nothing is written then.
   */
  fields?: Readonly<Record<string, string>>;
  /** Tags that the item gets beside those that it has. */
  tags?: readonly string[];
  /** Locks a file for others until then, or ends the lock of the own account with null; only where locks can be set. */
  lockedUntil?: Date | null;
}

interface Request extends Omit<Description, 'lockedUntil'> {
  parent: Item;
  name: string;
  /**
   * Set when an earlier try, begun at that time, may have been carried out without an answer: the connector looks
   * before it writes, and takes what it finds for its own only if it is certain.
   */
  inDoubtSince?: Date;
}

export type FolderRequest = Request;

export interface WriteRequest extends Request, Partial<ModificationTime> {
  content: Content;
  replaces?: Item;
  /** Where the content goes that is replaced, on a platform that keeps it in a trash; absent: nothing of it is kept. */
  trash?: Trash;
  /** Kept with the version where the platform can. */
  versionNote?: string;
  /** Of a file that stands for a former content of another one, see `Item.versionNumber`. */
  versionNumber?: number;
  /**
   * Asks for a proof before the file gets its name: SHA-256 in hex of the content, known once it was read to its end. A
   * platform with a place for unfinished files reads them back there; it throws `VERIFICATION_FAILED` for other bytes,
   * which then never stand under the final name, and tells `CHECKSUM`. Others ignore it.
   */
  expectedSha256?: () => string;
  /** What an earlier try saved to go on with; opaque to the engine. */
  checkpoint?: string;
  saveCheckpoint?(checkpoint: string): Promise<void>;
}

/** Transfers from one platform to another in which both ends do without the engine's streams. */
export interface DirectTransfers {
  /**
   * Carries a batch out and yields one outcome for each of its transfers, as they come. The promises are those of `write`
   * and `open`. Once the signal is raised, each transfer that is not done yet ends with `ABORTED` and leaves nothing. Throws
   * only what concerns the batch as a whole: a transfer without an outcome may then have been carried out or not.
   */
  carryOut(batch: DirectBatch, call: Call): AsyncIterable<DirectOutcome>;
}

export interface DirectBatch {
  transfers: readonly DirectTransfer[];
  /** Most transfers that may be under way at the same time. */
  maxParallel: number;
  /** Asked before a transfer is begun: once true, those that are not begun end with `ABORTED`, the others finish. */
  isStopping: () => boolean;
  /** Told of the bytes read so far of a transfer, now and then. */
  onProgress?: (key: string, bytesDone: number) => void;
}

/** A file to be written with the content of the source's item, as it was listed. */
export interface DirectTransfer extends Omit<
  WriteRequest,
  'content' | 'expectedSha256' | 'checkpoint' | 'saveCheckpoint'
> {
  /** Names the transfer within its batch. */
  key: string;
  source: Item & { size: number };
  /** Asks for the proof that `expectedSha256` asks for in a `write`. */
  isProved?: boolean;
}

/** What became of a transfer: `sha256`, in hex, is that of the bytes read; `side` is the one at which it failed. */
export type DirectOutcome =
  | { key: string; written: Written; sha256: string }
  | { key: string; error: PlatformError; side: 'SOURCE' | 'DESTINATION' };

export interface WithdrawRequest {
  /** As the write told it. */
  written: Item;
  /** As it was before it got that version; null for a new file. */
  replaced: Item | null;
}

/**
 * Where a platform without a recycle bin keeps what it takes away: the folder of the job, and the time of the run, which names a folder
 * there. With null for the time it is deleted for good: only where `removesForGood`, else `REJECTED`.
 */
export interface Trash {
  root: readonly string[];
  at: Date | null;
}

export interface RemoveRequest {
  item: Item;
  trash: Trash;
}

export interface RestoreRequest {
  /** As it was before it was removed or replaced. */
  former: Item;
  parent: Item;
  name: string;
  /** The file that gives way, as it stands there now; null for what was removed. */
  replaces: Item | null;
  /** As it was given when it was taken away. */
  trash: Trash;
  /** Where that which gives way goes, as with a `write`. */
  replacedTo?: Trash;
  /** Set when an earlier try, begun at that time, may have been carried out without an answer. */
  inDoubtSince?: Date;
}

/** How it was proved that the bytes arrived. */
export const VERIFICATION_METHODS = ['CHECKSUM', 'SIZE', 'NONE'] as const;
export type VerificationMethod = (typeof VERIFICATION_METHODS)[number];

export interface Written {
  /** As the platform now lists it, with the name that it has there. */
  item: Item;
  /** Proof reached: the platform's own checksum or a reading back, its size, or none when its reply does not tell yet. */
  verifiedBy: VerificationMethod;
  /** Whether it was already there from an earlier try. */
  wasAlreadyThere: boolean;
  /** What a person should know of it, in a sentence. */
  note?: string;
}

/** Choice of company and project, or their like. */
export interface Scopes {
  list(
    parentId: string | null,
    search: string | null,
    call: Call,
  ): Promise<{ id: string; name: string; detail: string | null }[]>;
}

/** Steps of a check, in their order; the public `ConnectionCheckStep`. */
export const CHECK_STEPS = [
  'REACH_HOST',
  'SIGN_IN',
  'COMPANY',
  'PROJECT',
  'DOCUMENTS_PERMISSION',
  'LIST_ROOT',
  'WRITE_PROBE',
  'CLOCK',
] as const;
export type CheckStep = (typeof CHECK_STEPS)[number];

export const CHECK_OUTCOMES = ['PASSED', 'WARNED', 'FAILED', 'SKIPPED'] as const;
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number];

export interface Check {
  step: CheckStep;
  outcome: CheckOutcome;
  message: string | null;
  /** What to do; given for every outcome but PASSED and SKIPPED. */
  remedy: string | null;
}
