import { eq, inArray, sql } from 'drizzle-orm';
import type { Base } from '../base.js';
import type { Database, Reader, Transaction } from '../db/database.js';
import type { StoredApprovalState } from '../db/tables/work.js';
import { inOrder } from '../graphql/context.js';
import type { JobService } from '../jobs/job.service.js';
import { readText } from '../jobs/texts.js';
import { notFound, Problems, Refusal, wrongState } from '../problems.js';
import { beginPlan } from '../runs/begin.js';
import { WORK_CHANNEL } from '../runs/channels.js';
import type { Gate } from '../runs/gate.js';
import { requireCurrent, type RunService } from '../runs/run.service.js';
import { settleRun } from '../runs/settle.js';
import type { PlanRow } from '../runs/store-scope.js';

const MAX_COMMENT = 1000;

export class PlanStore {
  constructor(private readonly db: Database) {}

  async byIds(ids: readonly string[], reader: Reader = this.db.reader): Promise<(PlanRow | null)[]> {
    const { plans } = this.db.tables;
    if (ids.length === 0) return [];
    return inOrder(
      ids,
      await reader
        .select()
        .from(plans)
        .where(inArray(plans.id, [...ids])),
    );
  }

  async lock(tx: Transaction, id: string): Promise<PlanRow | null> {
    const { plans } = this.db.tables;
    const [row] = await tx
      .update(plans)
      .set({ stepCount: sql`${plans.stepCount}` })
      .where(eq(plans.id, id))
      .returning();
    return row ?? null;
  }
}

/** What a run would do: plans that people ask for and decide about. */
export class PlanService {
  readonly store: PlanStore;

  constructor(
    private readonly base: Base,
    private readonly jobs: JobService,
    private readonly runs: RunService,
    private readonly gate: Gate,
  ) {
    this.store = new PlanStore(base.db);
  }

  refresh(jobId: string, signal?: AbortSignal): Promise<void> {
    return this.gate.refresh(jobId, signal);
  }

  /** Stores a plan to be made by the runner. */
  async create(tx: Transaction, jobId: string, actorId: string): Promise<string> {
    const job = await this.gate.enter(tx, jobId);
    tx.onCommit(() => this.base.hub.wake(WORK_CHANNEL));
    return beginPlan(tx, this.base.db, job, { actorId, runId: null }, this.runs.scope);
  }

  /** Allows a plan to be carried out; a run that waits for it goes on. */
  async approve(id: string, digest: string, comment: string | null, actorId: string): Promise<PlanRow> {
    return this.decide(id, 'APPROVED', comment, actorId, async (tx, plan) => {
      if (plan.taskState !== 'SUCCEEDED')
        throw wrongState('The plan is not complete.', plan.taskState, ['SUCCEEDED'], true);
      if (plan.digest !== digest) {
        throw new Refusal({
          code: 'PLAN_OUTDATED',
          message: 'The plan is not the one that was seen; look at it again.',
          field: ['digest'],
        });
      }
      const job = await this.jobs.store.byId(plan.jobId, tx);
      if (job === null) throw notFound('job');
      const waiting = await this.waitingRun(tx, plan);
      // A run that waits has the plan of its own version of the job; later changes reach the next run.
      requireCurrent(waiting === null ? plan : { ...plan, jobVersion: job.version }, job, this.base.clock.now(), [
        'id',
      ]);
      if (waiting === null) return;
      await tx
        .update(this.base.db.tables.plans)
        .set({ phase: 'TRANSFERRING' })
        .where(eq(this.base.db.tables.plans.id, id));
      await this.runs.continue(tx, waiting);
    });
  }

  /** Forbids a plan; a run that waits for it ends. */
  async reject(id: string, comment: string | null, actorId: string): Promise<PlanRow> {
    return this.decide(id, 'REJECTED', comment, actorId, async (tx, plan) => {
      const waiting = await this.waitingRun(tx, plan);
      if (waiting !== null)
        await settleRun(tx, this.base.db, waiting, { state: 'CANCELED', reason: null }, this.runs.scope);
    });
  }

  private decide(
    id: string,
    decision: 'APPROVED' | 'REJECTED',
    comment: string | null,
    actorId: string,
    effect: (tx: Transaction, plan: PlanRow) => Promise<void>,
  ): Promise<PlanRow> {
    const problems = new Problems();
    const text = comment === null ? null : readText(comment, MAX_COMMENT, problems, ['comment']);
    problems.refuseIfAny();
    const { plans } = this.base.db.tables;
    return this.base.db.transact(async (tx) => {
      const plan = await this.store.lock(tx, id);
      if (plan === null) throw notFound('plan');
      if (plan.approvalState === decision) return plan;
      const open = ['NOT_REQUIRED', 'PENDING', 'APPROVED'];
      if (plan.approvalState === 'REJECTED') throw wrongState('The plan was rejected.', 'REJECTED', open);
      const isUsed = plan.runId !== null && (await this.waitingRun(tx, plan)) === null;
      if (isUsed) throw wrongState('The plan is carried out already.', plan.approvalState, ['PENDING']);
      await effect(tx, plan);
      const fields = { approvalState: decision, decidedById: actorId, comment: text };
      await tx.update(plans).set(fields).where(eq(plans.id, id));
      await this.base.changes.record(tx, { topic: 'PLAN', change: 'UPDATED', subjectId: id, relatedId: plan.jobId });
      return { ...plan, ...fields };
    });
  }

  private async waitingRun(tx: Transaction, plan: PlanRow) {
    if (plan.runId === null) return null;
    const run = await this.runs.store.lock(tx, plan.runId);
    return run?.state === 'AWAITING_APPROVAL' ? run : null;
  }

  async require(id: string): Promise<PlanRow> {
    const [row] = await this.store.byIds([id]);
    if (!row) throw notFound('plan');
    return row;
  }
}

/** Whether the plan may be carried out at that time; one that waits too long expires. */
export function approvalStateOf(plan: PlanRow, now: number): StoredApprovalState {
  const isOpen =
    plan.approvalState === 'NOT_REQUIRED' || plan.approvalState === 'PENDING' || plan.approvalState === 'APPROVED';
  const isLate = plan.expiresAt !== null && plan.expiresAt.getTime() <= now;
  return isOpen && isLate && plan.runId === null ? 'EXPIRED' : plan.approvalState;
}
