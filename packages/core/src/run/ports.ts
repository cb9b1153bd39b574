import type { Item, ItemKind, ListingProof, ListProblem, PackedItems, VerificationMethod } from '../platform/index.js';
import type { Severity, WorkingRunState } from '../job/index.js';
import type { SettledFolder } from '../pair/index.js';
import type { Coverage, KnownListing, LocationPair, Roots } from '../prove/index.js';
import type { ListedChildren } from './listed-children.js';
import type { ItemOutcome, ItemReason, LedgerEntry, Side, Step } from '../plan/index.js';

/**
 * What the engine needs remembered about one plan and the run that carries it out. One instance per (job, plan, run).
 * Every method is one transaction: after it resolves its effect survives `kill -9`, before that it has none.
 * `describeEngineStore` is its contract suite; memory, SQLite and Postgres pass it.
 */
export interface EngineStore {
  /** Where an interrupted run stands. */
  phase(): Promise<Phase>;
  enter(phase: Phase): Promise<void>;

  // -- listings, staged so that memory does not grow with the tree --

  /** Forgets what an interrupted listing and planning left: staged items, problems, steps, unchanged counts. */
  reset(): Promise<void>;
  // -- the ledger of the two places --

  /** Pairs of places that the job had under its present addresses, the one used last first. */
  locationPairs(): Promise<LocationPair[]>;
  /** Works with the ledger of that pair from now on, null for a new one, and remembers the folders that stand there. */
  useLedger(pair: number | null, roots: Roots): Promise<void>;
  /** Whether this plan asked people the very same before, so that going on is their answer; remembers the question. */
  isAccepted(question: string): Promise<boolean>;

  /**
   * Adds listed items of a side. An item staged twice (same key and identity) replaces the first; two items at one key are
   * both kept.
   */
  stage(side: Side, items: readonly StagedItem[]): Promise<void>;
  /**
   * Adds listed items of a side likewise, in the folders that hold them. Given the rules by which names are compared, as a
   * text, folders that are as they were on both sides may be kept bare, see `SourceFolder`.
   */
  stageFolders(side: Side, folders: readonly StagedFolder[], rules?: string): Promise<void>;
  /** What a bare folder of a side holds takes the place of what was kept of it. */
  stageAgain(side: Side, key: string, items: readonly PackedItems[]): Promise<void>;
  /**
   * Tells of items of the source that the filters of the job leave out. They are shown nowhere else, and are not missing either: see
   * `isLeftOut`. With `isKept` they belong to the known listing.
   */
  stageLeftOut(folders: readonly StagedFolder[], isKept: boolean): Promise<void>;
  /** Whether the item that the ledger knows at that key of the source, or a folder above it, is there but left out. */
  isLeftOut(sourceKey: string): Promise<boolean>;
  stageProblems(side: Side, problems: readonly StagedProblem[]): Promise<void>;
  /** Items that were seen in the recycle bin of the source, by identity. */
  stageDeleted(identities: readonly string[]): Promise<void>;
  /**
   * Ends the listing of a side: keeps with the plan what it says of itself, null where it ended without it, and how it came
   * about. With `kept` it is the side's known listing once the run came to its end (`enter('DONE')`), and takes the place of
   * the former one.
   */
  stageProof(side: Side, proof: ListingProof | null, how: ListingHow, kept: KnownListing | null): Promise<void>;
  /** The listing of a side that was kept last by a run that came to its end, with the ledger that is used. */
  knownListing(side: Side): Promise<KnownListing | null>;
  /** The folders of the known listing with what they held, top-down, without what the run itself removed. */
  knownFolders(side: Side): AsyncIterable<StagedFolder>;
  /**
   * Source folders that hold anything, top-down: by depth, then key. `nameKeyOf` is equal for equal names at the destination.
   * Here and below: with the other side given, all that is told of the source is told of the destination, and the reverse.
   */
  sourceFolders(nameKeyOf: (name: string) => string, side?: Side): AsyncIterable<SourceFolder>;
  sourceProblems(side?: Side): AsyncIterable<StagedProblem>;
  /** Direct children at the destination. */
  destinationChildren(parentKey: string, side?: Side): Promise<ListedChildren>;
  /** The folder, where a file has the same key. */
  destinationByKey(key: string): Promise<StagedItem | null>;
  sourceByKey(key: string): Promise<StagedItem | null>;
  /** By its identity, see `identityOf`. */
  destinationById(id: string, side?: Side): Promise<StagedItem | null>;
  /**
   * Entries of the ledger whose item the source does not show, neither by identity nor, as one that no entry knows, at a place
   * that they own; what is below comes first.
   */
  lostEntries(side?: Side): AsyncIterable<LedgerEntry>;
  /** What the listing of a side tells about the place, by its problems there and with folders above. */
  coverage(side: Side, key: string): Promise<Coverage>;
  /** Whether that very item, or a folder that the ledger knows above its key, was seen in the recycle bin of the source. */
  isSeenDeleted(item: KnownPlace, side?: Side): Promise<boolean>;
  /**
   * The item of the source whose part at the destination has that identity, where it stands elsewhere than the ledger knows, so
   * that its part may be to leave its place; null where it stands as known, or none is known.
   */
  leaving(destinationId: string, side?: Side): Promise<KnownSourceItem | null>;
  /** Whether the source still has that very item, by its identity, at that key. */
  isAtSource(key: string, identity: string, side?: Side): Promise<boolean>;
  /** Whether the source holds any file below the folder, at any depth. */
  hasSourceFileBelow(key: string, side?: Side): Promise<boolean>;

  // -- what a job with a frozen scope is about, with the ledger that is used --

  scopeState(): Promise<ScopeState>;
  /** Back to `OPEN` forgets the marks. */
  setScopeState(state: ScopeState): Promise<void>;
  /** Remembers items of the source by whole numbers that stand for them; one may come several times. */
  addScopeMarks(marks: readonly number[]): Promise<void>;
  /** Those of the marks that are remembered. */
  knownScopeMarks(marks: readonly number[]): Promise<ReadonlySet<number>>;

  // -- the plan --

  /** The entry of the item that has that identity on that side, see `identityOf`. */
  entryOf(side: Side, identity: string): Promise<LedgerEntry | null>;
  /** The entry that owns a place of a side at which an item of this kind stands that no entry knows, see `placeOwner`. */
  placeOwner(side: Side, key: string, kind: ItemKind): Promise<LedgerEntry | null>;
  /** Removes entries of items that are gone on both sides. */
  forgetEntries(ledgerIds: readonly string[]): Promise<void>;
  /** Remembers with an entry of the ledger versions of both sides that were found to differ, see `LedgerEntry`. */
  judge(ledgerId: string, versions: string): Promise<void>;

  /** Adds steps in order of execution; `sequence` continues from the last one. */
  appendSteps(steps: readonly Step[]): Promise<void>;
  /** Items that need no step. */
  countUnchanged(items: number, bytes: number): Promise<void>;
  /** Remembers digest and totals; inert steps become items with their final outcome. The plan is now complete. */
  finishPlan(digest: string): Promise<void>;

  // -- carrying it out --

  /**
   * Takes the next pending steps that change a side, the destination unless told, in order of sequence. Steps that had begun
   * when a former process died come first, with `inDoubtSince` = their beginning. Each step is given once; a process that
   * dies gives its claims back.
   */
  claim(limit: number, side?: Side): Promise<ClaimedStep[]>;
  /** Marks claimed steps IN_PROGRESS as begun at `now`: from here on a process that dies leaves them in doubt. */
  begin(stepIds: readonly string[], now: Date): Promise<void>;
  /** Replaces what claimed steps say, for this try and all that follow; their places in the plan and its figures stay. */
  reviseSteps(revised: readonly { stepId: string; step: Step }[]): Promise<void>;
  /** Adds to steps that have begun the SHA-256, in hex, of the bytes that are about to stand there. */
  noteHashes(hashes: readonly { stepId: string; sha256: string }[]): Promise<void>;
  /**
   * Steps of this run, and of former ones with the same ledger, that had begun and have no outcome: a process died over
   * them, or was stopped. To be asked before the first claim. A run that is canceled leaves its own to the next one.
   */
  openIntents(): AsyncIterable<OpenIntent>;
  /** Ends intents of former runs, and of this run those that are to begin anew; the ledger learns what is known of them. */
  forgetIntents(intents: readonly SettledIntent[]): Promise<void>;
  /** Puts claimed steps back as PENDING; nothing was written for them. */
  release(stepIds: readonly string[]): Promise<void>;
  /**
   * Commits outcomes: step, attempt, ledger, staged destination item, failure count, counters and events, all or nothing.
   * A step that has an outcome already gets the new one, and the counters follow. RETRYING adds one to the item's failed
   * runs (once a run), every other outcome but PENDING sets them to zero.
   */
  commit(outcomes: readonly StepOutcome[]): Promise<void>;
  /**
   * Entries of the ledger whose effect may be gone since the machine lost its memory: those that were not settled when it
   * was started anew, or that were written in a start of which nobody knows.
   */
  doubtfulEntries(machineStart: string | null): AsyncIterable<DoubtfulEntry>;
  /** Replaces entries by what is really there; null forgets one. */
  reviseEntries(revised: readonly RevisedEntry[]): Promise<void>;
  /**
   * What is there now outlasted whatever happened before this start of the machine. With `isLate`, each entry that is
   * written from now on carries a mark until that mark is settled.
   */
  beginMarks(machineStart: string | null, isLate: boolean): Promise<void>;
  /** Ends the mark that entries carry and returns it, at once; null when none carries it. Later ones carry the next. */
  nextMark(): number | null;
  /** Everything that carries this mark or an earlier one outlasts a loss of power. */
  settleMark(mark: number): Promise<void>;
  saveCheckpoint(stepId: string, checkpoint: string): Promise<void>;
  /** Makes RETRYING steps with fewer than `maxAttempts` attempts in this run PENDING again; tells how many. */
  requeue(maxAttempts: number): Promise<number>;
  /** Files created or updated in this run whose `verifiedBy` is NONE; for the verification by a listing. */
  unverified(): AsyncIterable<UnverifiedStep>;
  /**
   * Folders below the job's own that this run made or wrote into on a side, the destination unless told, as they are at the
   * source and at the destination. One may come several times.
   */
  foldersWritten(side?: Side): AsyncIterable<WrittenFolder>;
  /**
   * Records of the folders that the ledger knows how both halves are listed as long as nothing changes, so that the next listing
   * by the same rules may keep them bare; in portions, after each of which the caller may leave the rest out. For a run at its end.
   */
  recordRest(rules: NameRules): AsyncIterable<void>;
  /** A line in the run's log. */
  log(severity: Severity, message: string): Promise<void>;
}

/** The rules of a listing by which folders are kept bare, see `stageFolders`. */
export interface NameRules {
  text: string;
  /** Equal for equal names at the destination. */
  nameKeyOf: (name: string) => string;
}

/** `LISTED`: a whole listing is remembered, and no plan was carried out with it yet. */
export const SCOPE_STATES = ['OPEN', 'LISTED', 'FROZEN'] as const;
export type ScopeState = (typeof SCOPE_STATES)[number];

/** The public `ListingKind`. */
export const LISTING_KINDS = ['FULL', 'DELTA'] as const;

/** How the listing of a side came about: of everything, or of what changed, and why so, in a sentence for people. */
export interface ListingHow {
  kind: (typeof LISTING_KINDS)[number];
  reason: string;
}

/** How far the work on a plan has come. */
export const PHASES = ['NEW', 'LISTING', 'PLANNING', 'TRANSFERRING', 'VERIFYING', 'DONE'] as const;
export type Phase = (typeof PHASES)[number];

/** State of a run that works in this phase; null before and after the work. */
export function runStateOf(phase: Phase): WorkingRunState | null {
  return phase === 'NEW' || phase === 'DONE' ? null : phase;
}

/** An item as the ledger knows it on one side. */
export interface KnownPlace {
  key: string;
  id: string;
}

export interface StagedItem {
  /** Relative to the job's location, see `pathKey`. */
  key: string;
  item: Item;
}

/** Items of the folder of that key. */
export interface StagedFolder {
  key: string;
  items: PackedItems;
}

export interface StagedProblem {
  key: string;
  problem: ListProblem;
}

/** A folder of the source with what was listed in it. */
export interface SourceFolder {
  key: string;
  /** Direct children, and the sum of their sizes that are known. */
  count: number;
  bytes: number;
  /** Null where a child, or its other half, may not be as the ledger knows it. */
  settled: SettledFolder | null;
  /**
   * Whether it was found settled before, and neither it nor its other half has changed since: then of both only the
   * folders in them are there, until they are staged again.
   */
  isBare: boolean;
  /** The direct children. */
  children(): Promise<SourceChildren>;
}

/** Children of one folder that are in hand at a time. */
export const PORTION_CHILDREN = 1_000;

export interface SourceChildren {
  /**
   * All of them, sorted by key, at most `PORTION_CHILDREN` at a time, with their ledger entries: found by identity, else the
   * owner of the place. May be asked for several times.
   */
  portions(): AsyncIterable<SourceChild[]>;
}

export interface SourceChild {
  key: string;
  item: Item;
  ledger: LedgerEntry | null;
}

export type KnownSourceItem = SourceChild & { ledger: LedgerEntry };

export interface ClaimedStep {
  id: string;
  step: Step;
  inDoubtSince: Date | null;
  checkpoint: string | null;
  /** Runs of the job before this one in which the item failed in a row. */
  failedRuns: number;
  /** Attempts within this run so far. */
  attempts: number;
}

/** An effect that may have been carried out: the step says what was about to stand where, and what it would replace. */
export interface OpenIntent {
  stepId: string;
  isOfThisRun: boolean;
  step: Step;
  begunAt: Date;
  /** Of the content, hex; null when it was not read to its end, or nobody asked. */
  sha256: string | null;
}

/** What the ledger learns of an intent that ends: nothing when it was not carried out. */
export interface SettledIntent extends Pick<
  StepOutcome,
  'stepId' | 'ledger' | 'replaced' | 'moved' | 'forgetLedger' | 'forgottenId'
> {
  /** What the step says from now on, as with `reviseSteps`; absent where it stays. */
  step?: Step;
}

export interface StepOutcome {
  stepId: string;
  outcome: ItemOutcome;
  reason: ItemReason;
  message: string;
  remedy: string | null;
  sha256: string | null;
  verifiedBy: VerificationMethod | null;
  /** Side that the step changed; absent for the destination. */
  side?: Side;
  /** As it now is on that side, with its key; staged so that its children find it. Null when nothing was written. */
  destination: StagedItem | null;
  /** Entry to write, null to leave the ledger as it is. */
  ledger: LedgerEntry | null;
  /** Version at the destination that a file took the place of. */
  replaced?: string | null;
  /** Former places of a folder that was moved: the entries of all below it follow. */
  moved?: Pick<LedgerEntry, 'sourceKey' | 'destinationKey'>;
  /** Removes the item's ledger entry, by its key at the source and its kind, so that the next run takes it for new. */
  forgetLedger?: boolean;
  /** Identifier of the entry that is meant where another one may have that key by now; null: there is none. */
  forgottenId?: string | null;
  attempt: StepAttempt | null;
  /** Bytes transferred. */
  byteCount: number;
  /** Versions of the file that were brought over; absent for the one of an item that was created or updated. */
  versionCount?: number;
}

export interface DoubtfulEntry {
  entry: LedgerEntry & { id: string };
  /** Version at the destination that it took the place of; null when it took none. */
  replaced: string | null;
}

export interface RevisedEntry {
  id: string;
  entry: LedgerEntry | null;
}

export interface StepAttempt {
  startedAt: Date;
  /** Milliseconds. */
  duration: number;
  reason: ItemReason | null;
  remoteStatus: string | null;
  remoteRequestId: string | null;
}

export interface UnverifiedStep {
  stepId: string;
  step: Step;
  outcome: ItemOutcome;
  reason: ItemReason;
  message: string;
  /** Its key on the side that was written. */
  destinationKey: string;
  byteCount: number;
  sha256: string | null;
}

export interface WrittenFolder {
  source: Item;
  destination: Item;
}

/** Live figures and signs that are not durable; must return at once. */
export interface RunReport {
  /** Bytes read so far of a step under way. */
  progress(stepId: string, bytesDone: number): void;
  inFlight(items: number, bytes: number): void;
  /** The run waits for calls until then; null when it goes on. */
  waiting(until: Date | null): void;
  /** A counted call was answered. */
  called(side: Side, throttled: boolean): void;
  discovered(items: number, bytes: number): void;
}

/** How others stop a run. */
export interface RunControl {
  /** Breaks off everything at once. */
  signal: AbortSignal;
  /** True when no new item may be begun; items under way finish, those that wait for calls are put back. */
  readonly isStopping: boolean;
  /** Whether the stop ends the run, so that what it wrote is left as after its end; pending steps are another run's. */
  readonly endsRun?: boolean;
  /** Calls back once when `isStopping` becomes true. */
  onStopping(callback: () => void): void;
}
