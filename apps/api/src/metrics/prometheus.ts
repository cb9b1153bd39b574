import type { ItemOutcome } from '@sluice/core/plan';
import {
  AggregatorRegistry,
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
  type MetricObjectWithValues,
  type MetricValue,
} from 'prom-client';
import type { MeasuredOperation, MeasuredPath, MeasuredTransport, Meter } from './meter.js';

/** All figures of one process at one moment; plain data that may be sent to another process. */
export type Figures = MetricObjectWithValues<MetricValue<string>>[];

/** A figure that is read when it is asked for, with its labels. */
export interface ReadFigure {
  labels: Readonly<Record<string, string>>;
  value: number;
}

const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];
/** Few: there is a series for each of these and each name. */
const NAMED_SECONDS = [0.01, 0.05, 0.25, 1, 5];
const REPLAYED_EVENTS = [0, 1, 10, 100, 1_000, 10_000, 100_000];
const STORE_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

/** The figures of this process for Prometheus, with those of Node itself; each has the label `process`. */
export class PrometheusMeter implements Meter {
  private readonly registry = new Registry();
  private readonly into = { registers: [this.registry] };
  private readonly operations = new Histogram({
    name: 'sluice_graphql_operation_duration_seconds',
    help: 'Time in which operations over HTTP were answered.',
    labelNames: ['type', 'result'],
    buckets: REQUEST_SECONDS,
    ...this.into,
  });
  private readonly named = new Histogram({
    name: 'sluice_graphql_named_operation_duration_seconds',
    help: 'Time in which known operations over HTTP were answered, by their names; others are "other".',
    labelNames: ['operation'],
    buckets: NAMED_SECONDS,
    ...this.into,
  });
  /** The histogram of each name, found once. */
  private readonly ofName = new Map<string, Histogram.Internal<'operation'>>();
  private readonly errorCount = this.counter('sluice_graphql_errors_total', 'Errors in answers and streams, by code.', [
    'transport',
    'code',
  ]);
  private readonly cost = this.counter('sluice_graphql_cost_total', 'Cost that operations over HTTP were charged.', [
    'type',
  ]);
  private readonly replays = new Histogram({
    name: 'sluice_subscription_replay_events',
    help: 'Events behind the cursor after which a subscription began.',
    buckets: REPLAYED_EVENTS,
    ...this.into,
  });
  private readonly requests = this.counter('sluice_http_requests_total', 'HTTP requests answered.', ['path', 'status']);
  private readonly transactions = new Histogram({
    name: 'sluice_store_transaction_duration_seconds',
    help: 'Time of transactions of the store, with the wait for others.',
    buckets: STORE_SECONDS,
    ...this.into,
  });
  private readonly itemCount = this.counter('sluice_items_total', 'Items of runs that came to an outcome.', [
    'outcome',
  ]);
  private readonly byteCount = this.counter(
    'sluice_transferred_bytes_total',
    'Bytes of the contents that runs brought over.',
  );
  private readonly calls = this.counter('sluice_run_calls_total', 'Calls that runs made.', ['budget', 'result']);
  private readonly waits = this.counter('sluice_run_waits_total', 'Waits of runs for calls that ended.');
  private readonly waitSeconds = this.counter('sluice_run_wait_seconds_total', 'Time of these waits.');

  /** `process`: `api` or `worker`. */
  constructor(process: string) {
    this.registry.setDefaultLabels({ process });
    collectDefaultMetrics({ register: this.registry });
  }

  operation({ type, name, codes, seconds, cost }: MeasuredOperation): void {
    this.operations.observe({ type, result: codes.length > 0 ? 'errors' : 'ok' }, seconds);
    const named = this.ofName.get(name) ?? this.named.labels(name);
    this.ofName.set(name, named);
    named.observe(seconds);
    if (cost > 0) this.cost.inc({ type }, cost);
    this.errors('http', codes);
  }

  errors(transport: MeasuredTransport, codes: readonly unknown[]): void {
    for (const code of codes) this.errorCount.inc({ transport, code: String(code) });
  }

  replayed(events: number): void {
    this.replays.observe(events);
  }

  request(path: MeasuredPath, status: number): void {
    this.requests.inc({ path, status: String(status) });
  }

  transaction(seconds: number): void {
    this.transactions.observe(seconds);
  }

  items(outcome: ItemOutcome, count: number, bytes: number): void {
    this.itemCount.inc({ outcome }, count);
    this.byteCount.inc(bytes);
  }

  called(budget: string, isThrottled: boolean): void {
    this.calls.inc({ budget, result: isThrottled ? 'throttled' : 'answered' });
  }

  waited(seconds: number): void {
    this.waits.inc();
    this.waitSeconds.inc(seconds);
  }

  /** Adds a figure that is read whenever the figures are; it is left out while it cannot be read. */
  read(name: string, help: string, labelNames: string[], read: () => Promise<readonly ReadFigure[]>): void {
    new Gauge({
      ...{ name, help, labelNames, ...this.into },
      async collect() {
        this.reset();
        for (const { labels, value } of await read().catch(() => [])) this.set(labels, value);
      },
    });
  }

  figures(): Promise<Figures> {
    return this.registry.getMetricsAsJSON();
  }

  private counter<Label extends string>(name: string, help: string, labelNames: Label[] = []): Counter<Label> {
    return new Counter({ name, help, labelNames, ...this.into });
  }
}

export const CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** Figures of several processes as a text that Prometheus reads. */
export const textOf = (processes: readonly Figures[]): Promise<string> =>
  AggregatorRegistry.aggregate(processes.map((figures) => [...figures])).metrics();
