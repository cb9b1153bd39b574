import { PlatformError } from '@sluice/core/platform';
import { Question, type RunReport } from '@sluice/core/run';
import type { JobRow, PlanRow } from '../db/row-types.js';
import { isStoreTrouble } from '../store-trouble.js';
import { effectivePolicies } from '../jobs/policies.js';
import type { Problem } from '../problems.js';
import { needsApproval } from '../runs/lifecycle/approval.js';
import { createEngineStore } from '../runs/engine-store/store.js';
import { undoneRunOf } from '../runs/engine-store/steps/store-effects.js';
import { forgetListings } from '../runs/engine-store/listings/store-listings.js';
import { changePlan } from '../runs/engine-store/store-state.js';
import { LeaseLostError, lockPlan, type StoreContext } from '../runs/engine-store/store-context.js';
import { CLEARED_AFTER_MS, SUSPECT_CRASHES } from './crashes.js';
import { PLANNING_STORE_TROUBLE, planningProblem, planningRestMs } from './planning-rest.js';
import type { TaskParts } from './task-parts.js';
import { Steering } from './steering.js';
import { openPlaces, storeContextOf } from './task-context.js';

const DEFECT: Problem = {
  code: 'INTERNAL_ERROR',
  message: 'A defect in the product ended the planning; its log has the details.',
};

/** The work of this process on a plan that no run carries out. */
export class PlanTask {
  readonly steering = new Steering();
  private readonly storeContext: StoreContext;
  private readonly claimedAt: number;
  private isLost = false;
  /** Whether it only waits for calls. */
  isWaiting = false;

  constructor(
    private readonly parts: TaskParts,
    private readonly plan: PlanRow,
  ) {
    const { base } = parts;
    this.claimedAt = base.clock.monotonic();
    const { jobId, id: planId, leaseOwner: lease } = plan;
    this.storeContext = {
      ...storeContextOf(base, { jobId, planId, runId: null, lease }),
      approvalOf: async (complete, tx) => approvalOf(complete, await parts.jobs.store.byId(jobId, tx)),
      onEvents: () => undefined,
    };
  }

  /** Whether it ended its workers several times, and has not been worked on in peace since. */
  get isSuspect(): boolean {
    return this.plan.crashes >= SUSPECT_CRASHES && !this.isCleared;
  }

  private get isCleared(): boolean {
    return this.parts.base.clock.monotonic() - this.claimedAt >= CLEARED_AFTER_MS;
  }

  /** Never rejects. */
  async work(): Promise<void> {
    const beats = new AbortController();
    const beating = this.beat(beats.signal);
    const failure = await this.makePatiently().then(
      () => null,
      (error: unknown) => this.failureOf(error),
    );
    beats.abort();
    await beating;
    if (this.isLost) return;
    await this.settle(failure).catch((error: unknown) => this.tell(error, 'the end of a planning could not be stored'));
  }

  /** Waits for trouble that passes by itself, such as a network that is down, and begins again. */
  private async makePatiently(): Promise<void> {
    for (let rests = 0; ; rests++) {
      try {
        return await this.make();
      } catch (error) {
        const waitMs = this.steering.signal.aborted ? null : planningRestMs(error, rests);
        if (waitMs === null) throw error;
        this.isWaiting = true;
        await this.parts.base.clock.sleep(waitMs, this.steering.signal);
        this.isWaiting = false;
      }
    }
  }

  private async make(): Promise<void> {
    const { base, engine, jobs } = this.parts;
    const job = await jobs.store.byId(this.plan.jobId);
    if (job === null) throw new LeaseLostError('The job was deleted.');
    const policies = effectivePolicies(job.transferType, job.policies);
    const caller = { owner: this.plan.id, share: policies.budgetShare, signal: this.steering.signal };
    await engine.makePlan({
      ...(await openPlaces(this.parts, job, caller, false)),
      policies,
      rules: job.rules,
      store: createEngineStore(base.db, this.storeContext),
      clock: base.clock,
      report: this.report(),
      control: this.steering,
      owner: this.plan.id,
      share: () => policies.budgetShare,
      only: null,
      undo: await undoneRunOf(base.db, this.plan),
    });
  }

  /** Nobody follows a planning; only that it waits is of interest. */
  private report(): RunReport {
    return {
      progress: () => undefined,
      inFlight: () => undefined,
      waiting: (until) => (this.isWaiting = until !== null),
      called: () => undefined,
      discovered: () => undefined,
    };
  }

  /** Why a planning failed; RESTS when it was interrupted or its lease was lost, since it then begins again later. */
  private failureOf(error: unknown): Problem | 'RESTS' | null {
    if (error instanceof LeaseLostError) this.isLost = true;
    if (this.isLost || this.steering.signal.aborted) return 'RESTS';
    if (error instanceof Question) return { code: 'APPROVAL_REQUIRED', message: error.message };
    if (isStoreTrouble(error)) return PLANNING_STORE_TROUBLE;
    if (error instanceof PlatformError) return planningProblem(error);
    this.tell(error, 'a planning failed by a defect');
    return DEFECT;
  }

  private tell(error: unknown, message: string): void {
    if (error instanceof LeaseLostError) return;
    this.parts.base.log.error({ err: error as Error, planId: this.plan.id }, message);
  }

  private async beat(signal: AbortSignal): Promise<void> {
    const { base, leases, plans, beat } = this.parts;
    while (!signal.aborted) {
      const changes = { leaseUntil: leases.until(), ...(this.isCleared ? { crashes: 0 } : {}) };
      const isHeld = await plans.renew(this.plan, changes).catch((error: unknown) => {
        this.tell(error, 'a sign of life of a planning could not be stored');
        return true;
      });
      this.isLost ||= !isHeld;
      if (this.isLost) return this.steering.abort();
      await base.clock.sleep(beat, signal).catch(() => undefined);
    }
  }

  private async settle(failure: Problem | 'RESTS' | null): Promise<void> {
    const { base } = this.parts;
    await base.db.transact(async (tx) => {
      const plan = await lockPlan(tx, base.db, this.storeContext);
      const lease = { leaseOwner: null, leaseUntil: null };
      if (failure === 'RESTS') return changePlan(tx, base.db, plan, lease);
      const end = failure && { taskState: 'FAILED' as const, failure, finishedAt: this.storeContext.now() };
      await changePlan(tx, base.db, plan, { ...lease, ...end });
      await forgetListings(tx, base.db, plan.id);
      await base.changes.record(tx, { topic: 'PLAN', change: 'UPDATED', subjectId: plan.id, relatedId: plan.jobId });
    });
  }
}

/** Whether a person has to approve the plan; one that was superseded meanwhile stays superseded. */
function approvalOf(plan: PlanRow, job: JobRow | null): Partial<PlanRow> {
  if (plan.approvalState !== 'NOT_REQUIRED' || job === null) return {};
  const { deletionGuard: guard } = effectivePolicies(job.transferType, job.policies);
  const removal = { guard, remembered: job.ledgerItemCount };
  return needsApproval(job.approval, plan.totals, job.runCount === 0, removal) ? { approvalState: 'PENDING' } : {};
}
