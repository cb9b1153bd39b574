import { expect, it } from 'vitest';
import { PrometheusMeter, textOf } from './prometheus.js';
import { metricsReply } from './reply.js';

const sampleOf = (text: string, name: string) => text.split('\n').filter((line) => line.startsWith(name));

it('tells the figures of several processes side by side, in one text', async () => {
  const [api, worker] = [new PrometheusMeter('api'), new PrometheusMeter('worker')];
  api.operation({ type: 'QUERY', name: 'Known', codes: ['TIMEOUT'], seconds: 0.02, cost: 7 });
  api.errors('websocket', ['SLOW_CONSUMER', 'SLOW_CONSUMER']);
  api.replayed(3);
  api.request('graphql', 200);
  for (const meter of [api, worker]) meter.transaction(0.5);
  worker.items('CREATED', 2, 1_024);
  worker.items('SKIPPED', 1, 0);
  worker.called('bud_1', true);
  worker.waited(7.5);
  // The worker's have gone from process to process.
  const sent = JSON.parse(JSON.stringify(await worker.figures())) as Awaited<ReturnType<typeof worker.figures>>;
  const text = await textOf([await api.figures(), sent]);
  expect(text.match(/^# TYPE sluice_items_total counter$/gm)).toHaveLength(1);
  expect(sampleOf(text, 'sluice_items_total')).toEqual([
    'sluice_items_total{outcome="CREATED",process="worker"} 2',
    'sluice_items_total{outcome="SKIPPED",process="worker"} 1',
  ]);
  expect(sampleOf(text, 'sluice_transferred_bytes_total{process="worker"}')).toEqual([
    'sluice_transferred_bytes_total{process="worker"} 1024',
  ]);
  expect(sampleOf(text, 'sluice_run_calls_total')).toEqual([
    'sluice_run_calls_total{budget="bud_1",result="throttled",process="worker"} 1',
  ]);
  expect(sampleOf(text, 'sluice_run_wait_seconds_total{process="worker"}')).toHaveLength(1);
  expect(sampleOf(text, 'sluice_store_transaction_duration_seconds_count')).toHaveLength(2);
  expect(sampleOf(text, 'sluice_http_requests_total')).toEqual([
    'sluice_http_requests_total{path="graphql",status="200",process="api"} 1',
  ]);
  expect(sampleOf(text, 'sluice_graphql_operation_duration_seconds_count')).toEqual([
    'sluice_graphql_operation_duration_seconds_count{type="QUERY",result="errors",process="api"} 1',
  ]);
  expect(sampleOf(text, 'sluice_graphql_named_operation_duration_seconds_count')).toEqual([
    'sluice_graphql_named_operation_duration_seconds_count{operation="Known",process="api"} 1',
  ]);
  expect(sampleOf(text, 'sluice_graphql_cost_total')).toEqual([
    'sluice_graphql_cost_total{type="QUERY",process="api"} 7',
  ]);
  expect(sampleOf(text, 'sluice_graphql_errors_total').sort()).toEqual([
    'sluice_graphql_errors_total{transport="http",code="TIMEOUT",process="api"} 1',
    'sluice_graphql_errors_total{transport="websocket",code="SLOW_CONSUMER",process="api"} 2',
  ]);
  expect(sampleOf(text, 'sluice_subscription_replay_events_sum{process="api"}')).toEqual([
    'sluice_subscription_replay_events_sum{process="api"} 3',
  ]);
  expect(sampleOf(text, 'nodejs_eventloop_lag_p99_seconds')).toHaveLength(2);
});

it('leaves out what cannot be read, and tells the rest', async () => {
  const meter = new PrometheusMeter('api');
  let fails = false;
  const read = async () => (fails ? Promise.reject(new Error('down')) : [{ labels: { state: 'QUEUED' }, value: 3 }]);
  meter.read('sluice_runs', 'Runs.', ['state'], read);
  const lines = async () => sampleOf(await textOf([await meter.figures()]), 'sluice_runs');
  expect(await lines()).toEqual(['sluice_runs{state="QUEUED",process="api"} 3']);
  fails = true;
  expect(await lines()).toEqual([]);
});

it.each([undefined, '', 'Bearer', 'Bearer wrong', 'Basic a-token-for-tests', 'a-token-for-tests'])(
  'tells nothing to who sends %j',
  async (authorization) => {
    const read = () => Promise.reject(new Error('It was read.'));
    const { status, headers, body } = await metricsReply('a-token-for-tests', authorization, read);
    expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer']);
    expect(body).not.toContain('sluice_');
  },
);
