import type { Denial } from '@sluice/core/platform';
import type { PlanAction } from '@sluice/core/plan';
import { AFTER_UNDO, CAPABILITY_OF_LOSS, lossTold, type Loss } from '@sluice/core/run';
import type { JobRow, PlanRow } from '../db/row-types.js';
import type { PlanTotals } from '../db/tables/plans.js';
import type { Context } from '../graphql/context.js';
import type { JobService } from '../jobs/job.service.js';
import { worstFirst, type Issue } from '../jobs/issues.js';
import type { ForecastService } from '../runs/reading/forecast.js';
import type { WorkLoaders } from '../runs/reading/loaders.js';

/** Summaries of plans: totals, calls, losses and warnings. */
export class PlanSummaries {
  constructor(
    private readonly jobs: JobService,
    private readonly forecasts: ForecastService,
    private readonly loaders: WorkLoaders,
  ) {}

  /** What is counted, and what is found out where it is asked for: for the plans of a list each by statements that all share. */
  of(plan: PlanRow, context: Context) {
    const totals = Object.entries(plan.totals.actions).map(([action, { items, bytes }]) => ({
      action: action as PlanAction,
      itemCount: items,
      byteCount: bytes,
    }));
    return {
      totals,
      itemCount: totals.reduce((sum, { itemCount }) => sum + itemCount, plan.totals.unchangedItems),
      destructiveCount: plan.totals.destructive,
      byteCount: totals.reduce((sum, { byteCount }) => sum + byteCount, 0),
      callEstimates: () => this.callEstimates(plan, context),
      warnings: () => this.warnings(plan, context),
    };
  }

  private async callEstimates(plan: PlanRow, context: Context) {
    const job = await this.loaders.job(plan.jobId, context);
    return job === null ? [] : this.forecasts.ofPlan(job, plan.totals);
  }

  private async warnings(plan: PlanRow, context: Context): Promise<Issue[]> {
    const job = await this.loaders.job(plan.jobId, context);
    if (job === null) return [];
    const [denied, losses] = await Promise.all([this.denied(plan, job), this.jobs.losses(job)]);
    const counted = plan.undoesId === null ? countedLosses(plan.totals, losses) : [];
    return worstFirst([...planIssues(plan), ...denied, ...counted]);
  }

  /** What the account of either side may not do of what is planned there. */
  private async denied({ totals }: PlanRow, job: JobRow): Promise<Issue[]> {
    const atSource = totals.source?.actions ?? {};
    const items = Object.entries(totals.actions) as [PlanAction, { items: number }][];
    const there = Object.fromEntries(items.map(([action, { items: all }]) => [action, all - (atSource[action] ?? 0)]));
    const { sourceConnectionId, destinationConnectionId } = job;
    const denials = destinationConnectionId === null ? [] : await this.jobs.denials(destinationConnectionId);
    const found = deniedIssues('destination', there, denials);
    if (Object.keys(atSource).length === 0) return found;
    return [...found, ...deniedIssues('source', atSource, await this.jobs.denials(sourceConnectionId))];
  }
}

/** What stays behind: counted where the plan did so, in the place of what is told of the platforms in general. */
export function countedLosses({ losses = {} }: Pick<PlanTotals, 'losses'>, general: readonly Issue[]): Issue[] {
  const counted = (Object.entries(losses) as [Loss, number][]).map(([loss, itemCount]): Issue => {
    const capability = CAPABILITY_OF_LOSS[loss];
    const code = capability === null ? 'INVALID' : 'CAPABILITY_MISSING';
    return {
      severity: 'WARNING',
      code,
      message: lossTold(loss, itemCount),
      itemCount,
      capability,
      field: null,
      limit: null,
    };
  });
  const told = new Set(counted.map(({ capability }) => capability));
  return [...counted, ...general.filter(({ capability }) => capability === null || !told.has(capability))];
}

/** What the steps themselves show. */
export function planIssues({ totals, undoesId }: Pick<PlanRow, 'totals' | 'undoesId'>): Issue[] {
  const unchanged = (totals.actions.REFUSE?.items ?? 0) + (totals.actions.SKIP?.items ?? 0);
  const changed = Object.values(totals.actions).reduce((sum, { items }) => sum + items, -unchanged);
  const issue = (severity: Issue['severity'], message: string, itemCount: number): Issue[] =>
    itemCount === 0
      ? []
      : [{ severity, code: 'PLATFORM_LIMIT', message, itemCount, field: null, capability: null, limit: null }];
  return [
    ...issue(
      'WARNING',
      'Items are flagged and stay where they are; see their reasons.',
      totals.actions.REFUSE?.items ?? 0,
    ),
    ...issue('WARNING', 'Content at the destination is replaced by a newer version.', totals.destructive),
    ...issue('INFO', keptTold(totals.kept?.bytes ?? 0), totals.kept?.items ?? 0),
    ...issue('INFO', UNSIZED, totals.unsized ?? 0),
    ...issue('INFO', AFTER_UNDO, undoesId === null ? 0 : changed),
    ...issue('INFO', 'Names are adapted to what the destination can hold.', totals.revised),
  ];
}

const UNSIZED =
  'Former versions come whose size the source does not tell before they are read: the bytes are at least those of the plan.';

const keptTold = (bytes: number) =>
  `What is replaced is kept in the trash, so that an undo can bring it back: ${bytes} bytes.`;

/** Warnings that name the planned actions which the account may not do. */
export function deniedIssues(
  side: 'source' | 'destination',
  planned: Partial<Record<PlanAction, number>>,
  denials: readonly Denial[],
): Issue[] {
  return denials.flatMap(({ action, message, remedy }): Issue[] => {
    const itemCount = planned[action] ?? 0;
    if (itemCount === 0) return [];
    const rest = { field: [side], capability: null, limit: null };
    return [{ severity: 'WARNING', code: 'REMOTE_FORBIDDEN', message: `${message} ${remedy}`, itemCount, ...rest }];
  });
}
