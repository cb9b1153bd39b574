import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AppOptions } from '../app.js';
import type { Config } from '../config.js';
import { openTestApp, type TestApp } from '../testing.js';

/** An application with two file shares on this machine. */
export interface ShareApp extends TestApp {
  /** Folders behind the connections. */
  folders: { source: string; destination: string };
  connections: { source: string; destination: string };
  put(path: string, content: string): void;
  remove(path: string): void;
  /** Content at the destination; throws when there is none. */
  get(path: string): string;
  createJob(changes?: Record<string, unknown>): Promise<string>;
  /** The operation's data; throws when it answers with errors of any kind. */
  ask<T = Record<string, unknown>>(query: string, variables?: Record<string, unknown>): Promise<T>;
  /** Starts a run and waits for its end. */
  runToEnd(jobId: string, input?: Record<string, unknown>): Promise<{ id: string; state: string }>;
  /** Asks repeatedly until the value fits; gives the last value after 600 tries. */
  until<T>(ask: () => Promise<T>, pleases: (value: T) => boolean): Promise<T>;
  runState(id: string): Promise<string>;
}

const CONNECTION = `mutation ($location: String!, $name: String!) {
  connectionCreate(input: { name: $name, settings: { networkFileShare: { location: $location } } }) {
    connection { id } userErrors { code message field }
  }
}`;
const JOB =
  'mutation ($input: JobCreateInput!) { jobCreate(input: $input) { job { id } userErrors { code message field } } }';
const START =
  'mutation ($id: ID!, $input: RunStartInput) { runStart(jobId: $id, input: $input) { run { id } userErrors { code message } } }';
/** Often enough that nobody waits, and seldom enough that asking does not take the processor from the work. */
export const QUICK_WORK = { poll: 50, beat: 50 };
const ASK_EVERY_MS = 25;
const ENDS = new Set(['CANCELED', 'SUCCEEDED', 'SUCCEEDED_WITH_ISSUES', 'FAILED']);

export async function openShareApp(
  changes: Partial<Config> = {},
  options: AppOptions = { work: QUICK_WORK },
): Promise<ShareApp> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-shares-'));
  const folders = { source: join(folder, 'source'), destination: join(folder, 'destination') };
  for (const path of Object.values(folders)) mkdirSync(path);
  const test = await openTestApp(changes, options);
  await test.app.listen();
  const ask: ShareApp['ask'] = async <T>(query: string, variables?: Record<string, unknown>) => {
    const reply = await test.send<Record<string, { userErrors?: unknown[] }>>(query, variables);
    const refused = Object.values(reply.data ?? {}).flatMap((value) => value?.userErrors ?? []);
    if (reply.errors || refused.length > 0) throw new Error(JSON.stringify(reply.errors ?? refused));
    return reply.data as T;
  };
  const connect = async (name: 'source' | 'destination') => {
    const made = await ask<{ connectionCreate: { connection: { id: string } } }>(CONNECTION, {
      name,
      location: folders[name],
    });
    return made.connectionCreate.connection.id;
  };
  const connections = { source: await connect('source'), destination: await connect('destination') };
  const until: ShareApp['until'] = async (question, pleases) => {
    for (let tries = 0; ; tries++) {
      const value = await question();
      if (pleases(value) || tries === 600) return value;
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    }
  };
  const runState = async (id: string) => {
    const { run } = await ask<{ run: { state: string } }>('query ($id: ID!) { run(id: $id) { state } }', { id });
    return run.state;
  };
  return {
    ...test,
    folders,
    connections,
    ask,
    until,
    runState,
    put: (path, content) => {
      const file = join(folders.source, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    },
    remove: (path) => rmSync(join(folders.source, path), { recursive: true }),
    get: (path) => readFileSync(join(folders.destination, path), 'utf8'),
    createJob: async (given = {}) => {
      const locations = {
        source: { connectionId: connections.source },
        destination: { connectionId: connections.destination },
      };
      const input = { name: 'Copy', transferType: 'COPY', ...locations, ...given };
      return (await ask<{ jobCreate: { job: { id: string } } }>(JOB, { input })).jobCreate.job.id;
    },
    runToEnd: async (jobId, input) => {
      const { runStart } = await ask<{ runStart: { run: { id: string } } }>(START, { id: jobId, input });
      const { id } = runStart.run;
      return {
        id,
        state: await until(
          () => runState(id),
          (state) => ENDS.has(state),
        ),
      };
    },
    [Symbol.asyncDispose]: async () => {
      await test[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
