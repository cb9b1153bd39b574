import type { Config } from '../config.js';
import { NO_METER, type Meter } from './meter.js';
import type { PrometheusMeter } from './prometheus.js';

export interface OpenedMeter {
  meter: Meter;
  /** Null where nobody asks for figures; the library is loaded only for those who do. */
  prometheus: PrometheusMeter | null;
}

export async function openMeter({ metricsToken, role }: Pick<Config, 'metricsToken' | 'role'>): Promise<OpenedMeter> {
  if (metricsToken === null) return { meter: NO_METER, prometheus: null };
  const { PrometheusMeter: Prometheus } = await import('./prometheus.js');
  const prometheus = new Prometheus(role === 'worker' ? 'worker' : 'api');
  return { meter: prometheus, prometheus };
}
