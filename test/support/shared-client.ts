import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HourUsage, LimitOptions } from '@sluice/procore-sandbox';
import { sharedPostgres } from '@sluice/api/db/postgres.testing.js';
import { evenTree, plant } from './files.js';
import { House } from './house.js';
import { endProcess } from './processes.js';
import { addJob, addShare, startRun } from './work.js';

export type DatabaseName = 'SQLite' | 'PostgreSQL';

const LONGEST_WAIT_MS = 180_000;
const TAKEN_UP = /"worker":(\d+),"msg":"a run was taken up"/g;

/** An API process and two worker processes apart, all of whose jobs use one client of a sandbox. */
export class SharedClient {
  private constructor(
    readonly house: House,
    private readonly workers: readonly ChildProcess[],
  ) {}

  static async open(database: DatabaseName, limits: Partial<LimitOptions>): Promise<SharedClient> {
    const env: Record<string, string> = { SLUICE_ROLE: 'api' };
    if (database === 'PostgreSQL') env['DATABASE_URL'] = await (await sharedPostgres()).createDatabase();
    const house = await House.open({ limits }, { env });
    return new SharedClient(house, [house.server.startWorker(), house.server.startWorker()]);
  }

  /** Begins as many jobs, each of so many files of its own; more of them than one worker takes keep both at work. */
  async begin(jobs: number, files: number): Promise<string[]> {
    const { client, procoreId } = this.house;
    const folder = await this.house.folder('origin');
    await plant(folder, evenTree(files, 2));
    const source = { connectionId: await addShare(client, folder, 'Origin') };
    const ids: string[] = [];
    for (let index = 0; index < jobs; index++)
      ids.push(await addJob(client, `Job ${index}`, source, { connectionId: procoreId, path: `/Job ${index}` }));
    return Promise.all(ids.map((id) => startRun(client, id)));
  }

  /** Full hours that begin once both workers have taken up runs, until they suffice; people look every two seconds. */
  async hoursOfBoth(suffice: (hours: HourUsage[]) => boolean): Promise<{ hours: HourUsage[]; refused: number }> {
    const { control } = this.house.sandbox;
    await this.until(50, () => this.working.length === 2);
    const since = Date.now();
    const full = () => control.counters().hours.filter(({ startedAt }) => startedAt >= since);
    await this.until(2_000, async () => (await this.look(), suffice(full())));
    return { hours: full(), refused: control.counters().refused429 };
  }

  private async until(pause: number, isSo: () => boolean | Promise<boolean>): Promise<void> {
    for (const end = Date.now() + LONGEST_WAIT_MS; !(await isSo()); await sleep(pause))
      if (Date.now() > end) throw new Error(`Waited in vain; processes at work: ${this.working.join(', ')}.`);
  }

  /** The processes that have taken up runs. */
  private get working(): number[] {
    return [...new Set([...this.house.server.output.matchAll(TAKEN_UP)].map(([, pid]) => Number(pid)))];
  }

  /** A call that a person waits for, made by the API process. */
  private async look(): Promise<void> {
    const query = 'query ($id: ID!) { connection(id: $id) { browse(first: 5) { nodes { name } } } }';
    await this.house.client.request(query, { id: this.house.procoreId });
  }

  async close(): Promise<void> {
    for (const { pid } of this.workers) await endProcess(pid ?? 0, 'SIGKILL');
    await this.house.close();
  }
}
