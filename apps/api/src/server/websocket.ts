import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  createSourceEventStream,
  GraphQLError,
  OperationTypeNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { handleProtocols, makeServer, type Context as SocketState } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { AccessService } from '../access/service.js';
import type { Config } from '../config.js';
import type { Caller } from '../graphql/context.js';
import { requestError } from '../graphql/errors.js';
import { maskError } from '../graphql/masking.js';
import type { Pipeline } from '../graphql/pipeline.js';
import type { Log } from '../log.js';
import { logOperation } from './apollo.js';
import { Deadline, OperationContext } from './operation-context.js';
import { basePathOf, belowBase } from './base-path.js';
import { isOwnOrigin } from './origins.js';
import { Peer } from './peer.js';
import { SharedExecutions } from './shared-execution.js';

export interface SocketParts {
  config: Config;
  log: Log;
  access: AccessService;
  schema: GraphQLSchema;
  pipeline: Pipeline;
}

export interface Sockets {
  /** Open connections. */
  readonly size: number;
  /** Closes every connection, to come back later. */
  close(): Promise<void>;
}

type State = SocketState<Record<string, unknown>, { peer: Peer }>;
const PATH = '/graphql';
const RENEWAL_MS = 4_000;
const NEVER_MS = 2 ** 31 - 1;
const CLOSE = { refused: 4403, tooMany: 4429, badMessage: 4400, restart: 1012, unavailable: 1013 };

/** Serves subscriptions on the server's upgrades, by the same pipeline as HTTP. */
export function serveSockets(server: Server, parts: SocketParts): Sockets {
  const { config, log } = parts;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: config.limits.maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols,
  });
  const peers = new Set<Peer>();
  const executions = new SharedExecutions(config.limits.operationTime);
  const protocol = makeServer<Record<string, unknown>, { peer: Peer }>({
    connectionInitWaitTimeout: config.limits.connectionInitWait,
    onConnect: (state) => connect(state, peers, parts),
    onSubscribe: (state, _id, { query, variables, operationName }) =>
      subscribe((state as State).extra.peer, { query, variables, operationName }, parts),
    subscribe: (args) => stream(args, executions),
    onNext: (state, _id, _payload, _args, result) => masked(result, (state as State).extra.peer, log),
    onError: (state, _id, _payload, errors) => maskAll(errors, (state as State).extra.peer, log),
  });
  const basePath = basePathOf(config.publicUrl);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { origin } = request.headers;
    const [path] = belowBase(request.url ?? '/', basePath).split('?');
    if (path !== PATH) return refuseUpgrade(socket, '404 Not Found');
    if (!isOwnOrigin(origin, config, server)) return refuseUpgrade(socket, '403 Forbidden');
    sockets.handleUpgrade(request, socket, head, (opened) => accept(opened, request));
  });
  const renewal = setInterval(() => void renewAll(peers, parts.access), RENEWAL_MS);
  renewal.unref();

  function accept(socket: WebSocket, request: IncomingMessage): void {
    const peer = new Peer(socket, request, config.limits);
    peers.add(peer);
    const closed = protocol.opened(peer.transport(), { peer });
    socket.once('close', (code, reason) => {
      peers.delete(peer);
      peer.stop();
      void closed(code, String(reason));
    });
  }

  return {
    get size() {
      return peers.size;
    },
    close: async () => {
      clearInterval(renewal);
      for (const peer of peers) peer.close(CLOSE.restart, 'Restarting');
      await Promise.race([new Promise<void>((resolve) => sockets.close(() => resolve())), whenClosed(peers)]);
      for (const peer of peers) peer.terminate();
    },
  };
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Waits a little for the peers to say goodbye. */
async function whenClosed(peers: ReadonlySet<Peer>): Promise<void> {
  for (let waited = 0; peers.size > 0 && waited < 1_000; waited += 20) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function connect(state: State, peers: ReadonlySet<Peer>, { access, config, log }: SocketParts): Promise<boolean> {
  const { peer } = state.extra;
  const authorization = state.connectionParams?.['authorization'];
  try {
    const header = typeof authorization === 'string' ? authorization : undefined;
    const caller = await access.identify({ authorization: header, cookie: peer.cookie });
    const isSame = (other: Peer) => other.caller !== null && other.caller.actorId === caller?.actorId;
    if (caller !== null && [...peers].filter(isSame).length >= config.limits.maxSocketsPerActor) {
      peer.close(CLOSE.tooMany, 'Too many connections');
      return true;
    }
    peer.caller = caller;
    peer.countOpen = () => Object.keys(state.subscriptions).length;
    // graphql-ws answers false with close code 4403.
    return caller !== null;
  } catch (error) {
    if (error instanceof GraphQLError) return false;
    log.error({ err: error as Error }, 'the store failed at a connection');
    peer.close(CLOSE.unavailable, 'Try again later');
    return true;
  }
}

type Subscribed = ExecutionArgs | readonly GraphQLError[];

async function subscribe(
  peer: Peer,
  request: {
    query: string;
    variables: Record<string, unknown> | null | undefined;
    operationName: string | null | undefined;
  },
  { schema, pipeline, log }: SocketParts,
): Promise<Subscribed> {
  const context = new OperationContext(
    { requestId: randomUUID(), caller: peer.caller, address: peer.address },
    new Deadline(NEVER_MS),
  );
  const refuse = (errors: readonly GraphQLError[]) => {
    logOperation(
      log,
      context,
      request.operationName,
      errors.map((error) => error.extensions['code']),
    );
    return errors;
  };
  try {
    if (!peer.maySubscribe(peer.countOpen()))
      return refuse([requestError('RATE_LIMITED', 'Too many subscriptions on this connection.')]);
    const document = await pipeline.documents.parse(request.query);
    const admitted = pipeline.admit({ ...request, document }, context);
    if (!('charge' in admitted)) return refuse(admitted);
    if (admitted.operation.operation !== OperationTypeNode.SUBSCRIPTION) {
      return refuse([requestError('BAD_REQUEST', 'Only subscriptions are served here; send others by HTTP.')]);
    }
    context.charge = admitted.charge;
    logOperation(log, context, admitted.operation.name?.value, []);
    return {
      schema,
      document,
      operationName: request.operationName,
      variableValues: request.variables,
      contextValue: context,
    };
  } catch (error) {
    if (error instanceof GraphQLError) return refuse([error]);
    throw error;
  }
}

/** Executes the operation anew for every event, with loaders of its own. Ending the stream raises the context's signal. */
async function stream(
  args: ExecutionArgs,
  executions: SharedExecutions,
): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult> {
  const context = args.contextValue as OperationContext;
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source;
  const results = executeEach(source, args, executions);
  // A generator that waits for an event answers `return` only after it; the signal ends the wait.
  return Object.assign(Object.create(results) as typeof results, {
    next: () => results.next(),
    return: (value: undefined) => {
      context.deadline.clientLeft();
      return results.return(value);
    },
    [Symbol.asyncIterator](): AsyncGenerator<ExecutionResult> {
      return this as unknown as AsyncGenerator<ExecutionResult>;
    },
  });
}

async function* executeEach(source: AsyncIterable<unknown>, args: ExecutionArgs, executions: SharedExecutions) {
  for await (const event of source) yield await executions.execute(args, event);
}

function masked(result: ExecutionResult, peer: Peer, log: Log): ExecutionResult {
  if (result.errors === undefined) return result;
  return { ...result, errors: maskAll(result.errors, peer, log) as unknown as GraphQLError[] };
}

function maskAll(errors: readonly GraphQLError[], peer: Peer, log: Log) {
  return errors.map((error) => maskError(error, peer.id, log));
}

/** Ends what is open for callers whose access has ended. */
async function renewAll(peers: ReadonlySet<Peer>, access: AccessService): Promise<void> {
  for (const peer of peers) {
    if (peer.caller === null) continue;
    const caller: Caller | null = await access.renew(peer.caller).catch(() => peer.caller);
    const isSame = caller !== null && caller.scopes.size === peer.caller.scopes.size;
    if (!isSame) peer.close(CLOSE.refused, 'Access has ended or changed');
    peer.caller = caller;
  }
}
