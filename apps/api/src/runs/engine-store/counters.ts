import type { ItemOutcome, ItemReason, PlanAction, Side, Step } from '@sluice/core/plan';
import type { PlanTotals } from '../../db/tables/plans.js';
import type { RunCounters } from '../../db/tables/runs.js';

/** Outcomes of items that have no reason of their own yet. */
const OPEN: ReadonlySet<ItemOutcome> = new Set(['PENDING', 'IN_PROGRESS']);

/** Outcomes of items that a run has still to deal with. */
export const UNSETTLED = ['PENDING', 'IN_PROGRESS', 'RETRYING'] as const satisfies ItemOutcome[];

export const emptyTotals = (): PlanTotals => ({
  actions: {},
  calls: 0,
  destructive: 0,
  revised: 0,
  unchangedItems: 0,
  unchangedBytes: 0,
});

export const emptyCounters = (): RunCounters => ({
  outcomes: {},
  reasons: {},
  itemsPlanned: null,
  bytesPlanned: null,
  itemsDone: 0,
  bytesDone: 0,
  versionsDone: 0,
  itemsRevised: 0,
  callsNeeded: 0,
  callsAtSource: 0,
  callsDone: 0,
  callsDoneAtSource: 0,
});

/** Adds one step to the totals of a plan. */
export function addToTotals(
  totals: PlanTotals,
  step: Pick<
    Step,
    'action' | 'side' | 'byteCount' | 'callCount' | 'readCallCount' | 'isDestructive' | 'isRevised' | 'existing'
  > & {
    keptAt?: number;
    unsized?: number;
  },
): void {
  if (step.side === 'SOURCE') addToSource(totals, step);
  else if (step.readCallCount) sourceOf(totals).calls += step.readCallCount;
  const action = (totals.actions[step.action] ??= { items: 0, bytes: 0 });
  action.items += 1;
  action.bytes += step.byteCount;
  totals.calls += step.callCount + (step.readCallCount ?? 0);
  totals.destructive += Number(step.isDestructive);
  totals.revised += Number(step.isRevised);
  if (step.unsized) totals.unsized = (totals.unsized ?? 0) + step.unsized;
  if (step.keptAt === undefined) return;
  const kept = (totals.kept ??= { items: 0, bytes: 0 });
  kept.items += 1;
  kept.bytes += step.existing?.size ?? 0;
}

function addToSource(
  totals: PlanTotals,
  { action, callCount, isDestructive }: { action: PlanAction; callCount: number; isDestructive: boolean },
): void {
  const source = sourceOf(totals);
  source.actions[action] = (source.actions[action] ?? 0) + 1;
  source.calls += callCount;
  source.removals += Number(action === 'DELETE' && isDestructive);
}

const sourceOf = (totals: PlanTotals) => (totals.source ??= { actions: {}, calls: 0, removals: 0 });

/** What the counters depend on of one item. */
export interface Counted {
  side: Side;
  outcome: ItemOutcome;
  reason: ItemReason;
  byteCount: number;
  callCount: number;
  readCallCount: number;
  versionsDone: number;
  isRevised: boolean;
  bytesDone: number;
}

/** Updates the counters for items that changed from one outcome to another. */
export function moveItem(counters: RunCounters, from: Counted, to: Counted): void {
  countItem(counters, from, -1);
  countItem(counters, to, 1);
}

function countItem(counters: RunCounters, item: Counted, sign: 1 | -1): void {
  count(counters, item.outcome, item.reason, { items: sign, bytes: sign * item.byteCount });
  const isDone = isItemDone(item.outcome);
  counters.itemsDone += isDone ? sign : 0;
  const calls = isDone ? sign * (item.callCount + item.readCallCount) : 0;
  const atSource = isDone ? sign * callsAtSource(item) : 0;
  counters.callsNeeded -= calls;
  counters.callsDone = (counters.callsDone ?? 0) + calls;
  counters.callsAtSource = (counters.callsAtSource ?? 0) - atSource;
  counters.callsDoneAtSource = (counters.callsDoneAtSource ?? 0) + atSource;
  counters.versionsDone += sign * item.versionsDone;
  counters.bytesDone += sign * item.bytesDone;
  counters.itemsRevised += isDone && item.isRevised && item.outcome !== 'FLAGGED' ? sign : 0;
}

/** The part of what items need that is made at the source: their changes there, or the reading of what goes to the destination. */
export const callsAtSource = ({
  side,
  callCount,
  readCallCount,
}: Pick<Counted, 'side' | 'callCount' | 'readCallCount'>): number => (side === 'SOURCE' ? callCount : readCallCount);

/** Adds items of one outcome and reason; negative figures take them away. */
export function count(
  counters: RunCounters,
  outcome: ItemOutcome,
  reason: ItemReason,
  figures: { items: number; bytes: number },
): void {
  const sum = (counters.outcomes[outcome] ??= { items: 0, bytes: 0 });
  sum.items += figures.items;
  sum.bytes += figures.bytes;
  if (OPEN.has(outcome)) return;
  counters.reasons[reason] = (counters.reasons[reason] ?? 0) + figures.items;
}

/** The figures once all that was not settled is skipped. `retrying`: items that were to be tried again, by why they had failed. */
export function skipUnsettled(counters: RunCounters, retrying: RunCounters['reasons']): RunCounters {
  const { reasons, ...skipped } = structuredClone(counters);
  for (const reason of Object.keys(retrying) as ItemReason[])
    reasons[reason] = (reasons[reason] ?? 0) - (retrying[reason] ?? 0);
  const after = { ...skipped, reasons, callsNeeded: 0, callsAtSource: 0 };
  for (const outcome of UNSETTLED) {
    const figures = after.outcomes[outcome];
    if (figures === undefined) continue;
    count(after, 'SKIPPED', 'CANCELED', figures);
    delete after.outcomes[outcome];
  }
  return after;
}

/** Whether nothing more happens to the item in this run, unless it is tried again. */
export function isItemDone(outcome: ItemOutcome): boolean {
  return !UNSETTLED.some((unsettled) => unsettled === outcome);
}
