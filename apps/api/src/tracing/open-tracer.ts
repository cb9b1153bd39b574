import type { Config } from '../config.js';
import type { Log } from '../log.js';
import { NO_TRACER, type Tracer } from './tracer.js';

export interface OpenedTracer {
  tracer: Tracer;
  close: () => Promise<void>;
}

/** The libraries of OpenTelemetry are loaded only where a collector is set. */
export async function openTracer({ tracing, role }: Pick<Config, 'tracing' | 'role'>, log: Log): Promise<OpenedTracer> {
  if (tracing === null) return { tracer: NO_TRACER, close: async () => undefined };
  const { OtlpTracer } = await import('./otlp-tracer.js');
  const tracer = new OtlpTracer(tracing, role === 'worker' ? 'worker' : 'api', log);
  return { tracer, close: () => tracer.close() };
}
