import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { PrometheusMeter } from '../metrics/prometheus.js';
import { serveWorkerMetrics } from './worker-metrics.js';

it('a worker on its own serves its figures to who sends the token, and nothing else', async () => {
  const config = { host: '127.0.0.1', port: 0, metricsToken: 'a-token-for-tests' };
  const server = await serveWorkerMetrics(config, new PrometheusMeter('worker'));
  const { port } = server.address() as AddressInfo;
  const ask = (path: string, token: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const told = await ask('/metrics', config.metricsToken);
  expect([told.status, told.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  expect(await told.text()).toContain('process_cpu_seconds_total{process="worker"}');
  expect((await ask('/metrics', 'another-token-of-tests')).status).toBe(401);
  expect((await ask('/graphql', config.metricsToken)).status).toBe(404);
  await expect(serveWorkerMetrics({ ...config, port }, new PrometheusMeter('worker'))).rejects.toThrow(/PORT/);
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});
