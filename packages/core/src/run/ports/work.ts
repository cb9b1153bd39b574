import type { Severity } from '../../job/index.js';
import type { Inert, ItemOutcome, ItemReason, LedgerEntry, Side, Step } from '../../plan/index.js';
import type { Item, VerificationMethod } from '../../platform/index.js';
import type { StagedItem } from './observations.js';

/** The steps of a plan while they are carried out. */
export interface WorkStore {
  /**
   * Takes the next pending steps that change a side, the destination unless told, in order of sequence. Steps that had begun
   * when a former process died come first, with `inDoubtSince` = their beginning. Each step is given once; a process that
   * dies gives its claims back.
   */
  claim(limit: number, side?: Side): Promise<ClaimedStep[]>;
  /**
   * Takes the next pending steps of a side, the destination unless told, that do nothing at a platform and wait for no move.
   * Their outcomes are committed before any other step is claimed.
   */
  claimInert(limit: number, side?: Side): Promise<(ClaimedStep & { step: Inert })[]>;
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
  /** A line in the run's log. */
  log(severity: Severity, message: string): Promise<void>;
}

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
