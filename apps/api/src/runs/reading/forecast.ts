import { callsUntilDone, expectedCalls, noExperience } from '@sluice/core/http';
import { SIDES, type Side } from '@sluice/core/plan';
import type { JobRow, RunRow } from '../../db/row-types.js';
import type { Base } from '../../base.js';
import { inBatches } from '../../db/batch.js';
import type { Forecast } from '../../budgets/pool.js';
import type { BudgetService } from '../../budgets/budget.service.js';
import type { CallEstimate, RateBudget } from '../../budgets/budget.types.js';
import type { PlanTotals } from '../../db/tables/plans.js';
import type { JobStore } from '../../jobs/job.store.js';
import type { ConnectionAccess } from '../../jobs/ports.js';
import { experienceOf, foreseenBy, onSides, type BudgetNeed, type CallFigures } from './call-needs.js';
import type { RunOfBudget, RunStore } from './run.store.js';
import { restAtRate, type Statistics } from './statistics.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DEFAULT_SHARE = 1;

/** The time at which the last of the calls is made, by what the budget allows, epoch ms; null when that is unknown. */
export function lastCallAt(
  calls: number,
  { hourly, reserveShare, callsPerMinute }: Pick<RateBudget, 'hourly' | 'reserveShare' | 'callsPerMinute'>,
  now: number,
): number | null {
  if (calls === 0) return now;
  const { limit, remaining, resetsAt } = hourly;
  if (limit === null || remaining === null) return null;
  const usable = Math.max(1, Math.floor(limit * (1 - reserveShare)));
  const left = Math.max(0, remaining - (limit - usable));
  const spanOf = (count: number) => (callsPerMinute ? (count / callsPerMinute) * MINUTE_MS : null);
  if (calls <= left) {
    const span = spanOf(calls);
    return span === null ? null : now + span;
  }
  if (resetsAt === null) return null;
  const later = calls - left;
  const fullHours = Math.ceil(later / usable) - 1;
  return resetsAt + fullHours * HOUR_MS + (spanOf(later - fullHours * usable) ?? 0);
}

/** Forecasts of the calls that runs still need, and of the times at which they are done: the same wherever they are shown. */
export class ForecastService {
  private readonly jobById: (id: string) => Promise<JobRow | null>;
  private readonly runsOf: (budgetId: string) => Promise<RunOfBudget[] | null>;

  constructor(
    private readonly base: Base,
    jobs: JobStore,
    runs: RunStore,
    private readonly budgets: BudgetService,
    private readonly connections: ConnectionAccess,
  ) {
    this.jobById = inBatches((ids) => jobs.byIds(ids));
    this.runsOf = inBatches(async (ids) => {
      const found = await runs.ofBudgets(ids);
      return ids.map((id) => found.filter(({ budgetId }) => budgetId === id));
    });
  }

  /** Estimates for a plan, one for each budget that it takes calls from; empty where calls are not limited. */
  ofPlan(job: JobRow, { calls: all, source }: PlanTotals): Promise<CallEstimate[]> {
    const atSource = source?.calls ?? 0;
    const need = (foreseen: number) => ({ runId: null, share: shareOf(job), foreseen, experience: noExperience() });
    return this.estimate(job, atSource > 0, (_, sides) => need(onSides(sides, all, atSource)));
  }

  async ofRun(run: CallFigures & Pick<RunRow, 'id' | 'jobId'>): Promise<CallEstimate[]> {
    const job = await this.jobById(run.jobId);
    if (job === null) return [];
    const needsSource = (foreseenBy(run, ['SOURCE']) ?? 0) > 0;
    return this.estimate(job, needsSource, (budgetId, sides) =>
      needOf({ ...run, budgetId, sides, share: shareOf(job) }),
    );
  }

  /** The time at which a run is done: by its rate or by its budget, whichever is later. */
  async finishOf(statistics: Statistics): Promise<Date | null> {
    const { run } = statistics;
    if (run.activeJobId === null || run.counters.itemsPlanned === null || run.state === 'PAUSED') return null;
    const rest = restAtRate(statistics);
    const estimates = await this.ofRun(run);
    const now = this.base.clock.now();
    const ends = estimates.map(({ finishAt }) => finishAt?.getTime() ?? null);
    const times = [rest === null ? null : now + rest, ...ends].filter((time) => time !== null);
    return times.length === 0 ? null : new Date(Math.max(...times));
  }

  /** Calls that all runs in progress need of each budget. */
  async ofBudgets(ids: readonly string[]): Promise<Forecast[]> {
    const [runs, budgets] = await Promise.all([Promise.all(ids.map(this.runsOf)), this.budgets.byIds(ids)]);
    return ids.map((_, index) => {
      const budget = budgets[index] ?? null;
      const needs = (runs[index] ?? []).map(needOf);
      const calls = needs.map((need) => (budget === null ? null : callsOf(need, budget, needs)));
      const callsNeeded = calls.reduce((sum, each) => (sum === null || each === null ? null : sum + each), 0);
      return { callsNeeded, finishAt: this.lastCall(callsNeeded, budget) };
    });
  }

  private async estimate(
    { sourceConnectionId, destinationConnectionId }: JobRow,
    needsSource: boolean,
    need: (budgetId: string, sides: readonly Side[]) => BudgetNeed,
  ): Promise<CallEstimate[]> {
    if (destinationConnectionId === null) return this.ofScan(sourceConnectionId, need);
    const there = await this.connections.budgetIdOf(destinationConnectionId);
    const from = needsSource ? await this.connections.budgetIdOf(sourceConnectionId) : null;
    if (from === there && there !== null) return this.ofBudget(there, need(there, SIDES));
    const ofSides = [
      [there, 'DESTINATION'],
      [from, 'SOURCE'],
    ] as const;
    const estimates = ofSides.map(async ([id, side]) => (id === null ? [] : this.ofBudget(id, need(id, [side]))));
    return (await Promise.all(estimates)).flat();
  }

  /** A scan has calls at its one place only, and how many they are is not known before. */
  private async ofScan(
    connectionId: string,
    need: (budgetId: string, sides: readonly Side[]) => BudgetNeed,
  ): Promise<CallEstimate[]> {
    const budgetId = await this.connections.budgetIdOf(connectionId);
    return budgetId === null ? [] : this.ofBudget(budgetId, { ...need(budgetId, ['SOURCE']), foreseen: null });
  }

  private async ofBudget(budgetId: string, need: BudgetNeed): Promise<CallEstimate[]> {
    const [budget, runs] = await Promise.all([this.budgets.byId(budgetId), this.runsOf(budgetId)]);
    if (budget === null) return [];
    const running = (runs ?? []).filter(({ id }) => id !== need.runId);
    const all = [need, ...running.map(needOf)];
    const callsNeeded = callsOf(need, budget, all);
    const others = running.filter(({ state }) => state !== 'PAUSED').map(needOf);
    const shares = others.map((other) => ({ calls: callsOf(other, budget, all) ?? 0, share: other.share }));
    const calls = callsNeeded === null ? null : callsUntilDone({ calls: callsNeeded, share: need.share }, shares);
    const finishAt = this.lastCall(calls, budget);
    return [{ budget, callsNeeded, callsLeftThisHour: budget.hourly.remaining, finishAt }];
  }

  private lastCall(calls: number | null, budget: RateBudget | null): Date | null {
    const at = calls === null || budget === null ? null : lastCallAt(calls, budget, this.base.clock.now());
    return at === null ? null : new Date(at);
  }
}

/** Calls that are needed, by what work with the client has taken, that of all runs in progress included; null until they are known. */
const callsOf = ({ foreseen }: BudgetNeed, budget: RateBudget, all: readonly BudgetNeed[]): number | null =>
  foreseen === null ? null : expectedCalls(foreseen, budget.experience, ...all.map(({ experience }) => experience));

type NeedRow = CallFigures & Pick<RunOfBudget, 'id' | 'budgetId' | 'share'> & { sides: readonly Side[] };

const shareOf = ({ policies }: JobRow): number => policies.budgetShare ?? DEFAULT_SHARE;

const needOf = ({ id, share = DEFAULT_SHARE, budgetId, sides, ...run }: NeedRow): BudgetNeed => ({
  runId: id,
  share,
  foreseen: foreseenBy(run, sides),
  experience: experienceOf(run, budgetId, sides),
});
