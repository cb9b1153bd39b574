import { createServer, type Server } from 'node:http';
import type { Config } from '../config.js';
import type { PrometheusMeter } from '../metrics/prometheus.js';
import { metricsReply } from '../metrics/reply.js';
import { listenError } from '../start/explain.js';

const NOT_FOUND = { status: 404, headers: {}, body: 'A worker serves /metrics only.\n' };
const REQUEST_MS = 10_000;
const MAX_CONNECTIONS = 16;

/** `/metrics` of a worker that was started on its own, at its `HOST` and `PORT`. */
export async function serveWorkerMetrics(
  config: Pick<Config, 'host' | 'port' | 'metricsToken'>,
  prometheus: Pick<PrometheusMeter, 'figures'>,
): Promise<Server> {
  const answer = async (url: string | undefined, authorization: string | undefined) =>
    url === '/metrics'
      ? metricsReply(config.metricsToken ?? '', authorization, async () => [await prometheus.figures()])
      : NOT_FOUND;
  const server = createServer({ requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS }, (request, response) => {
    void answer(request.url, request.headers.authorization).then(({ status, headers, body }) =>
      response.writeHead(status, headers).end(body),
    );
  });
  server.maxConnections = MAX_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, config)));
    server.listen(config.port, config.host, resolve);
  });
  return server;
}
