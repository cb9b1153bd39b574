import type { JobRow } from '../../db/row-types.js';
import type { Transaction } from '../../db/database.js';
import { connectionIdsOf, stateOf, type JobService } from '../../jobs/job.service.js';
import type { ConnectionAccess } from '../../jobs/ports.js';
import { notFound, Refusal, wrongState } from '../../problems.js';
import { RUN_STATES, isEnded, type JobState } from '@sluice/core/job';
import type { RunStore } from '../reading/run.store.js';

function messageOf(state: JobState, { stopReason }: JobRow): string {
  if (state === 'SUSPENDED') return 'The job is suspended; resume it first.';
  return state === 'STOPPED'
    ? `The job has ended: ${stopReason} Resume it first.`
    : 'The job has errors; see its issues.';
}

/** Decides whether work on a job may begin. */
export class Gate {
  constructor(
    private readonly jobs: JobService,
    private readonly connections: ConnectionAccess,
    private readonly runs: RunStore,
  ) {}

  /** Checks a draft again before a start, because what kept it from running may have been mended. */
  async refresh(jobId: string, signal?: AbortSignal): Promise<void> {
    const job = await this.jobs.store.byId(jobId);
    if (job !== null && (job.isDraft || this.jobs.stateOf(job) === 'DRAFT')) await this.jobs.check(job, signal);
  }

  /** Locks the job. Refuses when it cannot run now. */
  async enter(tx: Transaction, jobId: string): Promise<JobRow> {
    const job = await this.jobs.store.lock(tx, jobId);
    if (job === null) throw notFound('job', 'jobId');
    await this.requireUsable(job);
    const active = await this.runs.activeOf(tx, jobId);
    if (active !== null) {
      throw wrongState(
        'The job has an active run; wait for its end or cancel it.',
        active.state,
        RUN_STATES.filter(isEnded),
        true,
      );
    }
    const state = stateOf(job);
    if (state === 'READY') return job;
    throw wrongState(messageOf(state, job), state, ['READY']);
  }

  private async requireUsable(job: JobRow): Promise<void> {
    const rows = await this.connections.byIds(connectionIdsOf(job));
    for (const [index, row] of rows.entries()) {
      const side = index === 0 ? 'source' : 'destination';
      const problem = { field: ['jobId'], isRetryable: false };
      if (row?.status === 'NEEDS_SIGN_IN') {
        throw new Refusal({
          ...problem,
          code: 'SIGN_IN_REQUIRED',
          message: `The ${side} “${row.name}” needs a sign-in.`,
        });
      }
      if (row === null || row?.status === 'INCOMPLETE' || row?.status === 'NEEDS_PROJECT') {
        const message = `The ${side} “${row?.name ?? ''}” is incomplete: ${row?.statusMessage ?? 'it does not exist.'}`;
        throw new Refusal({ ...problem, code: 'CONNECTION_INCOMPLETE', message });
      }
    }
  }
}
