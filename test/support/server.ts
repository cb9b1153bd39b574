import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeQuickFolder } from '@sluice/api/db/quick-folder.testing.js';
import { GraphqlClient, signIn } from './graphql.js';
import { freePort } from './ports.js';
import { endProcess, isAlive } from './processes.js';

export const ADMIN = { login: 'admin', password: 'harbour-pier-four-2291' };

/** Long enough for a machine on which everything else runs too. */
const START_TIMEOUT_MS = 90_000;
const WORKER_STARTED = /"pid":(\d+),"msg":"a worker process has started"/g;

export interface ServerOptions {
  /** Kept by the caller; absent: a temporary folder that `dispose` removes. */
  dataDir?: string;
  /** Keeps the data on the disk, as people do; absent: in memory where that is quicker. */
  isOnDisk?: boolean;
  env?: Record<string, string>;
  /** The built program; absent: that of this checkout. */
  program?: string;
  /** Command and arguments that become the program, such as one that shows it other files of the system. */
  through?: readonly string[];
  /** User and group id to run under, which only root may choose; absent: those of the tests. */
  account?: number;
}

/** The built product in a process of its own, without its demo, on a port that stays the same over restarts. */
export class Server {
  private process: ChildProcess | null = null;
  private log = '';
  private known: number[] = [];

  private constructor(
    readonly port: number,
    readonly dataDir: string,
    private readonly options: ServerOptions,
  ) {}

  static async start(options: ServerOptions = {}): Promise<Server> {
    const dataDir = options.dataDir ?? (await makeDataFolder(options.isOnDisk ?? false));
    if (options.account !== undefined) await chown(dataDir, options.account, options.account);
    const server = new Server(await freePort(), dataDir, options);
    await server.run();
    return server;
  }

  get url(): string {
    // The name localhost need not lead to the address of IPv6.
    return `http://${this.options.env?.['HOST'] === '::1' ? '[::1]' : 'localhost'}:${this.port}`;
  }

  /** Of the process that serves the API; the worker is its child. Throws when none runs. */
  get pid(): number {
    if (this.process?.pid === undefined) throw new Error('The server does not run.');
    return this.process.pid;
  }

  get isRunning(): boolean {
    return this.process !== null && this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Starts the process, again after `stop` or `kill9`; returns once it is ready for requests. */
  async run(): Promise<void> {
    const { program = entry(), through = [], account, env } = this.options;
    const [command = process.execPath, ...args] = [...through, process.execPath, program];
    const child = spawn(command, args, {
      ...(account === undefined ? {} : { uid: account, gid: account }),
      env: { ...baseEnvironment(), ...this.settings(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.note(text);
        for (const [, pid] of text.matchAll(WORKER_STARTED)) this.known.push(Number(pid));
      });
    }
    await this.untilReady(child);
  }

  /** As a crash of the machine: nothing of the API process and its worker process runs afterwards. */
  async kill9(): Promise<void> {
    await this.killApi();
    await this.killWorkers();
  }

  /** The API process alone: its worker process goes on with what it has. */
  async killApi(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** The worker processes alone, those too that a killed API process has left. */
  async killWorkers(): Promise<void> {
    for (const pid of this.workers) await endProcess(pid, 'SIGKILL');
  }

  /** A worker on the same store that nobody watches; kept by the caller. */
  startWorker(): ChildProcess {
    const env = { ...baseEnvironment(), ...this.settings(), ...this.options.env, SLUICE_ROLE: 'worker' };
    const stdio = ['ignore', 'pipe', 'inherit'] as const;
    const child = spawn(process.execPath, [this.options.program ?? entry()], { env, stdio: [...stdio] });
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.note(text));
    return child;
  }

  /** As an operator: returns the exit code. */
  async stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  /** Worker processes that live, the newest last. */
  get workers(): number[] {
    this.known = this.known.filter(isAlive);
    return this.known;
  }

  async dispose(): Promise<void> {
    await this.kill9();
    if (this.options.dataDir === undefined) await rm(this.dataDir, { recursive: true, force: true });
  }

  /** What its processes printed, the last 100,000 characters over all their lives. */
  get output(): string {
    return this.log;
  }

  /** Lines of its log from a moment on, in milliseconds since the epoch. */
  linesSince(began: number): string[] {
    return this.log.split('\n').filter((line) => Number(/"time":(\d+)/.exec(line)?.[1] ?? 0) >= began);
  }

  /** A client with an API token of the administrator's rights. */
  async client(): Promise<GraphqlClient> {
    return signIn(this.url, ADMIN);
  }

  private note(text: string): void {
    this.log = (this.log + text).slice(-100_000);
  }

  private settings(): Record<string, string> {
    return {
      PORT: String(this.port),
      SLUICE_DATA: this.dataDir,
      SLUICE_DEMO: '0',
      SLUICE_ALLOW_PRIVATE_HOSTS: '1',
      SLUICE_SHARE_ROOTS: tmpdir(),
      SLUICE_ADMIN_USER: ADMIN.login,
      SLUICE_ADMIN_PASSWORD: ADMIN.password,
    };
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exited = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    return (await exited)[0];
  }

  private async untilReady(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (Date.now() < deadline) {
      if (child.exitCode !== null) throw new Error(`The server ended with code ${child.exitCode}.\n${this.log}`);
      const ready = await fetch(`${this.url}/health/ready`).then(
        (reply) => reply.ok,
        () => false,
      );
      if (ready) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`The server was not ready in time.\n${this.log}`);
  }
}

/** Starts the built product with settings that stop it; its exit code and what it printed. */
export async function failedStart(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [entry()], {
    env: { ...baseEnvironment(), PORT: '0', SLUICE_DEMO: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 120_000,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

/** Found from the root of the repository, because this file runs from its source and from its build. */
const entry = (): string => fileURLToPath(new URL(import.meta.resolve('@sluice/api/program')));

/** Nothing of the developer's own settings reaches a server under test. */
function baseEnvironment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG', 'SystemRoot'];
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

const makeDataFolder = async (isOnDisk: boolean): Promise<string> =>
  isOnDisk ? mkdtemp(join(tmpdir(), 'sluice-data-')) : makeQuickFolder('sluice-data-');
