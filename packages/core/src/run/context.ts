import { setMaxListeners } from 'node:events';
import { sidesTakenFrom, tableOf, writesSource, type TransferTable } from '../decide/index.js';
import { PlatformError, type Call, type ItemRule, type Platform } from '../platform/index.js';
import type { Clock } from '../http/index.js';
import type { Mapping } from '../mapping/index.js';
import { AS_NAMED, type Policies, type Side, type SideWords, type TransferType } from '../plan/index.js';
import { FormerContents } from './former-contents.js';
import { NewGroups } from './new-groups.js';
import type { RunControl, RunReport, EngineStore } from './ports/index.js';
import type { Throttle } from './throttle.js';
import { Sifter } from './sifter.js';
import type { UndoneRun } from './undo-records.js';

/** Everything that the engine is given for one run. */
export interface RunContext {
  source: Platform;
  destination: Platform;
  /** Paths of the job's locations from the connections' roots. */
  sourceRoot: readonly string[];
  destinationRoot: readonly string[];
  transferType: TransferType;
  policies: Policies;
  /** Filters of the source's items; absent: everything is in. */
  rules?: readonly ItemRule[];
  store: EngineStore;
  clock: Clock;
  report: RunReport;
  control: RunControl;
  /** Who takes calls from the budget: the run's identifier. */
  owner: string;
  /** The part of its budgets' calls that the job has now, against others that wait for them; absent: 1. */
  share?: () => number;
  /** Source keys to which planning is restricted, folders with all below; null for everything. */
  only: readonly string[] | null;
  /** Holds bytes back to the bandwidth of the job; absent: they are never. */
  throttle?: Throttle;
  /** How both sides may be listed; absent: as a whole, and nothing is kept for later runs. */
  listing?: ListingChoice;
  /** Of the times by which runs have folders in a trash, those whose folders are to go for good; absent: none are. */
  trashOver?: (times: readonly Date[]) => Promise<readonly Date[]>;
  /** What the mapping sets of the job make of items; absent: nothing comes along but what always does. */
  mapping?: ItemMapping;
  /** Whether nothing but changed mappings is applied, to items that were brought over before; absent: everything is planned. */
  isReapply?: boolean;
  /** The run that is undone instead of a new one being planned; absent: none. */
  undo?: UndoneRun;
}

/** A job's mapping sets, compiled against the names of both platforms. */
export type ItemMapping = Pick<Mapping, 'details' | 'map'>;

export interface ListingChoice {
  /** Both sides are to be listed as a whole. */
  isFull: boolean;
  /** Equal as long as the same account of the same connection lists with the same settings. */
  settings: Readonly<Record<Side, string>>;
}

/**
 * How the work on a run ended. STOPPED: control asked for it; HALTED: an item failed and the policy is HALT; ASKING:
 * a person has to say that what stands at a place is right, and going on is that answer; BROKEN: an
 * error concerns the account or the whole run. In all of them pending steps remain and `executeRun` can be called again.
 */
export type RunEnd =
  | { kind: 'DONE' }
  | { kind: 'STOPPED' }
  | { kind: 'AWAITING_APPROVAL' }
  | { kind: 'ASKING'; question: string }
  | { kind: 'HALTED'; message: string }
  | { kind: 'BROKEN'; error: PlatformError };

/** A context at work: requests that wait for calls are counted, so that the run waits while any of them does. */
export interface ActiveContext extends RunContext {
  waits: Waits;
  /** Of the side that is read. */
  sifter: Sifter;
  /** Of the side that is changed, about which filters are where both sides are; empty elsewhere. */
  sifterThere: Sifter;
  /** By which is decided. */
  table: TransferTable;
  /** What people call the side that is read and the one that is changed, see `mirrored`. */
  words: SideWords;
  /** Whether nobody carries out the plan that is made. */
  isPreview: boolean;
  /** Keys of what this run wrote before on the side that is read now, and could not verify. */
  unproved: ReadonlySet<string>;
  /** Of files of the source that come as files of their own. */
  formers: FormerContents;
  /** Of the destination of the job. */
  groups: NewGroups;
  /** SHA-256 of what was read while the plan is made, where it is asked for again for the other side. */
  read: Map<string, string>;
}

/** Throws a `PlatformError` for a type of transfer that is not carried out. */
export function activate(context: RunContext): ActiveContext {
  const { rules = [], sourceRoot, destinationRoot, clock, transferType, policies } = context;
  const table = tableOf(transferType, policies);
  if (!table) throw notCarriedOut(transferType);
  if (policies.deletePermanently) assertRemovesForGood(context, table);
  const waits = new Waits((until) => context.report.waiting(until));
  const sifter = new Sifter(rules, sourceRoot, clock.now(), table.kinds);
  const sifterThere = new Sifter(writesSource(table) ? rules : [], destinationRoot, clock.now(), table.kinds);
  const made = { words: AS_NAMED, isPreview: false, unproved: new Set<string>(), read: new Map<string, string>() };
  const [formers, groups] = [new FormerContents(context), new NewGroups(context)];
  return { ...context, waits, sifter, sifterThere, table, formers, groups, ...made };
}

/** A platform that keeps what is removed would do less than the job asks for. */
function assertRemovesForGood({ source, destination }: RunContext, table: TransferTable): void {
  for (const side of sidesTakenFrom(table)) {
    const platform = side === 'SOURCE' ? source : destination;
    if (platform.destination?.removesForGood) continue;
    throw new PlatformError('REJECTED', `The ${side.toLowerCase()} cannot delete for good.`, {
      remedy: 'Let deletions go to the recycle bin.',
    });
  }
}

const notCarriedOut = (type: TransferType) =>
  new PlatformError('REJECTED', `This version does not carry out ${type} with these policies.`, {
    remedy: 'Choose another type of transfer.',
  });

export class Waits {
  private readonly open = new Map<object, Date>();
  private readonly listeners: (() => void)[] = [];

  constructor(private readonly report: (until: Date | null) => void) {}

  get isWaiting(): boolean {
    return this.open.size > 0;
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  set(call: object, until: Date | null): void {
    if (until) this.open.set(call, until);
    else this.open.delete(call);
    const times = [...this.open.values()].map((time) => time.getTime());
    this.report(times.length > 0 ? new Date(Math.min(...times)) : null);
    for (const listener of this.listeners) listener();
  }
}

/** What each request of the run to one side carries. */
export function callTo(
  side: Side,
  context: Pick<ActiveContext, 'owner' | 'report' | 'share' | 'waits'>,
  signal: AbortSignal,
): Call {
  // Many requests wait on one signal; that is no leak, whatever Node suspects from eleven listeners on.
  setMaxListeners(0, signal);
  const call: Call = {
    signal,
    priority: 'JOB',
    owner: context.owner,
    share: context.share?.() ?? 1,
    onWait: (until) => context.waits.set(call, until),
    onCall: ({ throttled }) => context.report.called(side, throttled),
  };
  return call;
}
