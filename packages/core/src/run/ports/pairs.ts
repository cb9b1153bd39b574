import type { ItemKind } from '../../platform/index.js';
import type { LedgerEntry, Side } from '../../plan/index.js';
import type { LocationPair, Roots } from '../../prove/index.js';

/** The ledger of the two places, and what a job with a frozen scope is about there. */
export interface Pairs {
  /** Pairs of places that the job had under its present addresses, the one used last first. */
  locationPairs(): Promise<LocationPair[]>;
  /** Works with the ledger of that pair from now on, null for a new one, and remembers the folders that stand there. */
  useLedger(pair: number | null, roots: Roots): Promise<void>;
  /** Whether this plan asked people the very same before, so that going on is their answer; remembers the question. */
  isAccepted(question: string): Promise<boolean>;
  /** The entry of the item that has that identity on that side, see `identityOf`. */
  entryOf(side: Side, identity: string): Promise<LedgerEntry | null>;
  /** The entry that owns a place of a side at which an item of this kind stands that no entry knows, see `placeOwner`. */
  placeOwner(side: Side, key: string, kind: ItemKind): Promise<LedgerEntry | null>;
  /** Whether an entry knows this place of a side whose item, of this kind, stands elsewhere there by what was listed. */
  isPlaceLeft(side: Side, key: string, kind: ItemKind): Promise<boolean>;
  /** Removes entries of items that are gone on both sides. */
  forgetEntries(ledgerIds: readonly string[]): Promise<void>;
  /** Remembers with an entry of the ledger versions of both sides that were found to differ, see `LedgerEntry`. */
  judge(ledgerId: string, versions: string): Promise<void>;
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
  scopeState(): Promise<ScopeState>;
  /** Back to `OPEN` forgets the marks. */
  setScopeState(state: ScopeState): Promise<void>;
  /** Remembers items of the source by whole numbers that stand for them; one may come several times. */
  addScopeMarks(marks: readonly number[]): Promise<void>;
  /** Those of the marks that are remembered. */
  knownScopeMarks(marks: readonly number[]): Promise<ReadonlySet<number>>;
}

/** `LISTED`: a whole listing is remembered, and no plan was carried out with it yet. */
export const SCOPE_STATES = ['OPEN', 'LISTED', 'FROZEN'] as const;

export type ScopeState = (typeof SCOPE_STATES)[number];

/** An item as the ledger knows it on one side. */
export interface KnownPlace {
  key: string;
  id: string;
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
