import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, SpanStatusCode, trace, type Context, type Span, type Tracer as Spans } from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';
import type { Log } from '../log.js';
import type { TracingSettings } from './settings.js';
import type { SpanAttributes, SpanName, Tell, Tracer } from './tracer.js';

/** Spans that wait to be sent; of those beyond nothing is kept. */
const MAX_WAITING = 2_048;
const SEND_MS = 5_000;
/** Time for what waits when the process ends. */
const FAREWELL_MS = 2_000;

/** Sends spans to a collector by OTLP over HTTP, in batches and without keeping anybody waiting. */
export class OtlpTracer implements Tracer {
  readonly isOn = true;
  private readonly current = new AsyncLocalStorage<Context>();
  private readonly provider: BasicTracerProvider;
  private readonly spans: Spans;

  /** `process`: `api` or `worker`. */
  constructor({ url, headers, share }: TracingSettings, process: string, log: Log) {
    const exporter = noticed(new OTLPTraceExporter({ url, headers, timeoutMillis: SEND_MS }), log);
    this.provider = new BasicTracerProvider({
      resource: resourceFromAttributes({ 'service.name': 'sluice', 'sluice.process': process }),
      sampler: samplerOf(share),
      spanProcessors: [new BatchSpanProcessor(exporter, { maxQueueSize: MAX_WAITING, exportTimeoutMillis: SEND_MS })],
    });
    this.spans = this.provider.getTracer('sluice');
  }

  span<T>(name: SpanName, attributes: SpanAttributes, work: (tell: Tell) => Promise<T>, caller?: string): Promise<T> {
    const parent = this.current.getStore() ?? contextOf(caller);
    const span = this.spans.startSpan(`sluice.${name}`, { attributes: { ...attributes } }, parent);
    return this.current.run(trace.setSpan(parent, span), () => finished(span, work));
  }

  step<T>(name: SpanName, work: () => T): T {
    const span = this.spans.startSpan(`sluice.${name}`, {}, this.current.getStore() ?? ROOT_CONTEXT);
    try {
      return work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  }

  /** Sends what waits, and ends. */
  async close(): Promise<void> {
    const late = new Promise<void>((resolve) => setTimeout(resolve, FAREWELL_MS).unref());
    await Promise.race([this.provider.shutdown().catch(() => undefined), late]);
  }
}

/** Of the traces of callers the operator's share is taken too: a caller decides how many of its own are made, and no others. */
function samplerOf(share: number): ParentBasedSampler {
  const byShare = new TraceIdRatioBasedSampler(share);
  return new ParentBasedSampler({ root: byShare, remoteParentSampled: byShare });
}

/** Where the trace of a caller goes on; at the beginning of one of ours where there is none. */
function contextOf(caller: string | undefined): Context {
  const parent = caller === undefined ? null : parseTraceParent(caller);
  return parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
}

/** Of a failure the span says that there was one: messages may name files. */
async function finished<T>(span: Span, work: (tell: Tell) => Promise<T>): Promise<T> {
  try {
    return await work((attributes) => void span.setAttributes({ ...attributes }));
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

/** The exporter, whose first failure in a row is told in the log. */
function noticed(exporter: SpanExporter, log: Log): SpanExporter {
  let isFailing = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const hasFailed = result.error !== undefined;
        if (hasFailed && !isFailing) log.warn({ spans: spans.length }, 'the collector does not take traces');
        isFailing = hasFailed;
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
  };
}
