import { Arg, Authorized, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { Idempotency } from '../../access/idempotency.js';
import { requireCaller, type Context } from '../../graphql/context.js';
import { AsksPlatform } from '../../graphql/declarations.js';
import { payload } from '../../graphql/payload.js';
import type { JobService } from '../../jobs/job.service.js';
import { JobPayload } from '../../jobs/job.types.js';
import { RunItemSelectionInput } from '../reading/item.types.js';
import { RunPayload, RunStartInput } from '../reading/run.types.js';
import type { RunService } from './run.service.js';

@Resolver()
export class RunControlResolver {
  constructor(
    private readonly service: RunService,
    private readonly jobs: JobService,
    private readonly idempotency: Idempotency,
  ) {}

  @AsksPlatform()
  @Authorized('RUNS_CONTROL')
  @Mutation(() => RunPayload, { nullable: true })
  runStart(
    @Arg('jobId', () => ID) jobId: string,
    @Arg('input', () => RunStartInput, { nullable: true }) input: RunStartInput | null,
    @Arg('idempotencyKey', () => String, { nullable: true }) key: string | null,
    @Ctx() context: Context,
  ) {
    const { actorId } = requireCaller(context);
    const request = { mutation: 'runStart', key, argument: { jobId, input } };
    return payload('run', () =>
      this.idempotency.once(context, request, async () => {
        await this.service.refresh(jobId, context.signal);
        return (tx) => this.service.start(tx, jobId, input ?? {}, actorId);
      }),
    );
  }

  @AsksPlatform()
  @Authorized('RUNS_CONTROL')
  @Mutation(() => RunPayload, { nullable: true })
  mappingReapply(
    @Arg('jobId', () => ID) jobId: string,
    @Arg('idempotencyKey', () => String, { nullable: true }) key: string | null,
    @Ctx() context: Context,
  ) {
    const { actorId } = requireCaller(context);
    const request = { mutation: 'mappingReapply', key, argument: { jobId } };
    return payload('run', () =>
      this.idempotency.once(context, request, async () => {
        await this.service.refresh(jobId, context.signal);
        return (tx) => this.service.reapply(tx, jobId, actorId);
      }),
    );
  }

  @Authorized('RUNS_CONTROL')
  @Mutation(() => RunPayload, { nullable: true })
  runPause(@Arg('id', () => ID) id: string) {
    return payload('run', () => this.service.pause(id));
  }

  @Authorized('RUNS_CONTROL')
  @Mutation(() => RunPayload, { nullable: true })
  runResume(@Arg('id', () => ID) id: string) {
    return payload('run', () => this.service.resume(id));
  }

  @Authorized('RUNS_CONTROL')
  @Mutation(() => RunPayload, { nullable: true })
  runCancel(
    @Arg('id', () => ID) id: string,
    @Arg('isImmediate', () => Boolean, { defaultValue: false }) isImmediate: boolean,
  ) {
    return payload('run', () => this.service.cancel(id, isImmediate));
  }

  @AsksPlatform()
  @Authorized('RUNS_CONTROL')
  @Mutation(() => RunPayload, { nullable: true })
  runItemsRetry(
    @Arg('jobId', () => ID) jobId: string,
    @Arg('items', () => RunItemSelectionInput) items: RunItemSelectionInput,
    @Arg('idempotencyKey', () => String, { nullable: true }) key: string | null,
    @Ctx() context: Context,
  ) {
    const { actorId } = requireCaller(context);
    const request = { mutation: 'runItemsRetry', key, argument: { jobId, items } };
    return payload('run', () =>
      this.idempotency.once(context, request, async () => {
        await this.service.refresh(jobId, context.signal);
        return (tx) => this.service.retry(tx, jobId, items, actorId);
      }),
    );
  }

  @Authorized('RUNS_CONTROL')
  @Mutation(() => JobPayload, { nullable: true })
  runItemsIgnore(
    @Arg('jobId', () => ID) jobId: string,
    @Arg('items', () => RunItemSelectionInput) items: RunItemSelectionInput,
  ) {
    return payload('job', async () => this.jobs.require(await this.service.ignore(jobId, items)));
  }
}
