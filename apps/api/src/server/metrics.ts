import type { FastifyInstance } from 'fastify';
import type { Base } from '../base.js';
import type { BudgetPool } from '../budgets/pool.js';
import type { Domain } from '../graphql/domain.js';
import type { Figures, PrometheusMeter, ReadFigure } from '../metrics/prometheus.js';
import type { Supervisor } from '../processes/supervisor.js';
import { countRuns } from '../runs/reading/run-counts.store.js';
import { countTasks } from './task-counts.store.js';
import type { Sockets } from './websocket.js';

/** Budgets that are told one by one. */
const MAX_BUDGETS = 1_000;

export interface MetricsParts {
  base: Pick<Base, 'config' | 'db' | 'hub' | 'prometheus'>;
  pool: Pick<BudgetPool, 'store' | 'snapshot'>;
  /** Open WebSockets and what goes on there. */
  sockets: () => Pick<Sockets, 'size' | 'subscriptionCount'>;
  supervisor: Pick<Supervisor, 'status' | 'measure'> | null;
}

/** `/metrics` for Prometheus, where a token is set: figures of this process, of its worker, and of what the store holds. */
export function createMetrics(parts: MetricsParts): Domain {
  const { config, prometheus } = parts.base;
  const { metricsToken } = config;
  if (prometheus === null || metricsToken === null) return {};
  readStore(prometheus, parts);
  readProcess(prometheus, parts);
  const read = async (): Promise<Figures[]> => {
    const [own, worker] = await Promise.all([prometheus.figures(), parts.supervisor?.measure() ?? null]);
    return worker === null ? [own] : [own, worker];
  };
  return { routes: [(server) => serve(server, metricsToken, read)] };
}

function serve(server: FastifyInstance, token: string, read: () => Promise<Figures[]>): void {
  server.get('/metrics', async (request, answer) => {
    const { metricsReply } = await import('../metrics/reply.js');
    const { status, headers, body } = await metricsReply(token, request.headers.authorization, read);
    return answer.code(status).headers(headers).send(body);
  });
}

const alone = (value: number): ReadFigure[] => [{ labels: {}, value }];

function readProcess(prometheus: PrometheusMeter, { base, sockets, supervisor }: MetricsParts): void {
  prometheus.read('sluice_websocket_connections', 'Open WebSockets.', [], async () => alone(sockets().size));
  prometheus.read('sluice_websocket_subscriptions', 'Open subscriptions.', [], async () =>
    alone(sockets().subscriptionCount),
  );
  prometheus.read('sluice_subscription_followers', 'Followers of events.', [], async () =>
    alone(base.hub.followerCount),
  );
  if (supervisor === null) return;
  prometheus.read('sluice_worker_running', '1 while the worker process works.', [], async () =>
    alone(Number(supervisor.status.state === 'RUNNING')),
  );
  prometheus.read('sluice_worker_restarts', 'Starts of the worker process after the first one.', [], async () =>
    alone(supervisor.status.restartCount),
  );
}

/** What all processes share. */
function readStore(prometheus: PrometheusMeter, { base: { db }, pool }: MetricsParts): void {
  prometheus.read('sluice_store_up', '1 while the store answers.', [], async () =>
    alone(
      await db.ping().then(
        () => 1,
        () => 0,
      ),
    ),
  );
  prometheus.read('sluice_runs', 'Runs by state; those that wait are AWAITING something.', ['state'], async () =>
    [...(await countRuns(db))].map(([state, value]) => ({ labels: { state }, value })),
  );
  prometheus.read('sluice_tasks', 'Plans and reports that wait or are made.', ['kind', 'state'], async () =>
    (await countTasks(db)).map(({ kind, state, count }) => ({ labels: { kind, state }, value: count })),
  );
  readBudgets(prometheus, pool);
}

function readBudgets(prometheus: PrometheusMeter, pool: MetricsParts['pool']): void {
  const told = async () =>
    (await pool.store.all()).slice(0, MAX_BUDGETS).map((row) => ({
      labels: { budget: row.id, host: row.apiHost },
      snapshot: pool.snapshot(row),
    }));
  const windows = (field: 'remaining' | 'limit') => async () =>
    (await told()).flatMap(({ labels, snapshot }) =>
      (['hourly', 'spike'] as const).flatMap((window) => {
        const value = snapshot[window][field];
        return value === null ? [] : [{ labels: { ...labels, window }, value }];
      }),
    );
  const labels = ['budget', 'host'];
  const inWindow = [...labels, 'window'];
  prometheus.read('sluice_budget_calls_remaining', 'Calls left for certain.', inWindow, windows('remaining'));
  prometheus.read('sluice_budget_calls_limit', 'Calls that the platform allows.', inWindow, windows('limit'));
  prometheus.read('sluice_budget_calls_last_minute', 'Calls of all processes in the last minute.', labels, async () =>
    (await told()).map((each) => ({ labels: each.labels, value: each.snapshot.callsLastMinute })),
  );
  prometheus.read('sluice_budget_throttled', 'Answers with status 429 so far.', labels, async () =>
    (await told()).map((each) => ({ labels: each.labels, value: each.snapshot.throttledCount })),
  );
}
