import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { GraphQLSchema } from 'graphql';
import { Authorized, Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { Base } from '../base.js';
import type { Context } from '../graphql/context.js';
import type { Domain } from '../graphql/domain.js';
import { enumType } from '../graphql/enums.js';
import { DateTime, Duration } from '../graphql/scalars.js';
import { printApiSchema } from '../graphql/schema.js';
import { WORKER_STATES } from '../processes/supervisor.js';

@Authorized('IDENTITY')
@ObjectType()
export class ApiLimits {
  @Field(() => Int)
  maxDepth!: number;

  @Field(() => Int)
  maxCost!: number;

  @Field(() => Int)
  costPerMinute!: number;

  @Field(() => Int)
  maxAliases!: number;

  @Field(() => Int)
  maxRootFields!: number;

  @Field(() => Int)
  maxTokens!: number;

  @Field(() => Int)
  maxBodyBytes!: number;

  @Field(() => Int)
  maxSubscriptionsPerSocket!: number;

  @Field(() => Duration)
  eventRetention!: number;

  @Field(() => Duration)
  idempotencyRetention!: number;

  @Field(() => Duration)
  planValidity!: number;
}

export const WorkerState = enumType('WorkerState', WORKER_STATES);

@Authorized('IDENTITY')
@ObjectType()
export class WorkerStatus {
  @Field(() => WorkerState)
  state!: keyof typeof WorkerState;

  @Field(() => DateTime)
  since!: Date;

  @Field(() => Int)
  restartCount!: number;

  @Field(() => String, { nullable: true })
  message!: string | null;
}

@Authorized('ANYONE')
@ObjectType()
export class ServerInfo {
  @Field(() => String)
  version!: string;

  @Authorized('IDENTITY')
  @Field(() => String)
  schemaHash!: string;

  @Field(() => DateTime)
  time!: Date;

  @Authorized('IDENTITY')
  @Field(() => ApiLimits)
  limits!: ApiLimits;

  @Authorized('IDENTITY')
  @Field(() => WorkerStatus, { nullable: true })
  worker!: WorkerStatus | null;
}

@Resolver(() => ServerInfo)
export class ServerResolver {
  private hash: string | null = null;

  constructor(
    private readonly base: Pick<Base, 'clock' | 'config'>,
    private readonly schema: () => GraphQLSchema,
    private readonly worker: () => WorkerStatus | null,
  ) {}

  @Authorized('ANYONE')
  @Query(() => ServerInfo, { nullable: true })
  server(): ServerInfo {
    this.hash ??= createHash('sha256').update(printApiSchema(this.schema())).digest('hex');
    const { clock, config } = this.base;
    const time = new Date(clock.now());
    return { version, schemaHash: this.hash, time, limits: config.limits, worker: this.worker() };
  }

  /** Cursor that was read before the operation began, so that the rest of the answer includes every event up to it. */
  @FieldResolver(() => String, { nullable: true })
  cursor(@Ctx() context: Context): string | null {
    return context.caller && context.cursor;
  }
}

const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
const version = (JSON.parse(manifest) as { version: string }).version;

/**
 * Facts about the server; callers who are not signed in get its version and time only. `worker`: the worker process that
 * this one watches; null where workers are started separately.
 */
export function createServerInfo(base: Base, schema: () => GraphQLSchema, worker: () => WorkerStatus | null): Domain {
  return {
    resolvers: [new ServerResolver(base, schema, worker)],
  };
}
