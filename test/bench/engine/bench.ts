import { mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GraphqlClient, UserErrorShape } from '../../support/graphql.js';
import { Server } from '../../support/server.js';
import { addJob, addShare, hasEnded, outcomesOf, readRun, startRun } from '../../support/work.js';
import type { Figure } from './figure.js';
import { run, settleDisk } from './trees.js';
import { Watch, type Watched } from './watch.js';

const ASK_EVERY_MS = 200;
const LONGEST_WAIT_MS = 2 * 60 * 60 * 1_000;

/** An operation of the server that is over. */
export interface Timed extends Watched {
  seconds: number;
}

type Payload<Name extends string, T> = Record<Name, T> & { userErrors: UserErrorShape[] };

/** A folder for trees, and the product as it is built, in processes of its own, with SQLite and its defaults. */
export class Bench {
  private constructor(
    readonly folder: string,
    private readonly server: Server,
    readonly client: GraphqlClient,
    private readonly shareId: string,
  ) {}

  static async open(): Promise<Bench> {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
    const server = await Server.start({ isOnDisk: true });
    const client = await server.client();
    return new Bench(folder, server, client, await addShare(client, folder));
  }

  async close(): Promise<void> {
    await this.server.dispose();
    await run('rm', ['-rf', this.folder]);
  }

  /** A new folder for a tree. */
  place(name: string): string {
    const path = join(this.folder, name);
    mkdirSync(path);
    return path;
  }

  addJob(from: string, to: string, policies?: Record<string, unknown>): Promise<string> {
    const at = (path: string) => ({ connectionId: this.shareId, path: `/${path}` });
    return addJob(this.client, `${from} to ${to}`, at(from), at(to), policies);
  }

  /** A run to its end; throws unless so many files had that outcome. */
  async run(jobId: string, expected: { outcome: string; files: number }): Promise<Timed> {
    return this.watchRun(jobId, expected, () => startRun(this.client, jobId));
  }

  /** Tries all flagged items of a job again. */
  async retry(jobId: string, expected: { outcome: string; files: number }): Promise<Timed> {
    const document = `mutation ($jobId: ID!) {
      runItemsRetry(jobId: $jobId, items: { filter: {} }) { run { id } userErrors { code message field } } }`;
    return this.watchRun(jobId, expected, async () => {
      const { run } = await this.client.mutate<Payload<'run', { id: string }>>(document, { jobId });
      return run.id;
    });
  }

  async changePolicies(jobId: string, policies: Record<string, unknown>): Promise<void> {
    const document = `mutation ($id: ID!, $input: JobUpdateInput!) {
      jobUpdate(id: $id, input: $input) { job { id } userErrors { code message field } } }`;
    await this.client.mutate(document, { id: jobId, input: { policies } });
  }

  /** Lists and plans, and carries nothing out. */
  async plan(jobId: string): Promise<Timed> {
    const document = `mutation ($jobId: ID!) { planCreate(jobId: $jobId) { plan { id } userErrors { code message field } } }`;
    return this.watched(jobId, async () => {
      const { plan } = await this.client.mutate<Payload<'plan', { id: string }>>(document, { jobId });
      return this.secondsOfPlan(plan.id);
    });
  }

  /** Lists a folder and compares contents; throws unless it finds so much. */
  async scan(folder: string, expected: { fileCount: number; duplicateGroupCount: number }): Promise<Timed> {
    const input = {
      name: 'Scan',
      transferType: 'SCAN',
      source: { connectionId: this.shareId, at: { path: `/${folder}` } },
    };
    const create = `mutation ($input: JobCreateInput!) {
      jobCreate(input: $input) { job { id } userErrors { code message field } } }`;
    const { job } = await this.client.mutate<Payload<'job', { id: string }>>(create, { input });
    return this.watched(job.id, async () => {
      const begun = performance.now();
      const id = await startRun(this.client, job.id);
      const { state } = await this.until(() => readRun(this.client, id), hasEnded);
      const seconds = (performance.now() - begun) / 1_000;
      const result = `{ run(id: "${id}") { scan { fileCount duplicateGroupCount } } }`;
      const { run } = await this.client.request<{ run: { scan: typeof expected | null } }>(result);
      const [found, wanted] = [run.scan, expected].map(
        (each) => `${each?.fileCount} files, ${each?.duplicateGroupCount} twice`,
      );
      if (found !== wanted) throw new Error(`The scan ended ${state} and found ${found} instead of ${wanted}.`);
      return seconds;
    });
  }

  /** Bytes of the store on disk. */
  storeBytes(): number {
    return ['', '-wal'].reduce((sum, end) => sum + sizeOf(join(this.server.dataDir, `sluice.db${end}`)), 0);
  }

  private watchRun(
    jobId: string,
    expected: { outcome: string; files: number },
    start: () => Promise<string>,
  ): Promise<Timed> {
    return this.watched(jobId, async () => {
      const begun = Date.now();
      const id = await start();
      const run = await this.until(() => readRun(this.client, id), hasEnded);
      const seconds = ((await this.finishOf(id)) - begun) / 1_000;
      const found = outcomesOf(run)[expected.outcome] ?? 0;
      if (found < expected.files)
        throw new Error(
          `${expected.files} files were to be ${expected.outcome}, ${found} are; the run ended ${run.state}: ${run.stateReason?.message ?? ''}`,
        );
      return seconds;
    });
  }

  /** When the run was over, in milliseconds since 1970: to ask for its end often enough would slow it down. */
  private async finishOf(id: string): Promise<number> {
    const document = 'query ($id: ID!) { run(id: $id) { finishedAt } }';
    const { run } = await this.client.request<{ run: { finishedAt: string } }>(document, { id });
    return Date.parse(run.finishedAt);
  }

  private async secondsOfPlan(id: string): Promise<number> {
    const begun = performance.now();
    const document = 'query ($id: ID!) { node(id: $id) { ... on Plan { taskState failure { message } } } }';
    interface Reply {
      node: { taskState: string; failure: { message: string } | null };
    }
    const isOver = ({ node }: Reply) => !['QUEUED', 'RUNNING'].includes(node.taskState);
    const { node } = await this.until(() => this.client.request<Reply>(document, { id }), isOver);
    if (node.taskState !== 'SUCCEEDED') throw new Error(`The plan ended ${node.taskState}: ${node.failure?.message}`);
    return (performance.now() - begun) / 1_000;
  }

  private async watched(jobId: string, work: () => Promise<number>): Promise<Timed> {
    await settleDisk();
    const watch = new Watch(this.client, this.server.pid, jobId);
    try {
      const seconds = await work();
      return { seconds, ...(await watch.end()) };
    } catch (error) {
      await watch.end().catch(() => undefined);
      throw error;
    }
  }

  private async until<T>(ask: () => Promise<T>, isOver: (answer: T) => boolean): Promise<T> {
    const deadline = performance.now() + LONGEST_WAIT_MS;
    for (;;) {
      const answer = await ask();
      if (isOver(answer)) return answer;
      if (performance.now() > deadline) throw new Error(`Not over after ${LONGEST_WAIT_MS / 1_000} s.`);
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    }
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

const ANSWER_MS = 50;
const MEMORY_MIB = 384;

/** Bounds that hold while anything runs. */
export function watchedFigures(what: string, { liveMs, queryMs }: Watched): Figure[] {
  return [
    { name: `${what}: answer of /health/live, p99`, found: liveMs, unit: 'ms', atMost: ANSWER_MS },
    { name: `${what}: answer of a small query, p99`, found: queryMs, unit: 'ms', atMost: ANSWER_MS },
  ];
}

export const memoryFigure = (what: string, { peakMib }: Watched): Figure => ({
  name: `${what}: peak memory of a process`,
  found: peakMib,
  unit: 'MiB',
  atMost: MEMORY_MIB,
});
