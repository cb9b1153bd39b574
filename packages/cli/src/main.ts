import { SluiceClient } from '@sluice/client';
import { askSecret } from './ask-secret.js';
import { runProgram } from './program.js';

const leaving = new AbortController();
let isLeaving = false;
// The first Ctrl-C leaves a run to itself; the second one does not wait for anything.
process.on('SIGINT', () => {
  if (isLeaving) process.exit(130);
  isLeaving = true;
  leaving.abort(new Error('Left with Ctrl-C.'));
});
// Whoever reads the output may stop reading, as `head` does.
process.stdout.on('error', () => process.exit(0));

const code = await runProgram(
  {
    out: process.stdout,
    err: process.stderr,
    isInteractive: process.stderr.isTTY,
    columns: process.stderr.columns ?? 80,
    env: process.env,
    askSecret,
    fetch,
    connect: (url, token) => new SluiceClient({ url, token }),
    signal: leaving.signal,
  },
  process.argv.slice(2),
);
process.exitCode = code;
