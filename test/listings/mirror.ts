import { defaultPolicies } from '@sluice/core/plan';
import type { Platform } from '@sluice/core/platform';
import { executeRun, type RunEnd } from '@sluice/core/run';
import { MemoryEngineStore, MemoryJob, quietRun } from '@sluice/core/testing';
import { quickClock, type Side } from '../support/effects/sides.js';

export const FOLDERS: readonly string[] = ['f', 'f/sub', 'g', 'g/deep', 'g/deep/er'];
const FILES = [...FOLDERS.flatMap((folder) => ['a', 'b', 'c'].map((name) => `${folder}/${name}.txt`)), 'top.txt'];

/** What is between a run and one of its platforms. */
export type Between = (platform: Platform) => Platform;

/** A copy with MIRROR between two places, run again and again while something is between it and them. */
export class Mirror {
  removals = 0;
  isFull = false;
  source: Side;
  private readonly job = new MemoryJob();
  private before: Record<string, string> = {};

  constructor(
    readonly own: Side,
    readonly destination: Side,
  ) {
    this.source = own;
  }

  /** Both sides have the same files, and the job knows it. */
  async copied(): Promise<this> {
    for (const path of FILES) await this.own.put(path, `bytes of ${path}`);
    const end = await this.run();
    if (end.kind !== 'DONE') throw new Error(`The first copy ended with ${end.kind}.`);
    this.before = await this.destination.files();
    if (Object.keys(this.before).length !== FILES.length) throw new Error('The first copy is not whole.');
    return this;
  }

  async run(
    ofSource: Between = (platform) => platform,
    ofDestination: Between = (platform) => platform,
  ): Promise<RunEnd> {
    return executeRun({
      source: ofSource(await this.source.open()),
      destination: ofDestination(this.counting(await this.destination.open())),
      sourceRoot: this.source.root,
      destinationRoot: this.destination.root,
      policies: { ...defaultPolicies('COPY'), deletions: 'MIRROR' },
      store: new MemoryEngineStore(this.job),
      clock: quickClock,
      ...quietRun(),
      listing: { isFull: this.isFull, settings: { SOURCE: 'one', DESTINATION: 'one' } },
    });
  }

  /** Passes everything on, and counts what is asked to be removed. */
  private counting(platform: Platform): Platform {
    const { destination } = platform;
    if (!destination?.remove) throw new Error('The destination cannot remove.');
    const counted: NonNullable<Platform['destination']> = Object.assign(
      Object.create(destination) as typeof destination,
      {
        remove: (...given: Parameters<NonNullable<typeof destination.remove>>) => {
          this.removals += 1;
          return destination.remove!(...given);
        },
      },
    );
    return passing(platform, { destination: counted });
  }

  /** What differs at the destination from what the first copy brought. */
  async changes(): Promise<string[]> {
    const now = await this.destination.files();
    const keys = new Set([...Object.keys(now), ...Object.keys(this.before)]);
    return [...keys].filter((key) => now[key] !== this.before[key]);
  }

  /** Whether a real deletion is followed once nothing is in between any more. */
  async followsDeletion(): Promise<boolean> {
    await this.own.remove('f/a.txt');
    await this.run();
    return this.removals > 0 && (await this.changes()).join() === 'f/a.txt';
  }
}

/** The platform with some of its parts replaced. */
export function passing(platform: Platform, parts: Partial<Platform>): Platform {
  return Object.assign(Object.create(platform) as Platform, {
    find: platform.find.bind(platform),
    check: platform.check.bind(platform),
    close: platform.close.bind(platform),
    ...parts,
  });
}
