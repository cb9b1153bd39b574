import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { GraphQLSchema } from 'graphql';
import { Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { Base } from '../base.js';
import type { Domain } from '../graphql/domain.js';
import { DateTime, Duration } from '../graphql/scalars.js';
import { printApiSchema } from '../graphql/schema.js';

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

@ObjectType()
export class ServerInfo {
  @Field(() => String)
  version!: string;

  @Field(() => String)
  schemaHash!: string;

  @Field(() => DateTime)
  time!: Date;

  @Field(() => ApiLimits)
  limits!: ApiLimits;
}

@Resolver()
export class ServerResolver {
  private hash: string | null = null;

  constructor(
    private readonly base: Pick<Base, 'clock' | 'config'>,
    private readonly schema: () => GraphQLSchema,
  ) {}

  @Query(() => ServerInfo, { nullable: true })
  server(): ServerInfo {
    this.hash ??= createHash('sha256').update(printApiSchema(this.schema())).digest('hex');
    const { clock, config } = this.base;
    return { version, schemaHash: this.hash, time: new Date(clock.now()), limits: config.limits };
  }
}

const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
const version = (JSON.parse(manifest) as { version: string }).version;

/** What the server tells about itself; strangers learn its version and time only. */
export function createServerInfo(base: Base, schema: () => GraphQLSchema): Domain {
  return {
    resolvers: [new ServerResolver(base, schema)],
    rights: { 'Query.server': 'NOTHING', 'ServerInfo.schemaHash': 'IDENTITY', 'ServerInfo.limits': 'IDENTITY' },
  };
}
