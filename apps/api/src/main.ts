import { createApp, readConfig, type App } from './app.js';
import { Demo } from './demo/demo.js';
import { explain } from './start/explain.js';

const DEADLINE_MS = 30_000;

try {
  const given = readConfig(process.env);
  const demo = given.isDemo ? await Demo.open(given) : null;
  const config = demo === null ? given : { ...given, demo: demo.grants };
  const app = await createApp(config);
  stopOnSignals(app, demo);
  await demo?.furnish(app);
  await app.listen();
  const lines = [`Sluice is ready: ${config.publicUrl}`];
  const { firstAdministrator: first } = app;
  if (first !== null)
    lines.push(
      `Sign in as "${first.login}" with the password "${first.password}" (valid until the next start, for good once you have signed in).`,
    );
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

/** Ends within half a minute, in an orderly way if at all possible. */
function stopOnSignals(app: App, demo: Demo | null): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), DEADLINE_MS).unref();
    const closing = app.close().then(() => demo?.close());
    closing.then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`Sluice did not stop in an orderly way: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
