import type { Clock } from '@sluice/core/http';
import { GraphQLError } from 'graphql';
import { Attempts } from '../access/attempts.js';
import type { AuditOutcome } from '../db/tables/audit.js';
import type { Context } from '../graphql/context.js';
import type { Asker, MutationCall, MutationRecorder } from '../graphql/mutation-recorder.js';
import type { Problem } from '../problems.js';
import { networkOf } from '../net/client-address.js';
import { Attempt } from './attempt.js';
import type { AuditLog, ToldEvent } from './audit-log.js';

/** Events of refusals that cost nothing which one caller, or one network of strangers, may cause in a minute. */
const FREE_EVENTS = 60;
/** Action of the event that tells how many refusals were not worth an event of their own. */
const LEFT_OUT_ACTION = 'auditEventsLeftOut';
const DENIED: ReadonlySet<unknown> = new Set(['FORBIDDEN', 'UNAUTHENTICATED', 'SIGN_IN_FAILED', 'RATE_LIMITED']);

type Answer = { userErrors?: readonly Pick<Problem, 'code' | 'field'>[] } & Record<string, unknown>;

/**
 * One event for every mutation, allowed or denied. What carries a mutation out writes the event in its own transaction;
 * what changes nothing is told afterwards, before the answer.
 */
export class MutationAudit implements MutationRecorder {
  private readonly free: Attempts;
  private readonly summaries: Attempts;
  private leftOutCount = 0;

  constructor(
    private readonly log: AuditLog,
    clock: Clock,
  ) {
    this.free = new Attempts(clock, FREE_EVENTS);
    this.summaries = new Attempts(clock, 1);
  }

  async carryOut<T>(call: MutationCall, work: () => Promise<T>): Promise<T> {
    const attempt = new Attempt(call);
    return this.log.during(attempt, async () => {
      const answer = await work().catch(async (error: unknown) => {
        await this.tellUnlessWritten(attempt, outcomeOfError(error), null);
        throw error;
      });
      await this.tellUnlessWritten(attempt, outcomeOf(answer as Answer | null), answer as Answer | null);
      await this.tellLeftOut();
      return answer;
    });
  }

  async refused(actions: readonly string[], context: Context): Promise<void> {
    for (const action of actions)
      await this.tellIfFew({ ...originOf(context), action, outcome: 'DENIED', targetId: null, changes: [] });
  }

  private async tellUnlessWritten(attempt: Attempt, outcome: AuditOutcome, answer: Answer | null): Promise<void> {
    if (attempt.isWritten) return;
    const { call, actorId, askedTarget } = attempt;
    const targetId = outcome === 'SUCCEEDED' ? (madeId(answer) ?? askedTarget) : askedTarget;
    const event = { ...originOf(call.context), actorId, action: call.action, outcome, targetId, changes: [] };
    await (actorId === null && outcome !== 'SUCCEEDED' ? this.tellIfFew(event) : this.log.tell(event));
  }

  /** What costs nothing could fill the store: beyond a number a minute it is only counted. */
  private async tellIfFew(event: ToldEvent): Promise<void> {
    const key = event.actorId ?? networkOf(event.ipAddress ?? '');
    if (this.free.secondsToWait(key) > 0) {
      this.leftOutCount++;
      return;
    }
    this.free.add(key);
    await this.log.tell(event);
  }

  /** Tells, at most once a minute, how many events were left out. */
  private async tellLeftOut(): Promise<void> {
    if (this.leftOutCount === 0 || this.summaries.secondsToWait('') > 0) return;
    this.summaries.add('');
    const changes = [{ field: ['count'], before: null, after: String(this.leftOutCount) }];
    this.leftOutCount = 0;
    const nobody = { actorId: null, targetId: null, ipAddress: null, requestId: null };
    await this.log.tell({ ...nobody, action: LEFT_OUT_ACTION, outcome: 'DENIED', changes });
  }
}

function originOf({ caller, address, requestId }: Asker) {
  return { actorId: caller?.actorId ?? null, ipAddress: address, requestId };
}

function outcomeOfError(error: unknown): AuditOutcome {
  return error instanceof GraphQLError && DENIED.has(error.extensions['code']) ? 'DENIED' : 'FAILED';
}

/** A wrong password is a denial, also where it is asked for once more. */
function outcomeOf(answer: Answer | null): AuditOutcome {
  const problems = answer?.userErrors ?? [];
  if (problems.length === 0) return 'SUCCEEDED';
  const isDenial = ({ code, field }: Pick<Problem, 'code' | 'field'>) =>
    DENIED.has(code) || (code === 'PASSWORD_REJECTED' && field?.[0] === 'currentPassword');
  return problems.some(isDenial) ? 'DENIED' : 'FAILED';
}

/** Identifier of the object that a payload shows. */
function madeId(answer: Answer | null): string | null {
  const objects = Object.values(answer ?? {}) as ({ id?: unknown } | null)[];
  const ids = objects.map((value) => value?.id).filter((id) => typeof id === 'string');
  return ids[0] ?? null;
}
