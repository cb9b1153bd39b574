import { AuditLog } from './audit/audit-log.js';
import type { Base } from './base.js';
import { systemClock } from './clock.js';
import type { Config } from './config.js';
import type { StatementObserver } from './db/database.js';
import { openDatabase } from './db/open-database.js';
import { ChangeLog } from './live/change-log.js';
import { Hub } from './live/hub.js';
import { createLog, type Log } from './log.js';
import { openMeter } from './metrics/open-meter.js';
import { hostRulesOf } from './net/addresses.js';
import { createGuardedFetch } from './net/guarded-fetch.js';
import { readSecretKey } from './secrets/secret-key.js';
import { openTracer } from './tracing/open-tracer.js';
import { tracedFetch } from './tracing/traced-fetch.js';
import { Vault } from './secrets/vault.js';

export interface BaseOptions {
  log?: Log;
  /** Parts of the base to replace, in tests. */
  overrides?: Partial<Base>;
  /** Called with each statement to the database, in tests and benches. */
  onStatement?: StatementObserver;
}

/** Makes what every domain is built on; `release` closes it. `hasPeers`: whether other processes use the store too. */
export async function openBase(
  config: Config,
  hasPeers: boolean,
  { log = createLog('info'), overrides, onStatement }: BaseOptions,
): Promise<{ base: Base; release: () => Promise<void> }> {
  const { tracer, close: closeTracer } = await openTracer(config, log);
  const { meter, prometheus } = await openMeter(config);
  const onTransaction = prometheus === null ? undefined : (seconds: number) => meter.transaction(seconds);
  const opened = await openDatabase(config, { onStatement, onTransaction, hasPeers });
  const hub = new Hub();
  const send = opened.connectHints((channels) => hub.ringAll(channels));
  if (send !== null) hub.join(send);
  const clock = overrides?.clock ?? systemClock;
  const vault = new Vault(readSecretKey(config));
  const audit = new AuditLog(opened, clock, vault, hub);
  const db = audit.watched();
  const guarded = createGuardedFetch({ ...hostRulesOf(config), proxies: config.proxies });
  const base: Base = {
    config,
    db,
    clock,
    random: Math.random,
    log,
    meter,
    prometheus,
    tracer,
    vault,
    fetch: config.tracing === null ? guarded.fetch : tracedFetch(guarded.fetch, tracer),
    hub,
    changes: new ChangeLog(db, hub, clock, { limits: config.limits, hasPeers, meter }),
    audit,
    ...overrides,
  };
  const release = async () => {
    await guarded.close();
    await db.close();
    await closeTracer();
  };
  return { base, release };
}
