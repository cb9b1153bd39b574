import type { Clock, Fetch } from '@sluice/core/http';
import type { AuditLog } from './audit/audit-log.js';
import type { Config } from './config.js';
import type { Database } from './db/database.js';
import type { ChangeLog } from './live/change-log.js';
import type { Hub } from './live/hub.js';
import type { Log } from './log.js';
import type { Meter } from './metrics/meter.js';
import type { PrometheusMeter } from './metrics/prometheus.js';
import type { Tracer } from './tracing/tracer.js';
import type { Vault } from './secrets/vault.js';

/** What every domain is built on. */
export interface Base {
  config: Config;
  db: Database;
  clock: Clock;
  random: () => number;
  log: Log;
  meter: Meter;
  /** The same for who reads the figures; null where nobody does. */
  prometheus: PrometheusMeter | null;
  vault: Vault;
  tracer: Tracer;
  /** Refuses addresses that the settings do not allow. */
  fetch: Fetch;
  hub: Hub;
  changes: ChangeLog;
  audit: AuditLog;
}
