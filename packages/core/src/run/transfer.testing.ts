import { defaultPolicies, type Policies, type TransferType } from '../plan/index.js';
import type { ItemRule } from '../platform/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun } from '../testing/index.js';
import {
  executeRun,
  makePlan,
  type EngineStore,
  type ItemMapping,
  type RunContext,
  type RunEnd,
  type UndoneRun,
} from './index.js';

/** A job of some type between two platforms in memory, run after run. */
export class Transfer {
  readonly source = createMemoryPlatform();
  readonly destination = createMemoryPlatform();
  readonly job = new MemoryJob();
  store = new MemoryEngineStore(this.job);
  only: string[] | null = null;
  rules: ItemRule[] = [];
  mapping: ItemMapping | undefined;
  isReapply = false;
  discovered = 0;

  constructor(
    private readonly type: TransferType,
    private readonly policies: Partial<Policies> = {},
  ) {}

  /** `given`: what the store does otherwise; `undo`: a run that is undone instead. */
  begin(given: Partial<EngineStore> = {}, undo?: UndoneRun): Promise<RunEnd> {
    const context = { ...this.context(), undo };
    return executeRun({ ...context, store: Object.assign(context.store, given) });
  }

  /** Everything is carried out; tells every step. */
  async run(): Promise<string[]> {
    const end = await this.begin();
    if (end.kind !== 'DONE') throw new Error(`The run ended with ${end.kind}.`);
    return this.told();
  }

  /** A plan that nobody carries out. */
  async plan(): Promise<string[]> {
    await makePlan(this.context());
    return this.store
      .steps()
      .map(({ step }) => `${step.action} ${step.reason} ${step.destinationKey ?? step.sourceKey}`);
  }

  /** Somebody gives an item of a side another place. */
  async move(side: 'source' | 'destination', from: string, to: string): Promise<void> {
    const platform = this[side];
    const call = { signal: new AbortController().signal, priority: 'JOB', owner: 'test' } as const;
    const parent = (await platform.find({ path: to.split('/').slice(0, -1) }, call))!;
    await platform.destination!.move!(platform.item(from)!, { parent, name: to.split('/').at(-1)! }, call);
  }

  told(): string[] {
    return this.store.steps().map(({ step, outcome, result }) => {
      return `${outcome} ${result?.reason ?? step.reason} ${step.destinationKey ?? step.sourceKey}`;
    });
  }

  logged(): string {
    return this.store.logged.map(({ message }) => message).join('\n');
  }

  private context(): RunContext {
    const { source, destination, only, rules } = this;
    this.store = new MemoryEngineStore(this.job);
    this.discovered = 0;
    const quiet = quietRun();
    return {
      ...{ source, destination, sourceRoot: [], destinationRoot: [], rules, store: this.store },
      ...{ mapping: this.mapping, isReapply: this.isReapply },
      policies: { ...defaultPolicies(this.type), ...this.policies },
      clock: { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} },
      ...{ ...quiet, transferType: this.type, only },
      report: { ...quiet.report, discovered: (items) => (this.discovered += items) },
    };
  }
}

export const seeds = (...paths: string[]) =>
  paths.map((path) => (path.endsWith('/') ? { path: path.slice(0, -1) } : { path, bytes: `bytes of ${path}` }));
