import type { ItemOutcome, LedgerEntry, Side, Step } from '../../plan/index.js';
import type { KnownListing, LocationPair } from '../../prove/index.js';
import type { ScopeState, StagedItem, StepAttempt, StepOutcome } from '../../run/index.js';

/** What the runs of one job share in memory. */
export class MemoryJob {
  readonly pairs: MemoryPair[] = [];
  readonly failedRuns = new Map<string, number>();
  /** Rows of all runs, by identifier. */
  readonly rows = new Map<string, Row>();
  rowCount = 0;
  entryCount = 0;
}

/** Two places of a job, with what it remembers of them by the identity of the source's item. */
export interface MemoryPair extends LocationPair {
  ledger: Map<string, LedgerEntry>;
  /** Entries that may be lost with the power, by the identity of the source's item. */
  marks: Map<string, { mark: number; replaced: string | null }>;
  machineStart: string | null;
  settledMark: number;
  scope: { state: ScopeState; marks: Set<number> };
  /** Listings that were kept by runs that came to their end. */
  known: KeptListings;
}

/** `out`: what the filters left out. */
export type KeptListings = Partial<Record<Side, { listing: KnownListing; items: StagedItem[]; out: StagedItem[] }>>;

export interface Row {
  id: string;
  pair: MemoryPair | null;
  step: Step;
  outcome: ItemOutcome;
  inDoubtSince: Date | null;
  startedAt: Date | null;
  isClaimed: boolean;
  checkpoint: string | null;
  sha256: string | null;
  result: StepOutcome | null;
  attempts: StepAttempt[];
  countedAsFailed: boolean;
}

export const newPair = () => ({
  itemCount: 0,
  ledger: new Map(),
  marks: new Map(),
  machineStart: null,
  settledMark: 0,
  scope: { state: 'OPEN' as const, marks: new Set<number>() },
  known: {},
});

export function newRow(id: string, pair: MemoryPair | null, step: Step): Row {
  return {
    id,
    pair,
    step,
    outcome: 'PENDING',
    inDoubtSince: null,
    startedAt: null,
    isClaimed: false,
    checkpoint: null,
    sha256: null,
    result: null,
    attempts: [],
    countedAsFailed: false,
  };
}
