import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '@sluice/core/http';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { handleProtocols, makeServer, type Context as SocketState } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { ACCESS_CHANNEL } from '../access/channel.js';
import type { AccessService } from '../access/access.service.js';
import type { Config } from '../config.js';
import type { Pipeline } from '../graphql/pipeline.js';
import type { Hub } from '../live/hub.js';
import type { Log } from '../log.js';
import type { Meter } from '../metrics/meter.js';
import { clientAddress, networkOf } from '../net/client-address.js';
import type { Tracer } from '../tracing/tracer.js';
import { basePathOf, belowBase } from './base-path.js';
import { isOwnOrigin } from './origins.js';
import { Peer } from './peer.js';
import { PingLimit } from './ping-limit.js';
import { Renewal } from './renewal.js';
import { Subscriptions } from './subscriptions.js';

export interface SocketParts {
  config: Config;
  clock: Clock;
  hub: Hub;
  log: Log;
  meter: Pick<Meter, 'errors'>;
  tracer: Tracer;
  access: AccessService;
  schema: GraphQLSchema;
  pipeline: Pipeline;
}

export interface Sockets {
  /** Open connections. */
  readonly size: number;
  /** Open subscriptions of all of them. */
  readonly subscriptionCount: number;
  /** Closes every connection with a code that asks the client to connect again. */
  close(): Promise<void>;
}

type State = SocketState<Record<string, unknown>, { peer: Peer }>;
const PATH = '/graphql';
/** Time in which clients may close their side of the connections. */
const FAREWELL_MS = 1_000;
const CLOSE = { refused: 4403, tooMany: 4429, restart: 1012, unavailable: 1013 };

/** Serves subscriptions on the server's upgrades, by the same pipeline as HTTP. */
export function serveSockets(server: Server, parts: SocketParts): Sockets {
  const { config, clock } = parts;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: config.limits.maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols,
  });
  const peers = new Set<Peer>();
  const pings = new PingLimit(clock, config.limits.pingsPerMinute);
  const renewal = new Renewal(peers, parts.access, (peer) => peer.close(CLOSE.refused, 'Access has ended or changed'));
  const stopListening = parts.hub.listen(ACCESS_CHANNEL, () => void renewal.run());
  const subscriptions = new Subscriptions(parts, renewal);
  const peerOf = (state: SocketState<Record<string, unknown>, unknown>) => (state as State).extra.peer;
  const protocol = makeServer<Record<string, unknown>, { peer: Peer }>({
    connectionInitWaitTimeout: config.limits.connectionInitWait,
    onConnect: (state) => connect(state, peers, parts),
    onPing: (state) => peerOf(state).countPing(),
    onSubscribe: (state, id, payload) => subscriptions.begin(peerOf(state), id, payload),
    subscribe: (args) => subscriptions.stream(args),
    onNext: (_state, _id, payload, args, result) => subscriptions.maskResult(result, payload, args),
    onError: (_state, _id, payload, errors) => subscriptions.maskErrors(errors, payload),
  });
  const basePath = basePathOf(config.publicUrl);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Until ws takes the connection over it has no other listener, and an error event without a listener ends the process.
    socket.on('error', () => undefined);
    const refusal = refusalOf(request);
    if (refusal !== null) return refuseUpgrade(socket, refusal);
    sockets.handleUpgrade(request, socket, head, (opened) => accept(opened, request));
  });

  function refusalOf(request: IncomingMessage): string | null {
    const [path] = belowBase(request.url ?? '/', basePath).split('?');
    if (path !== PATH) return '404 Not Found';
    if (!isOwnOrigin(request.headers.origin, config, server)) return '403 Forbidden';
    const network = networkOf(clientAddress(request, config.trustedProxies));
    const count = [...peers].filter((peer) => peer.network === network).length;
    return count >= config.limits.maxSocketsPerAddress ? '429 Too Many Requests' : null;
  }

  function accept(socket: WebSocket, request: IncomingMessage): void {
    const address = clientAddress(request, config.trustedProxies);
    const mayPing = () => pings.take(networkOf(address));
    const peer = new Peer(socket, request, { address, limits: config.limits, clock, mayPing });
    peers.add(peer);
    const closed = protocol.opened(peer.transport(), { peer });
    socket.once('close', (code, reason) => {
      peers.delete(peer);
      peer.stop();
      closed(code, String(reason)).catch((error: unknown) => {
        parts.log.error({ err: error as Error }, 'the streams of a connection did not end well');
      });
    });
  }

  return {
    get size() {
      return peers.size;
    },
    get subscriptionCount() {
      return [...peers].reduce((sum, peer) => sum + peer.countOpen(), 0);
    },
    close: async () => {
      stopListening();
      renewal.stop();
      for (const peer of peers) peer.close(CLOSE.restart, 'Restarting');
      const allClosed = new Promise<void>((resolve) => sockets.close(() => resolve()));
      await Promise.race([allClosed, clock.sleep(FAREWELL_MS)]);
      for (const peer of peers) peer.terminate();
    },
  };
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

async function connect(state: State, peers: ReadonlySet<Peer>, { access, config, log }: SocketParts): Promise<boolean> {
  const { peer } = state.extra;
  const authorization = state.connectionParams?.['authorization'];
  try {
    const header = typeof authorization === 'string' ? authorization : undefined;
    const caller = await access.identify({ authorization: header, cookie: peer.cookie });
    const isSame = (other: Peer) => other.caller !== null && other.caller.personId === caller?.personId;
    if (caller !== null && [...peers].filter(isSame).length >= config.limits.maxSocketsPerActor) {
      peer.close(CLOSE.tooMany, 'Too many connections');
      return true;
    }
    peer.caller = caller;
    peer.countOpen = () => Object.keys(state.subscriptions).length;
    // When `onConnect` gives false, graphql-ws closes the connection with code 4403.
    return caller !== null;
  } catch (error) {
    if (error instanceof GraphQLError) return false;
    log.error({ err: error as Error }, 'the store failed at a connection');
    peer.close(CLOSE.unavailable, 'Try again later');
    return true;
  }
}
