/**
 * The composition root: everything is made here, once, and given to what needs it.
 *
 * How a domain joins in:
 * - Tables: a function of the kit in `db/tables/<domain>.ts`, called in `db/schema.ts`; then
 *   `npm run migration -- NAME`.
 * - Service: a class over `Base` (base.ts). It reads with `db.reader`, writes with `db.transact`, records what changed
 *   with `changes.record(tx, …)` in the same transaction, and throws a `Refusal` (problems.ts) for what the caller can
 *   correct. Identifiers come from `newId(prefix)`. Tests of stores run in `describeOnBothDatabases` (db/testing.ts).
 * - Types and resolvers: type-graphql classes with explicit type functions and without descriptions, which are those of
 *   contract.graphql. Enumerations: `enumType`. Alternatives in input: `@OneOf()`. Objects: `implements: Node`. Pages:
 *   `pageType` with `selectPage` (db/pages.ts). Mutations: `payload('job', () => service.create(…))`, within `idempotent` where
 *   there is a key. Objects by id within a request: `loaderOf(context, key, load)`.
 * - Domain: a function that returns resolvers, nodes (what `node(id:)` finds) and start/stop, listed in `createApp` below,
 *   or in domains.ts where workers need it too.
 * - Rights: `@Authorized('JOBS_READ')` beside each object type and each root field (graphql/rights.ts); the server does not
 *   start without. Beside another field it replaces there what the type demands.
 * - Inputs: every text and list has the bound of `DEFAULT_BOUND`; `@Bounded` or `@BoundedArguments` (graphql/bounds.ts) beside
 *   the field declares another one. The pipeline refuses what is beyond it before a resolver runs.
 * - Subscriptions: `@Streamed(() => T, (resolver, args, context) => …)` (graphql/streams.ts) beside the method; the root of the
 *   method is the event. `context.signal` ends them. Those to changes of a topic are lines of `TOPIC_RULES` (live/topics.ts).
 * - Streams: `follow` (live/follow.ts) reads a log of events by position; `hub.wake(channel)` after the commit.
 */
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { createAudit } from './audit/audit.js';
import { MutationAudit } from './audit/mutation-audit.js';
import type { Base } from './base.js';
import type { Budgets } from './budgets/budgets.js';
import type { Config } from './config.js';
import type { Connections } from './connections/connections.js';
import { createDomains, StartedDomains } from './domains.js';
import { CostBuckets } from './graphql/cost-bucket.js';
import type { DeclaredRights } from './graphql/declared-rights.js';
import { Documents } from './graphql/documents.js';
import { KnownDocuments } from './graphql/known-documents.js';
import { NodeFinder } from './graphql/node-finder.js';
import { Pipeline } from './graphql/pipeline.js';
import { buildApiSchema } from './graphql/schema.js';
import { createLive } from './live/live.js';
import { openBase, type BaseOptions } from './open-base.js';
import { Supervisor } from './processes/supervisor.js';
import type { WorkerProcess } from './processes/worker-process.js';
import type { WorkOptions } from './work.js';
import { readDocuments } from './server/document-files.js';
import { createHttpServer } from './server/http.js';
import { readinessOf } from './server/readiness.js';
import { Deadline, OperationContext } from './server/operation-context.js';
import { OperationNames } from './server/operation-names.js';
import { Operations } from './server/operations.js';
import { createMetrics } from './server/metrics.js';
import { createServerInfo } from './server/server-info.js';
import { serveSockets } from './server/websocket.js';
import { listenError } from './start/explain.js';
import { startUpkeep } from './upkeep.js';

export { ConfigError, readConfig, type Config } from './config.js';
export { DEFAULT_LIMITS } from './limits.js';

export interface App extends AsyncDisposable {
  readonly base: Base;
  readonly schema: GraphQLSchema;
  readonly rights: DeclaredRights;
  readonly pipeline: Pipeline;
  readonly budgets: Budgets;
  readonly connections: Connections;
  /** For tests that send requests without a socket. */
  readonly http: FastifyInstance;
  /** Name and password of the first administrator when they were made at this start; to be shown. */
  readonly firstAdministrator: { login: string; password: string } | null;
  /** Carries out one operation as the first administrator; rejects when its answer has errors. */
  execute<T>(document: string, variables: Record<string, unknown>): Promise<T>;
  /** Serves at the configured address and begins background work; gives the address. */
  listen(): Promise<string>;
  /** Finishes the work under way, then closes the server, the connections and the database. */
  close(): Promise<void>;
}

export interface AppOptions extends BaseOptions {
  /** The engine and the intervals of the runner, in tests. */
  work?: WorkOptions;
  /** Starts the worker process of the role `all`. Without it that role works on runs in this process, as tests do. */
  startWorker?: () => WorkerProcess;
}

/** Makes the application; `close` has to be called once it is no longer needed. */
export async function createApp(config: Config, options: AppOptions = {}): Promise<App> {
  const { role } = config;
  const worksHere = role === 'all' && options.startWorker === undefined;
  const { base, release } = await openBase(config, !worksHere, options);
  const { log } = base;
  const nodes = new NodeFinder();
  const common = createDomains(base, nodes, worksHere ? (options.work ?? {}) : null);
  const { access, budgets, connections, feeds, mappings, reports, webhooks, work } = common;
  const supervisor =
    role === 'all' && options.startWorker !== undefined
      ? new Supervisor({ base, start: options.startWorker, demo: config.demo })
      : null;
  const serverInfo = createServerInfo(
    base,
    () => schema,
    () => supervisor?.status ?? null,
  );
  const events = [
    createLive(base, nodes, (connectionId) => connections.budgetIdOf(connectionId)),
    createAudit(base, nodes, access.actors),
    reports,
    webhooks,
  ];
  const metrics = createMetrics({ base, pool: budgets.pool, sockets: () => sockets, supervisor });
  const domains = [metrics, serverInfo, access, budgets, connections, feeds, mappings, ...events, work];
  const recorder = new MutationAudit(base.audit, base.clock);
  const { schema, rights } = buildApiSchema(domains, nodes, config.limits, recorder);
  const pipeline = new Pipeline(
    schema,
    new Documents(schema, config.limits, base.tracer),
    new KnownDocuments(readDocuments(config.documentsFile), config.takesKnownOnly),
    rights,
    config.limits,
    new CostBuckets(base.clock, config.limits.costPerMinute),
    recorder,
  );
  const operations = new Operations({
    schema,
    pipeline,
    limits: config.limits,
    log,
    meter: base.meter,
    names: base.prometheus === null ? null : new OperationNames(pipeline.known),
    newestCursor: () => base.changes.newestCursor(),
  });
  let isClosing = false;
  const http = await createHttpServer({
    config,
    log,
    meter: base.meter,
    tracer: base.tracer,
    access: access.service,
    operations,
    routes: domains.flatMap((domain) => domain.routes ?? []),
    readiness: () => readinessOf({ isClosing, db: base.db, supervisor }),
  });
  const { clock, hub, meter, tracer } = base;
  const socketParts = { config, clock, hub, log, meter, tracer, access: access.service, schema, pipeline };
  const sockets = serveSockets(http.server, socketParts);
  const firstAdministrator = await access.service.ensureAdministrator();
  const started = new StartedDomains();
  const stopUpkeep = worksHere ? startUpkeep(base, access, connections, budgets) : () => undefined;

  let closing: Promise<void> | null = null;
  const close = () => (closing ??= shutDown());

  async function shutDown(): Promise<void> {
    isClosing = true;
    await supervisor?.stop();
    await sockets.close();
    await http.close();
    await started.stop();
    stopUpkeep();
    await release();
  }

  return {
    base,
    schema,
    rights,
    pipeline,
    budgets,
    connections,
    http,
    firstAdministrator,
    execute: async <T>(document: string, variables: Record<string, unknown>) => {
      const caller = await access.service.administrator();
      const context = new OperationContext({ requestId: randomUUID(), caller, address: 'local' }, new Deadline(60_000));
      const { result } = await operations.answer({ query: document, variables, isGet: false }, context);
      context.deadline.clear();
      if (result.errors) throw new Error(JSON.stringify(result));
      return result.data as T;
    },
    listen: async () => {
      await started.start(domains);
      const address = await http.listen({ port: config.port, host: config.host }).catch((error: unknown) => {
        throw listenError(error, config);
      });
      supervisor?.start();
      return address;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
