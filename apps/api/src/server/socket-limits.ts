import type { Server, ServerOptions } from 'node:http';
import type { Socket } from 'node:net';
import type { ServerLimits } from '../limits.js';
import { networkOf } from '../net/client-address.js';

/** How often Node looks for requests that take too long. */
const MAX_LOOK_INTERVAL_MS = 1_000;

/** Options of Node's server that end requests whose headers or body come too slowly. */
export function requestTimes({ headerTime, bodyTime }: Pick<ServerLimits, 'headerTime' | 'bodyTime'>): {
  requestTimeout: number;
  http: ServerOptions;
} {
  const requestTimeout = Math.max(headerTime, bodyTime);
  const connectionsCheckingInterval = Math.min(MAX_LOOK_INTERVAL_MS, headerTime, bodyTime);
  return { requestTimeout, http: { headersTimeout: headerTime, connectionsCheckingInterval } };
}

/** Closes new connections of an address that has the allowed number of open ones. */
export function limitSockets(server: Server, max: number): void {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const network = networkOf(socket.remoteAddress ?? '');
    const count = (open.get(network) ?? 0) + 1;
    if (count > max) return void socket.destroy();
    open.set(network, count);
    socket.once('close', () => {
      const left = (open.get(network) ?? 1) - 1;
      if (left === 0) open.delete(network);
      else open.set(network, left);
    });
  });
}
