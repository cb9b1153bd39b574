import { TemporaryStore } from '@sluice/api/runs/engine-store/stored-job.testing.js';
import type { Sandbox } from '@sluice/procore-sandbox';
import { startEmptySandbox } from '../sandbox.js';
import type { Crash, Scene } from './crashed-run.js';
import { MoveRun } from './move-run.js';
import { PublicationRun } from './publication-run.js';
import { ReferenceRun } from './reference-run.js';
import { memorySide, Projects, Shares } from './sides.js';
import { SyncRun } from './sync-run.js';
import { UndoRun } from './undo-run.js';

export const DIRECTIONS = ['memory to memory', 'share to share', 'share to Procore', 'Procore to share'] as const;
export type Direction = (typeof DIRECTIONS)[number];

const RUNS = { COPY: ReferenceRun, PUBLISH: PublicationRun, MOVE: MoveRun, SYNC: SyncRun, undo: UndoRun };
export type CrashedType = keyof typeof RUNS;
export const CRASHED_TYPES = Object.keys(RUNS) as CrashedType[];

/** Everything that reference runs in all directions need; each run has fresh places. */
export class Scenes implements AsyncDisposable {
  private readonly shares = new Shares();

  private constructor(
    private readonly sandbox: Sandbox,
    private readonly projects: Projects,
    private readonly store: TemporaryStore,
  ) {}

  static async open(): Promise<Scenes> {
    const sandbox = await startEmptySandbox();
    return new Scenes(sandbox, new Projects(sandbox), await TemporaryStore.open());
  }

  async effectsOf(type: CrashedType, direction: Direction): Promise<string[]> {
    return new RUNS[type](await this.scene(direction), this.store).effects();
  }

  async survive(type: CrashedType, direction: Direction, crash: Crash): Promise<string[]> {
    return new RUNS[type](await this.scene(direction), this.store).survive(crash);
  }

  private async scene(direction: Direction): Promise<Scene> {
    switch (direction) {
      case 'memory to memory':
        return { from: memorySide(), to: memorySide() };
      case 'share to share':
        return { from: this.shares.side(), to: this.shares.side() };
      case 'share to Procore':
        return { from: this.shares.side(), to: await this.projects.side() };
      case 'Procore to share':
        return { from: await this.projects.side(), to: this.shares.side() };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shares[Symbol.asyncDispose]();
    await this.sandbox.close();
    await this.store[Symbol.asyncDispose]();
  }
}

/** Both sides of every effect. The source is edited in every second case, and every third run is not taken up again. */
export function crashesOf(effects: readonly string[]): Crash[] {
  return effects.flatMap((_, index) =>
    (['before', 'after'] as const).map((moment, side) => {
      const number = 2 * index + side;
      const isEditedWhileDown = (index + side) % 2 === 1;
      return { effect: index + 1, moment, isEditedWhileDown, isTakenUp: number % 3 !== 2 };
    }),
  );
}

export const nameOf = ({ effect, moment, isEditedWhileDown, isTakenUp }: Crash): string =>
  `${moment} effect ${effect}${isEditedWhileDown ? ', edited while down' : ''}${isTakenUp ? '' : ', next run'}`;
