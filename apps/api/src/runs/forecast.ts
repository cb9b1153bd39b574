import type { Side } from '@sluice/core/plan';
import type { Base } from '../base.js';
import { inBatches } from '../db/batch.js';
import type { Forecast } from '../budgets/pool.js';
import type { BudgetService } from '../budgets/service.js';
import type { CallEstimate, RateBudget } from '../budgets/types.js';
import type { JobRow, JobStore } from '../jobs/job.store.js';
import type { ConnectionAccess } from '../jobs/ports.js';
import type { RunStore } from './run.store.js';
import { restAtRate, type Statistics } from './statistics.js';
import type { RunRow } from './store-context.js';

const HOUR_MS = 3_600_000;

/** The time at which the last of the calls is made, by what the budget allows, epoch ms; null when that is unknown. */
export function lastCallAt(
  callsNeeded: number,
  { hourly, reserveShare, callsLastMinute }: Pick<RateBudget, 'hourly' | 'reserveShare' | 'callsLastMinute'>,
  now: number,
): number | null {
  if (callsNeeded === 0) return now;
  const { limit, remaining, resetsAt } = hourly;
  if (limit === null || remaining === null) return null;
  const usable = Math.max(1, Math.floor(limit * (1 - reserveShare)));
  const left = Math.max(0, remaining - (limit - usable));
  if (callsNeeded <= left) return callsLastMinute > 0 ? now + (callsNeeded / callsLastMinute) * 60_000 : null;
  if (resetsAt === null) return null;
  const later = callsNeeded - left;
  const fullHours = Math.ceil(later / usable) - 1;
  return resetsAt + fullHours * HOUR_MS;
}

/** Forecasts of the calls that runs still need, and of the times at which they are done. */
export class ForecastService {
  private readonly jobById: (id: string) => Promise<JobRow | null>;

  constructor(
    private readonly base: Base,
    jobs: JobStore,
    private readonly runs: RunStore,
    private readonly budgets: BudgetService,
    private readonly connections: ConnectionAccess,
  ) {
    this.jobById = inBatches((ids) => jobs.byIds(ids));
  }

  /** Estimates for the calls of a job, one for each budget that they take from; empty where calls are not limited. */
  async estimate(
    { sourceConnectionId, destinationConnectionId }: Pick<JobRow, 'sourceConnectionId' | 'destinationConnectionId'>,
    { all, atSource }: Calls,
  ): Promise<CallEstimate[]> {
    const there = await this.connections.budgetIdOf(destinationConnectionId);
    if (atSource === 0 || all === null) return this.ofBudget(there, all);
    const from = await this.connections.budgetIdOf(sourceConnectionId);
    if (from === there) return this.ofBudget(there, all);
    return [...(await this.ofBudget(there, all - atSource)), ...(await this.ofBudget(from, atSource))];
  }

  private async ofBudget(budgetId: string | null, callsNeeded: number | null): Promise<CallEstimate[]> {
    const budget = budgetId === null ? null : await this.budgets.byId(budgetId);
    if (budget === null) return [];
    const at = callsNeeded === null ? null : lastCallAt(callsNeeded, budget, this.base.clock.now());
    const finishAt = at === null ? null : new Date(at);
    return [{ budget, callsNeeded, callsLeftThisHour: budget.hourly.remaining, finishAt }];
  }

  async ofRun(run: RunRow): Promise<CallEstimate[]> {
    const job = await this.jobById(run.jobId);
    if (job === null) return [];
    return this.estimate(job, { all: neededBy(run), atSource: neededAtSource(run) });
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
    const [needs, budgets] = [await this.runs.needsOfBudgets(ids), await this.budgets.byIds(ids)];
    return ids.map((id, index) => {
      const ofBudget = needs.filter(({ budgetId }) => budgetId === id).map(neededAt);
      const isKnown = ofBudget.every((needed) => needed !== null);
      const callsNeeded = isKnown ? ofBudget.reduce((sum, needed) => sum + (needed ?? 0), 0) : null;
      const budget = budgets[index];
      const at = !budget || callsNeeded === null ? null : lastCallAt(callsNeeded, budget, this.base.clock.now());
      return { callsNeeded, finishAt: at === null ? null : new Date(at) };
    });
  }
}

/** Calls that are needed, null where that is not known yet, and those of them that change the source. */
interface Calls {
  all: number | null;
  atSource: number;
}

const neededAtSource = ({ counters }: Pick<RunRow, 'counters'>) => Math.max(0, counters.callsAtSource ?? 0);

function neededAt({ side, ...run }: Pick<RunRow, 'counters'> & { side: Side }): number | null {
  if (side === 'SOURCE') return neededAtSource(run);
  const all = neededBy(run);
  return all === null ? null : Math.max(0, all - neededAtSource(run));
}

const neededBy = ({ counters }: Pick<RunRow, 'counters'>) =>
  counters.itemsPlanned === null ? null : Math.max(0, counters.callsNeeded);
