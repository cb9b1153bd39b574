// `npm run dev`: compiles what changes, restarts the server, and serves the web app from its sources through Vite.
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const PATIENCE_MS = 15_000;
const port = process.env.PORT || '4000';
const webPort = process.env.SLUICE_WEB_PORT || '5173';
const server = `http://127.0.0.1:${port}`;

/** Pages come from Vite, so that is the address that browsers and sign-ins use. */
const env = {
  ...process.env,
  PORT: port,
  SLUICE_API: server,
  SLUICE_DEMO: process.env.SLUICE_DEMO || '1',
  SLUICE_PUBLIC_URL: process.env.SLUICE_PUBLIC_URL || `http://localhost:${webPort}`,
};

const commands = [
  { label: 'compiler', args: ['node_modules/@typescript/native/bin/tsc', '-b', '--watch', '--preserveWatchOutput'] },
  { label: 'server', args: ['--watch', '--watch-preserve-output', 'apps/api/dist/main.js'] },
  {
    label: 'web app',
    args: ['../../node_modules/vite/bin/vite.js', '--port', webPort, '--strictPort', '--clearScreen', 'false'],
    cwd: 'apps/admin',
  },
];

/** Each in a process group of its own: only this process hears Ctrl-C, and it ends all that they started. */
const children = commands.map(({ label, args, cwd }) => {
  const child = spawn(process.execPath, args, { env, cwd, detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise((resolve) => {
    child.once('error', resolve);
    child.once('exit', resolve);
  });
  void ended.then(() => end(1, `The ${label} has ended, and the others with it.`));
  return { child, ended };
});

function signalAll(signal) {
  for (const { child } of children) {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The process and all that it started have ended already.
    }
  }
}

let isEnding = false;
async function end(code, sentence) {
  if (isEnding) return;
  isEnding = true;
  if (sentence) process.stderr.write(`\n✗ ${sentence}\n`);
  signalAll('SIGTERM');
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
  await Promise.race([Promise.all(children.map(({ ended }) => ended)), patience]);
  signalAll('SIGKILL');
  process.exit(code);
}

process.on('SIGINT', () => void end(0));
process.on('SIGTERM', () => void end(0));
