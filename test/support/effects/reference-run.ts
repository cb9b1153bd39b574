import { defaultPolicies } from '@sluice/core/plan';
import { executeRun, type EngineStore } from '@sluice/core/run';
import { quietRun } from '@sluice/core/testing';
import type { StoredJob, TemporaryStore } from '@sluice/api/runs/stored-job.testing.js';
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

const MIRROR = { ...defaultPolicies('COPY'), deletions: 'MIRROR', maxParallelTransfers: 1 } as const;
const EDIT = 'edited at the destination';
/** A run that repeats an item is followed by one that finds nothing to do; more are too many. */
const MOST_RUNS = 5;

/** A copy in which everything happens: creates, updates, a conflict that keeps both, moves of files and folders, removals. */
export class ReferenceRun {
  private job!: StoredJob;

  constructor(
    private readonly scene: Scene,
    private readonly store: TemporaryStore,
  ) {}

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
    const told = await this.untilQuiet(crash.isTakenUp ? this.job.sameRun() : await this.job.nextRun());
    return [...told, ...(await this.faults(crash))].map((fault) => `${life.effects.at(-1)}: ${fault}`);
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

  private async live(store: EngineStore, life: Life): Promise<string> {
    const { from, to } = this.scene;
    const work = executeRun({
      source: life.platform(await from.open()),
      destination: life.platform(await to.open()),
      sourceRoot: from.root,
      destinationRoot: to.root,
      policies: MIRROR,
      store: life.store(store),
      clock: quickClock,
      ...quietRun(),
    });
    const end = await life.live(work);
    if (end === 'DIED') return end;
    return end.kind === 'BROKEN' ? `BROKEN: ${end.error.message}` : end.kind;
  }

  private async prepare(): Promise<void> {
    this.job = await this.store.addJob();
    const { from, to } = this.scene;
    for (const path of FIRST) await from.put(path, `first of ${path}`);
    const end = await this.live(await this.job.nextRun(), new Life(null));
    if (end !== 'DONE') throw new Error(`The first run ended ${end}.`);
    for (const path of ['update.txt', 'sub/update.txt']) await from.put(path, `second text of ${path}`);
    await to.put('conflict.txt', EDIT, 'OLDER');
    await from.put('conflict.txt', 'second text of conflict.txt', 'NEWER');
    await from.put('other.txt', 'second text of other.txt', 'OLDER');
    await to.put('other.txt', EDIT, 'NEWER');
    for (const [place, next] of MOVES) await from.move(place, next);
    for (const path of ['gone.txt', 'gone folder', 'boxes/box/gone.txt']) await from.remove(path);
    for (const path of ADDED) await from.put(path, `new ${path}`);
    await from.put('boxes/box/deep/in.txt', 'second text, in a folder that is moved');
  }

  private async editWhileDown(): Promise<void> {
    const { from } = this.scene;
    for (const path of ['update.txt', 'conflict.txt', 'top.txt', 'late/l.txt'])
      await from.put(path, `text of ${path} that came while it was down`, 'NEWER');
    await from.move('renamed.txt', 'renamed again.txt');
    await from.move('boxes', 'crates');
    await from.remove('new/n.txt');
  }

  private async faults({ isEditedWhileDown }: Crash): Promise<string[]> {
    const { from, to } = this.scene;
    const [expected, found, removed, versions] = await Promise.all([
      from.files(),
      to.files(),
      to.removed(),
      to.versions(),
    ]);
    const most = MOST_VERSIONS + (isEditedWhileDown ? 1 : 0);
    const copies = { conflict: EDIT, other: expected['other.txt'] ?? '' };
    expected['other.txt'] = EDIT;
    const wrong = Object.keys(expected).filter((path) => found[path] !== expected[path]);
    const extra = Object.keys(found).filter((path) => !(path in expected));
    return [
      ...wrong.map((path) => `${path in found ? 'other bytes' : 'missing'}: ${path}`),
      ...extra.filter((path) => !isCopy(path, copies, found)).map((path) => `too many: ${path}`),
      ...Object.keys(copies).flatMap((name) => this.notOne(name, extra)),
      ...(removed === null ? [] : missingIn(removed)),
      ...Object.entries(versions ?? {})
        .filter(([, count]) => count > most)
        .map(([path, count]) => `${count} versions: ${path}`),
    ];
  }

  /** Where both versions were kept, the second one stands there once. */
  private notOne(name: string, extra: readonly string[]): string[] {
    const count = extra.filter((path) => path.startsWith(`${name} (conflict`)).length;
    return count === 1 ? [] : [`${count} other versions of ${name}`];
  }
}

/** What was removed is in the trash or the bin, once. */
function missingIn(removed: readonly string[]): string[] {
  const texts = GONE.map((path) => `first of ${path}`);
  const lost = texts.filter((text) => removed.filter((one) => one === hashOf(text)).length !== 1);
  return lost.map((text) => `not in the trash once: ${text}`);
}

/** Of a file that was copied and then updated once. */
const MOST_VERSIONS = 2;

const isCopy = (path: string, copies: Record<string, string>, found: Record<string, string>) =>
  Object.entries(copies).some(([name, text]) => path.startsWith(`${name} (conflict`) && found[path] === text);

const GONE = ['gone.txt', 'gone folder/x.txt', 'gone folder/y.txt', 'box/gone.txt'];
const FIRST = [
  'kept.txt',
  'update.txt',
  'sub/update.txt',
  'sub/move.txt',
  'conflict.txt',
  'other.txt',
  'rename.txt',
  'box/in.txt',
  'box/deep/in.txt',
  ...GONE,
];
const MOVES = [
  ['rename.txt', 'renamed.txt'],
  ['sub/move.txt', 'new/moved.txt'],
  ['box', 'boxes/box'],
  ['boxes/box/in.txt', 'boxes/box/inner.txt'],
] as const;
/** Beside new places: below a folder that is moved, and under a name that another file leaves. */
const ADDED = ['top.txt', 'new/n.txt', 'new/deep/e.txt', 'boxes/box/deep/added.txt', 'rename.txt'];
