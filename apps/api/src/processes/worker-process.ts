import { fork } from 'node:child_process';
import { getPriority, setPriority } from 'node:os';
import { messageOf, type FromWorker, type ToWorker } from './messages.js';

/** The argument that tells the program that a process watches it, beside the channel that Node's watch mode opens too. */
export const SUPERVISED = '--supervised';

/** A worker process that this process has started. */
export interface WorkerProcess {
  readonly pid: number | undefined;
  /** Does nothing once the process has ended. */
  send(message: ToWorker): void;
  onMessage(listener: (message: FromWorker) => void): void;
  /** Ends the process without its doing. */
  kill(): void;
  /** How it ended, such as `code 1` or `signal SIGKILL`. */
  readonly ended: Promise<string>;
}

/**
 * Garbage is collected the sooner the less a process may have: a run needs far less than this, and without a bound several times
 * of what it needs would be held.
 */
const HEAP_MIB = 1_024;

/**
 * Room for what lives a moment only. Node begins with 1 MiB and lets it grow up to this; until then what a batch of items needs
 * is copied again and again.
 */
const YOUNG_MIB = 16;

/** What a worker is given unless people say something of it themselves. */
const MEMORY_OPTIONS = [
  { isSetBy: ['--max-old-space-size'], option: `--max-old-space-size=${HEAP_MIB}` },
  { isSetBy: ['--min-semi-space-size', '--max-semi-space-size'], option: `--min-semi-space-size=${YOUNG_MIB}` },
] as const;

/** The options of this process, without those that only one process may have. What people set themselves holds. */
export function workerOptions(given: readonly string[], nodeOptions: string): string[] {
  const options = given.filter((option) => !option.startsWith('--inspect'));
  const told = [...options, nodeOptions].join(' ').replaceAll('_', '-');
  const missing = MEMORY_OPTIONS.filter(({ isSetBy }) => !isSetBy.some((name) => told.includes(name)));
  return [...options, ...missing.map(({ option }) => option)];
}

/**
 * Starts the program as a worker: its own process with the same settings and the same log. By `niceness` it gives way to other
 * processes, so that this one answers in time while all processors are at work.
 */
export function forkWorker(program: string, niceness: number): WorkerProcess {
  const { WATCH_REPORT_DEPENDENCIES: _watch, ...env } = process.env;
  const child = fork(program, [SUPERVISED], {
    env: { ...env, SLUICE_ROLE: 'worker' },
    execArgv: workerOptions(process.execArgv, env.NODE_OPTIONS ?? ''),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  if (child.pid !== undefined) giveWay(child.pid, niceness);
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal === null ? `code ${code}` : `signal ${signal}`));
    child.on('error', (error) => child.pid === undefined && resolve(error.message));
  });
  return {
    pid: child.pid,
    // A process that ends meanwhile takes the message with it; its successor reads the store.
    send: (message) => void (child.connected && child.send(message, () => undefined)),
    onMessage: (listener) => {
      child.on('message', (given) => {
        const message = messageOf<FromWorker>(given);
        if (message !== null) listener(message);
      });
    },
    kill: () => void child.kill('SIGKILL'),
    ended,
  };
}

const LEAST_PRIORITY = 19;

function giveWay(pid: number, niceness: number): void {
  try {
    setPriority(pid, Math.min(LEAST_PRIORITY, getPriority() + niceness));
  } catch {
    // A system that refuses it has both processes work alike.
  }
}
