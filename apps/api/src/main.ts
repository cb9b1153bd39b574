import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import type { App } from './app.js';
import { readConfig, withDemo, type Config } from './config.js';
import { Supervised } from './processes/supervised.js';
import { forkWorker, SUPERVISED } from './processes/worker-process.js';
import { explain } from './start/explain.js';
import { shownAddress } from './start/shown-address.js';
import type { Worker } from './worker.js';

const DEADLINE_MS = 30_000;
const HOUR_MS = 3_600_000;

// Each role loads what it needs itself: a worker starts without what serves the API, and in half the time.
try {
  const config = readConfig(process.env);
  await (config.role === 'worker' ? work(config) : serve(config));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

/** Serves the API; in the role `all` this program runs a second time beside it, as the worker. */
async function serve(given: Config): Promise<void> {
  // While a run keeps all processors busy, the threads that help with the garbage of requests are waited for longer than they save.
  setFlagsFromString('--no-parallel-scavenge');
  const { createApp } = await import('./app.js');
  const demo = given.isDemo ? await (await import('./demo/demo.js')).Demo.open(given) : null;
  const config = withDemo(given, demo?.grants ?? null);
  const app = await createApp(config, {
    startWorker: () => forkWorker(fileURLToPath(import.meta.url), config.workerNiceness),
  });
  const stop = once(() => exitAfter(app.close().then(() => demo?.close())));
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  await demo?.furnish(app);
  greet(shownAddress(config.publicUrl, await app.listen()), app.firstAdministrator);
}

function greet(address: string, first: App['firstAdministrator']): void {
  const lines = [`Sluice is ready: ${address}`];
  if (first !== null)
    lines.push(
      `Sign in as "${first.login}" with the password "${first.password}" (valid until the next start, for good once you have signed in).`,
    );
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
}

/** Works on runs, alone or watched by the API process that started this one. */
async function work(config: Config): Promise<void> {
  // Waits of the product's clock keep no process alive, and a worker has no socket that would.
  setInterval(() => undefined, HOUR_MS);
  let worker: Worker | null = null;
  const stop = once(() => exitAfter(worker?.close() ?? Promise.resolve()));
  const retire = once(() => void (worker?.retire() ?? Promise.resolve()).then(stop, stop));
  const supervised = process.argv.includes(SUPERVISED) ? new Supervised({ stop, retire }) : null;
  process.on('SIGTERM', stop);
  // Ctrl-C reaches both processes; the watching one then ends this one in its turn.
  process.on('SIGINT', () => void (process.connected || stop()));
  const { demo, followsCrash } = (await supervised?.begun) ?? { demo: null, followsCrash: true };
  const { createWorker } = await import('./worker.js');
  worker = await createWorker(withDemo(config, demo), { work: { followsCrash } });
  if (supervised === null) await serveFigures(config, worker);
  await worker.start();
  supervised?.attach(worker);
}

/** A worker on its own is a target of Prometheus itself. */
async function serveFigures(config: Config, { base: { prometheus } }: Worker): Promise<void> {
  if (prometheus === null) return;
  const { serveWorkerMetrics } = await import('./processes/worker-metrics.js');
  await serveWorkerMetrics(config, prometheus);
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}

/** Ends the process within half a minute, in an orderly way if at all possible. */
function exitAfter(closing: Promise<void>): void {
  setTimeout(() => process.exit(1), DEADLINE_MS).unref();
  closing.then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`Sluice did not stop in an orderly way: ${String(error)}\n`);
      process.exit(1);
    },
  );
}
