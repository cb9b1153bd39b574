import type { Policies, TransferType } from '@sluice/core/plan';
import { executeRun, type EngineStore, type UndoneRun } from '@sluice/core/run';
import { quietRun } from '@sluice/core/testing';
import type { StoredJob, TemporaryStore } from '@sluice/api/runs/engine-store/stored-job.testing.js';
import { Life, type Death } from './life.js';
import { hashOf, quickClock, type Side } from './sides.js';

/** A crash of the reference run, and what happens around it. */
export interface Crash extends Death {
  /** Whether people go on working at the source while nothing runs. */
  isEditedWhileDown: boolean;
  /** Whether the run is taken up again; else it is left as it is, and the next one begins. */
  isTakenUp: boolean;
}

export interface Scene {
  from: Side;
  to: Side;
}

/** A run that repeats an item is followed by one that finds nothing to do; more are too many. */
const MOST_RUNS = 5;

/** A run of some type in which everything happens that the type does, and that dies at one of its effects. */
export abstract class CrashedRun {
  private job!: StoredJob;
  protected abstract readonly transferType: TransferType;
  protected abstract readonly policies: Policies;
  /** Type of the first run, which only makes both sides equal. */
  protected readonly firstType: TransferType | null = null;
  /** Whether the run that dies is the undo of the one in which everything happens. */
  protected readonly isUndo: boolean = false;
  private undo: UndoneRun | undefined;

  constructor(
    protected readonly scene: Scene,
    private readonly store: TemporaryStore,
  ) {}

  /** Files of the source before the first run, which brings them over. */
  protected abstract readonly first: readonly string[];
  /** What people do on both sides between the first run and the one that dies. */
  protected abstract change(): Promise<void>;
  protected abstract editWhileDown(): Promise<void>;
  /** What is wrong once nothing is left to do. */
  protected abstract faults(crash: Crash): Promise<string[]>;

  /** The effects of the run when nothing goes wrong. */
  async effects(): Promise<string[]> {
    await this.prepare();
    const life = new Life(null);
    const end = await this.live(await this.job.nextRun(), life);
    if (end !== 'DONE') throw new Error(`The reference run ended ${end}.`);
    return life.effects;
  }

  /** Dies as told, goes on, and tells what is wrong in the end. */
  async survive(crash: Crash): Promise<string[]> {
    await this.prepare();
    const life = new Life(crash);
    const end = await this.live(await this.job.nextRun(), life);
    if (end !== 'DIED') return [`it ended ${end} instead of dying at effect ${crash.effect}`];
    if (crash.isEditedWhileDown) await this.editWhileDown();
    if (this.isUndo) return this.endUndo(crash);
    const told = await this.untilQuiet(crash.isTakenUp ? this.job.sameRun() : await this.job.nextRun());
    return [...told, ...(await this.faults(crash))].map((fault) => `${life.effects.at(-1)}: ${fault}`);
  }

  /** No run follows: it would do again what was undone. */
  private async endUndo(crash: Crash): Promise<string[]> {
    const end = await this.live(this.job.sameRun(), new Life(null));
    return [...(end === 'DONE' ? [] : [`the undo ended ${end}`]), ...(await this.faults(crash))];
  }

  private async untilQuiet(first: EngineStore): Promise<string[]> {
    for (let run = 1, store = first; run <= MOST_RUNS; run++, store = await this.job.nextRun()) {
      const life = new Life(null);
      const end = await this.live(store, life);
      if (end !== 'DONE') return [`a later run ended ${end}`];
      if (run > 1 && life.effects.length === 0) return [];
    }
    return [`${MOST_RUNS} runs were not enough`];
  }

  private async live(store: EngineStore, life: Life, transferType = this.transferType): Promise<string> {
    const { from, to } = this.scene;
    const work = executeRun({
      source: life.platform(await from.open(), ' at the source'),
      destination: life.platform(await to.open()),
      sourceRoot: from.root,
      destinationRoot: to.root,
      policies: this.policies,
      store: life.store(store),
      clock: quickClock,
      ...quietRun(),
      transferType,
      undo: this.undo,
    });
    const end = await life.live(work);
    if (end === 'DIED') return end;
    return end.kind === 'BROKEN' ? `BROKEN: ${end.error.message}` : end.kind;
  }

  private async prepare(): Promise<void> {
    this.job = await this.store.addJob();
    for (const path of this.first) await this.scene.from.put(path, `first of ${path}`);
    const end = await this.live(await this.job.nextRun(), new Life(null), this.firstType ?? undefined);
    if (end !== 'DONE') throw new Error(`The first run ended ${end}.`);
    await this.change();
    if (!this.isUndo) return;
    const done = await this.live(await this.job.nextRun(), new Life(null));
    if (done !== 'DONE') throw new Error(`The run that is to be undone ended ${done}.`);
    this.undo = await this.job.undoneRun();
  }

  protected async versionFaults(side: Side, most: number): Promise<string[]> {
    const many = Object.entries((await side.versions()) ?? {}).filter(([, count]) => count > most);
    return many.map(([path, count]) => `${count} versions: ${path}`);
  }
}

/** What is lost, doubled or not expected of the texts of all files of a side. */
export function notOnce(found: readonly string[], expected: readonly string[]): string[] {
  const counts = new Map(expected.map((text) => [text, 0]));
  for (const text of found) counts.set(text, (counts.get(text) ?? 1) + 1);
  return [...counts].filter(([, count]) => count !== 1).map(([text, count]) => `${count} times: ${text}`);
}

/** What is not in the trash or the bin exactly once, where there is one. */
export function missingIn(removed: readonly string[] | null, texts: readonly string[]): string[] {
  if (removed === null) return [];
  const lost = texts.filter((text) => removed.filter((one) => one === hashOf(text)).length !== 1);
  return lost.map((text) => `not in the trash once: ${text}`);
}
