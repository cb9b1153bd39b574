import { approvalsBefore, type ApprovalState } from '@sluice/core/job';
import type { PlanRow, RunRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import type { Transaction } from '../db/database.js';
import type { JobService } from '../jobs/job.service.js';
import { readText } from '../jobs/texts.js';
import { notFound, Problems, Refusal, wrongState } from '../problems.js';
import { beginPlan } from '../runs/lifecycle/store-begin.js';
import { WORK_CHANNEL } from '../runs/stream/channels.js';
import type { Gate } from '../runs/lifecycle/gate.js';
import { requireCurrent, type RunService } from '../runs/lifecycle/run.service.js';
import { changePlan } from '../runs/engine-store/store-state.js';
import { settleRun } from '../runs/lifecycle/store-settle.js';
import type { PlanStore } from './plan.store.js';

const MAX_COMMENT_CHARACTERS = 1000;
const NO_UNDO = 'A SCAN changes nothing that could be undone.';
const NO_PLAN = 'A SCAN writes nothing, so there is nothing to plan; start a run.';

/** Asks for plans, and decides about them. */
export class PlanService {
  constructor(
    private readonly base: Base,
    private readonly jobs: JobService,
    private readonly runs: RunService,
    private readonly gate: Gate,
    readonly store: PlanStore,
  ) {}

  refresh(jobId: string, signal?: AbortSignal): Promise<void> {
    return this.gate.refresh(jobId, signal);
  }

  /** Stores a plan to be made by the runner. */
  async create(tx: Transaction, jobId: string, actorId: string): Promise<PlanRow> {
    const job = await this.gate.enter(tx, jobId);
    if (job.transferType === 'SCAN') throw new Refusal({ code: 'INVALID', message: NO_PLAN, field: ['jobId'] });
    tx.onCommit(() => this.base.hub.wake(WORK_CHANNEL));
    const id = await beginPlan(tx, this.base.db, job, { actorId, runId: null }, this.runs.writeContext);
    return this.require(id, tx);
  }

  /** Stores a plan that undoes a run, to be made by the runner. */
  async createUndo(tx: Transaction, runId: string, actorId: string): Promise<PlanRow> {
    const run = await this.requireRun(runId, tx);
    const job = await this.gate.enter(tx, run.jobId);
    if (job.transferType === 'SCAN') throw new Refusal({ code: 'INVALID', message: NO_UNDO, field: ['runId'] });
    const [done] = await this.store.byIds([run.planId], tx);
    if (!done || done.isPruned) {
      const message = 'What this run did is remembered no longer, so that nothing can be undone.';
      throw new Refusal({ code: 'INVALID', message, field: ['runId'] });
    }
    tx.onCommit(() => this.base.hub.wake(WORK_CHANNEL));
    const asked = { actorId, runId: null, undoesId: runId };
    return this.require(await beginPlan(tx, this.base.db, job, asked, this.runs.writeContext), tx);
  }

  /** The job of a run that may be undone. */
  async jobOfRun(runId: string): Promise<string> {
    return (await this.requireRun(runId)).jobId;
  }

  private async requireRun(runId: string, tx?: Transaction): Promise<RunRow> {
    const run = await this.runs.store.byId(runId, tx);
    if (run === null) throw notFound('run', 'runId');
    return run;
  }

  /** Allows a plan to be carried out; a run that waits for it goes on. */
  async approve(id: string, digest: string, comment: string | null, actorId: string): Promise<PlanRow> {
    return this.decide(id, 'APPROVED', comment, actorId, async (tx, plan, waiting) => {
      await this.requireApprovable(tx, plan, digest, waiting !== null);
      if (waiting === null) return;
      await changePlan(tx, this.base.db, plan, { phase: 'TRANSFERRING' });
      await this.runs.continue(tx, waiting);
    });
  }

  private async requireApprovable(tx: Transaction, plan: PlanRow, digest: string, isAwaited: boolean): Promise<void> {
    if (plan.taskState !== 'SUCCEEDED') {
      throw wrongState('The plan is not complete.', plan.taskState, ['SUCCEEDED'], true);
    }
    if (plan.digest !== digest) {
      const message = 'The plan is not the one that was seen; look at it again.';
      throw new Refusal({ code: 'PLAN_OUTDATED', message, field: ['digest'] });
    }
    const job = await this.jobs.store.byId(plan.jobId, tx);
    if (job === null) throw notFound('job');
    // A run that waits for this approval works by the job's version of its start: a later change of the job concerns the next run.
    const version = isAwaited ? job.version : plan.jobVersion;
    requireCurrent({ ...plan, jobVersion: version }, job, this.base.clock.now(), ['id']);
  }

  /** Forbids a plan; a run that waits for it ends. */
  async reject(id: string, comment: string | null, actorId: string): Promise<PlanRow> {
    return this.decide(id, 'REJECTED', comment, actorId, async (tx, _plan, waiting) => {
      if (waiting === null) return;
      await settleRun(tx, this.base.db, waiting, { state: 'CANCELED', reason: null }, this.runs.writeContext);
    });
  }

  private decide(
    id: string,
    decision: 'APPROVED' | 'REJECTED',
    comment: string | null,
    actorId: string,
    effect: (tx: Transaction, plan: PlanRow, waiting: RunRow | null) => Promise<void>,
  ): Promise<PlanRow> {
    const problems = new Problems();
    const text = comment === null ? null : readText(comment, MAX_COMMENT_CHARACTERS, problems, ['comment']);
    problems.refuseIfAny();
    return this.base.db.transact(async (tx) => {
      const { plan, run } = await this.lockWithRun(tx, id);
      if (plan.approvalState === decision) return plan;
      requireUndecided(plan, decision);
      const waiting = run?.state === 'AWAITING_APPROVAL' ? run : null;
      const isUsed = plan.runId !== null && waiting === null;
      if (isUsed) throw wrongState('The plan is carried out already.', plan.approvalState, ['PENDING']);
      await effect(tx, plan, waiting);
      const fields = { approvalState: decision, decidedById: actorId, comment: text };
      await changePlan(tx, this.base.db, plan, fields);
      await this.base.changes.record(tx, { topic: 'PLAN', change: 'UPDATED', subjectId: id, relatedId: plan.jobId });
      return { ...plan, ...fields };
    });
  }

  /** Locks the run before its plan, in the order in which the worker does. */
  private async lockWithRun(tx: Transaction, id: string): Promise<{ plan: PlanRow; run: RunRow | null }> {
    const [known] = await this.store.byIds([id], tx);
    const run = known?.runId ? await this.runs.store.lock(tx, known.runId) : null;
    const plan = await this.store.lock(tx, id);
    if (plan === null) throw notFound('plan');
    return { plan, run };
  }

  /** Whether the plan may be carried out now; one that waits too long expires. */
  approvalStateOf(plan: PlanRow): ApprovalState {
    return approvalStateOf(plan, this.base.clock.now());
  }

  private async require(id: string, tx: Transaction): Promise<PlanRow> {
    const [row] = await this.store.byIds([id], tx);
    if (!row) throw notFound('plan');
    return row;
  }
}

function requireUndecided(plan: PlanRow, decision: ApprovalState): void {
  if (plan.approvalState === 'SUPERSEDED')
    throw new Refusal({ code: 'PLAN_OUTDATED', message: 'A newer plan exists; use that one.', field: ['id'] });
  const open = approvalsBefore(decision);
  if (!open.includes(plan.approvalState)) throw wrongState('The plan was rejected.', plan.approvalState, open);
}

/** Whether the plan may be carried out at that time; one that waits too long expires. */
export function approvalStateOf(plan: PlanRow, now: number): ApprovalState {
  const isOpen = approvalsBefore('EXPIRED').includes(plan.approvalState);
  const isLate = plan.expiresAt !== null && plan.expiresAt.getTime() <= now;
  return isOpen && isLate && plan.runId === null ? 'EXPIRED' : plan.approvalState;
}
