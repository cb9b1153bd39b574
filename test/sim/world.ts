import { setMaxListeners } from 'node:events';
import { NO_CONDITION } from '@sluice/core/filter';
import { defaultPolicies } from '@sluice/core/plan';
import type { Destination, Platform } from '@sluice/core/platform';
import { executeRun, type RunEnd } from '@sluice/core/run';
import { createMemoryPlatform, FakeClock, MemoryEngineStore, MemoryJob, quietRun } from '@sluice/core/testing';
import type { MemoryOperation, MemoryPlatform } from '@sluice/core/testing';
import { Life, type Death } from '../support/effects/life.js';
import { seeded } from '../support/random.js';
import type { Scope } from './oracle/migrated.js';
import { Model } from './oracle/model.js';
import type { Rules } from './oracle/bases.js';
import { Person, type Act } from './people.js';
import { faulty, withRoles, type Disturbance, type Trouble } from './trouble.js';

/** How a life of the engine went. */
export interface Lived {
  end: RunEnd['kind'] | 'DIED';
  /** What was carried out, or was to be when it died. */
  effects: string[];
  /** Whether it wrote down what it found, beside what it carried out: the next one knows more. */
  hasLearned: boolean;
  /** What was asked of both platforms, one name for each call. */
  calls: MemoryOperation[];
}

/** A side before and after what people did there while a run was at work. */
export interface Meanwhile {
  side: 'source' | 'destination';
  before: Model;
  after: Model;
}

/** A destination that goes wrong by itself: what the simulation has to notice. */
export type Spoil = (inner: Destination, platform: MemoryPlatform) => Destination;

/** People do not stop a run here. */
const NEVER_STOPPED = new AbortController().signal;
setMaxListeners(0, NEVER_STOPPED);

const LONGEST_DELAY_MS = 2_000;

/** Two places, and the engine that copies from one to the other. Replies take a random time, so that they come in any order. */
export class World {
  readonly source: MemoryPlatform;
  readonly destination: MemoryPlatform;
  readonly clock = new FakeClock();
  private readonly job = new MemoryJob();
  private store = new MemoryEngineStore(this.job);
  private time = Date.UTC(2026, 0, 1);
  private calls: MemoryOperation[] = [];
  /** Changes that the run has begun, and those that it has made. */
  private changes = { before: 0, after: 0 };
  private isPersonAtWork = false;
  /** Of MIGRATE: what is in it, once a listing fixed that. */
  scope: Scope | null = null;
  /** What people did while the last run with people at work was so; null: it ended before. */
  meanwhile: Meanwhile | null = null;
  private readonly random: () => number;

  constructor(
    private readonly rules: Rules,
    seed: number,
    tellsChanges: boolean,
    private readonly spoil: Spoil | null,
  ) {
    const now = () => (this.time += 1_000);
    this.source = createMemoryPlatform({ now, tellsChanges, without: ['direct'] });
    this.destination = createMemoryPlatform({ now, tellsChanges, without: ['direct'] });
    this.random = seeded(seed);
  }

  models(): { source: Model; destination: Model } {
    return { source: Model.of(this.source), destination: Model.of(this.destination) };
  }

  /** The next run of the job. */
  next(trouble: Trouble, disturbance: Disturbance | null = null): Promise<Lived> {
    this.store = new MemoryEngineStore(this.job);
    return this.live(trouble, disturbance);
  }

  /** What a new process does with the run that the former one left. */
  takeUp(): Promise<Lived> {
    this.store.restarted();
    return this.live({ kind: 'NONE' });
  }

  private async live(trouble: Trouble, disturbance: Disturbance | null = null): Promise<Lived> {
    const life = new Life(trouble.kind === 'CRASH' ? deathOf(trouble) : null);
    [this.calls, this.changes] = [[], { before: 0, after: 0 }];
    for (const platform of [this.source, this.destination]) this.delay(platform, disturbance);
    const end = await this.clock.runUntil(life.live(this.run(life, trouble)));
    for (const platform of [this.source, this.destination]) platform.onOperation(null);
    const hasLearned = Object.values(this.store.outcomes()).some((outcome) => LEARNED.test(outcome));
    return { end: end === 'DIED' ? end : end.kind, effects: life.effects, hasLearned, calls: this.calls };
  }

  private run(life: Life, trouble: Trouble): Promise<RunEnd> {
    const { type, conflict, existing, deletions, leavesOut } = this.rules;
    return executeRun({
      source: life.platform(this.seen('source', trouble)),
      destination: life.platform(this.seen('destination', trouble)),
      sourceRoot: [],
      destinationRoot: [],
      policies: { ...defaultPolicies(type), conflict, existing, deletions },
      rules: leavesOut.length === 0 ? [] : [{ ...NO_CONDITION, isExclusion: true, globs: leavesOut }],
      store: life.store(this.store),
      clock: this.clock,
      listing: { isFull: false, settings: { SOURCE: 'same', DESTINATION: 'same' } },
      ...quietRun(NEVER_STOPPED),
      transferType: type,
    });
  }

  private seen(side: 'source' | 'destination', trouble: Trouble): Platform {
    const isStruck = trouble.kind === 'LISTING' && trouble.side === side;
    const platform = side === 'destination' && this.spoil ? this.spoilt(this.spoil) : this[side];
    return isStruck ? faulty(platform, trouble.fault, trouble.entry) : platform;
  }

  private spoilt(spoil: Spoil): Platform {
    return withRoles(this.destination, { destination: spoil(this.destination.destination!, this.destination) });
  }

  private delay(platform: MemoryPlatform, disturbance: Disturbance | null): void {
    platform.onOperation(async ({ operation, moment, path }) => {
      if (this.isPersonAtWork) return;
      if (moment === 'before') this.calls.push(operation);
      await this.clock.sleep(this.random() * LONGEST_DELAY_MS);
      if (!disturbance || !CHANGES.has(operation)) return;
      this.changes[moment] += 1;
      if (disturbance.moment === moment && disturbance.effect === this.changes[moment])
        await this.disturb(disturbance.act, disturbance.isThere ? { platform, path: path.join('/') } : null);
    });
  }

  private async disturb(act: Act, at: { platform: MemoryPlatform; path: string } | null): Promise<void> {
    const side = at === null ? act.side : at.platform === this.source ? 'source' : 'destination';
    this.isPersonAtWork = true;
    const before = Model.of(this[side]);
    const person = new Person(this[side]);
    await (at === null ? person.do(act) : person.doAt(at.path, act));
    this.meanwhile = { side, before, after: Model.of(this[side]) };
    this.isPersonAtWork = false;
  }
}

const LEARNED = /^(ADOPTED|UNCHANGED) /;
const CHANGES: ReadonlySet<MemoryOperation> = new Set(['ensureFolder', 'write', 'move', 'remove']);
const deathOf = ({ effect, moment }: Death): Death => ({ effect, moment });
