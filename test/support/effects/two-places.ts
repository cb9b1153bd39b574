import { defaultPolicies, type Policies, type TransferType } from '@sluice/core/plan';
import type { Call } from '@sluice/core/platform';
import { executeRun, type RunContext, type RunEnd, type UndoneRun } from '@sluice/core/run';
import { MemoryEngineStore, MemoryJob, quietRun, undoneRun } from '@sluice/core/testing';
import type { Sandbox } from '@sluice/procore-sandbox';
import { Projects, quickClock, Shares, type Side } from './sides.js';

export const SIDES = ['a share', 'Procore'] as const;
export type SideName = (typeof SIDES)[number];
/** Every pair of platforms. */
export const PAIRS = SIDES.flatMap((from) => SIDES.map((to): [SideName, SideName] => [from, to]));

const call: Call = { signal: new AbortController().signal, priority: 'JOB', owner: 'a person' };

/** Places at shares and in projects of one sandbox. */
export class Places implements AsyncDisposable {
  private readonly shares = new Shares();
  private readonly projects: Projects;

  constructor(private readonly sandbox: Sandbox) {
    this.projects = new Projects(sandbox, { pageSize: 3 });
  }

  side(name: SideName): Side | Promise<Side> {
    return name === 'a share' ? this.shares.side() : this.projects.side();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shares[Symbol.asyncDispose]();
    await this.sandbox.close();
  }
}

/** A job of some type between two places, run after run. */
export class Job {
  store: MemoryEngineStore;
  policies: Partial<Policies> = {};
  /** What its runs are given beside the usual. */
  more: Partial<RunContext> = {};
  private undone: UndoneRun | undefined;

  constructor(
    private readonly transferType: TransferType,
    readonly source: Side,
    readonly destination: Side,
    private readonly job = new MemoryJob(),
  ) {
    this.store = new MemoryEngineStore(job);
  }

  /** A job of another type between the same places, with their ledger. */
  as(transferType: TransferType): Job {
    return new Job(transferType, this.source, this.destination, this.job);
  }

  async begin(approve?: Parameters<typeof executeRun>[1]): Promise<RunEnd> {
    this.store = new MemoryEngineStore(this.job);
    const { source, destination, transferType, store } = this;
    return executeRun(
      {
        ...{ ...quietRun(), source: await source.open(), destination: await destination.open(), transferType, store },
        ...{ sourceRoot: source.root, destinationRoot: destination.root, clock: quickClock },
        policies: { ...defaultPolicies(transferType), ...this.policies },
        undo: this.undone,
        ...this.more,
      },
      approve,
    );
  }

  /** Everything is carried out; tells every step, by its place at the destination, else at the source. */
  async run(): Promise<string[]> {
    const end = await this.begin();
    if (end.kind !== 'DONE') throw new Error(`The run ended with ${JSON.stringify(end)}.`);
    return this.told();
  }

  /** Undoes the last run likewise. */
  async undo(): Promise<string[]> {
    this.undone = undoneRun(this.store);
    try {
      return await this.run();
    } finally {
      this.undone = undefined;
    }
  }

  told(): string[] {
    const steps = this.store.steps().map(({ step, outcome, result }) => {
      return `${outcome} ${result?.reason ?? step.reason} ${step.destinationKey ?? step.sourceKey}`;
    });
    return steps.sort();
  }
}

/** Paths of all that stands at a place, folders with a slash at the end. */
export async function treeOf(side: Side): Promise<string[]> {
  const platform = await side.open();
  const paths: string[] = [];
  for await (const entry of platform.source!.list({ folder: { path: side.root } }, call))
    if (entry.type === 'item')
      paths.push(entry.item.path.slice(side.root.length).join('/') + (entry.item.kind === 'FOLDER' ? '/' : ''));
  return paths.sort();
}
