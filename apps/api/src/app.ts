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
 * - Domain: a function that returns resolvers, nodes (what `node(id:)` finds) and start/stop, listed in `createDomains` below.
 * - Rights: `@Authorized('JOBS_READ')` beside each object type and each root field (graphql/rights.ts); the server does not
 *   start without. Beside another field it replaces there what the type demands.
 * - Inputs: every text and list has the bound of `DEFAULT_BOUND`; `@Bounded` or `@BoundedArguments` (graphql/bounds.ts) beside
 *   the field declares another one. The pipeline refuses what is beyond it before a resolver runs.
 * - Subscriptions: `@Subscription(() => T, { nullable: true, subscribe: servedByDomain })`, and the events in the domain's
 *   `streams`; the root of the field is the event. `context.signal` ends them.
 * - Streams: `follow` (live/follow.ts) reads a log of events by position; `hub.wake(channel)` after the commit.
 */
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { createAccess, type Access } from './access/access.js';
import type { Base } from './base.js';
import { createBudgets, type Budgets } from './budgets/budgets.js';
import { systemClock } from './clock.js';
import type { Config } from './config.js';
import { createConnections, type Connections } from './connections/connections.js';
import type { StatementObserver } from './db/database.js';
import { openDatabase } from './db/open-database.js';
import { CostBuckets } from './graphql/cost-bucket.js';
import type { DeclaredRights } from './graphql/declared-rights.js';
import { Documents } from './graphql/documents.js';
import type { Domain } from './graphql/domain.js';
import { NodeFinder } from './graphql/node-finder.js';
import { Pipeline } from './graphql/pipeline.js';
import { buildApiSchema } from './graphql/schema.js';
import { ChangeLog } from './live/change-log.js';
import { Hub } from './live/hub.js';
import { createLive } from './live/live.js';
import { createLog, type Log } from './log.js';
import { hostRulesOf } from './net/addresses.js';
import { createGuardedFetch } from './net/guarded-fetch.js';
import { readSecretKey } from './secrets/secret-key.js';
import { Vault } from './secrets/vault.js';
import { createWork, type WorkOptions } from './work.js';
import { startApollo } from './server/apollo.js';
import { createHttpServer } from './server/http.js';
import { Deadline, OperationContext } from './server/operation-context.js';
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
  /** Serves at the configured address and begins background work; gives the address. A worker only works. */
  listen(): Promise<string>;
  /** Finishes the work under way, then closes the server, the connections and the database. */
  close(): Promise<void>;
}

export interface AppOptions {
  log?: Log;
  /** Parts of the base to replace, in tests. */
  overrides?: Partial<Base>;
  /** Called with each statement to the database, in tests and benches. */
  onStatement?: StatementObserver;
  /** The engine and the intervals of the worker, in tests. */
  work?: WorkOptions;
}

interface Domains {
  access: Access;
  budgets: Budgets;
  connections: Connections;
  /** The domains in the order in which they start; they stop in the reverse order. */
  all: Domain[];
}

function createDomains(base: Base, nodes: NodeFinder, schema: () => GraphQLSchema, options: WorkOptions): Domains {
  const access = createAccess(base);
  const budgets = createBudgets(base);
  const connections = createConnections(base, { budgets, access });
  const live = createLive(base, nodes, connections);
  const work = createWork(base, { access, connections, nodes }, options);
  return {
    access,
    budgets,
    connections,
    all: [createServerInfo(base, schema), access, budgets, connections, live, work],
  };
}

/** Makes the application; `close` has to be called once it is no longer needed. */
export async function createApp(config: Config, options: AppOptions = {}): Promise<App> {
  const { base, release } = await createBase(config, options);
  const nodes = new NodeFinder();
  const domains = createDomains(base, nodes, () => schema, options.work ?? {});
  const { schema, rights } = buildApiSchema(domains.all, nodes, config.limits);
  const { log } = base;
  const pipeline = new Pipeline(
    schema,
    new Documents(schema, config.limits),
    rights,
    config.limits,
    new CostBuckets(base.clock, config.limits.costPerMinute),
  );
  const apollo = await startApollo({
    schema,
    pipeline,
    limits: config.limits,
    log,
    newestCursor: () => base.changes.newestCursor(),
  });
  let isClosing = false;
  const http = await createHttpServer({
    config,
    log,
    access: domains.access.service,
    apollo,
    routes: domains.all.flatMap((domain) => domain.routes ?? []),
    checkReady: () => (isClosing ? Promise.reject(new Error('closing')) : base.db.ping()),
  });
  const { clock, hub } = base;
  const socketParts = { config, clock, hub, log, access: domains.access.service, schema, pipeline };
  const sockets = serveSockets(http.server, socketParts);
  // Nobody signs in at a worker, and a password that it generates would replace the one that an API process has shown.
  const firstAdministrator = config.role === 'worker' ? null : await domains.access.service.ensureAdministrator();
  const started: Domain[] = [];
  const stopUpkeep = startUpkeep(base, domains.access, domains.connections);

  let closing: Promise<void> | null = null;
  const close = () => (closing ??= shutDown());

  async function shutDown(): Promise<void> {
    isClosing = true;
    await sockets.close();
    await http.close();
    for (const domain of started.splice(0).reverse()) await domain.stop?.();
    await apollo.stop();
    stopUpkeep();
    await release();
  }

  return {
    base,
    schema,
    rights,
    pipeline,
    budgets: domains.budgets,
    connections: domains.connections,
    http,
    firstAdministrator,
    execute: async <T>(document: string, variables: Record<string, unknown>) => {
      const caller = await domains.access.service.administrator();
      const contextValue = new OperationContext(
        { requestId: randomUUID(), caller, address: 'local' },
        new Deadline(60_000),
      );
      const { body } = await apollo.executeOperation({ query: document, variables }, { contextValue });
      contextValue.deadline.clear();
      if (body.kind !== 'single' || body.singleResult.errors) throw new Error(JSON.stringify(body));
      return body.singleResult.data as T;
    },
    listen: async () => {
      for (const domain of domains.all) {
        started.push(domain);
        await domain.start?.();
      }
      if (config.role === 'worker') return '';
      return http.listen({ port: config.port, host: config.host }).catch((error: unknown) => {
        throw listenError(error, config);
      });
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function createBase(
  config: Config,
  { log, overrides, onStatement }: AppOptions,
): Promise<{ base: Base; release: () => Promise<void> }> {
  const db = await openDatabase(config, onStatement);
  const hub = new Hub();
  const clock = overrides?.clock ?? systemClock;
  const guarded = createGuardedFetch({ ...hostRulesOf(config), proxies: config.proxies });
  const base: Base = {
    config,
    db,
    clock,
    random: Math.random,
    log: log ?? createLog('info'),
    vault: new Vault(readSecretKey(config)),
    fetch: guarded.fetch,
    hub,
    changes: new ChangeLog(db, hub, clock, config),
    ...overrides,
  };
  const release = async () => {
    await guarded.close();
    await db.close();
  };
  return { base, release };
}
