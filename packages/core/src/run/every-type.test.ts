import { describe, expect, it } from 'vitest';
import type { Limits } from '../platform/index.js';
import { defaultPolicies, type TransferType } from '../plan/index.js';
import { createMemoryPlatform, MemoryEngineStore, MemoryJob, quietRun } from '../testing/index.js';
import type { MemoryPlatformOptions } from '../testing/index.js';
import { executeRun } from './index.js';

/** As Procore compares and bounds names. */
const STRICT: Partial<Limits> = {
  isCaseSensitive: false,
  isUnicodeFormSensitive: false,
  maxSegmentLength: 255,
  maxPathLength: 255,
};
const PLATFORMS: [string, MemoryPlatformOptions][] = [
  ['that proves before it publishes', { limits: STRICT }],
  ['that publishes first', { limits: STRICT, without: ['direct', 'proof'] }],
];
const TYPES: TransferType[] = ['COPY', 'MOVE', 'MIGRATE', 'PUBLISH', 'SYNC', 'STRUCTURE'];
const CASES = TYPES.flatMap((type) => PLATFORMS.map(([name, options]) => [type, name, options] as const));

class Pair {
  readonly source = createMemoryPlatform();
  readonly destination;
  private readonly job = new MemoryJob();

  constructor(options: MemoryPlatformOptions) {
    this.destination = createMemoryPlatform(options);
  }

  async run(transferType: TransferType): Promise<Record<string, string>> {
    const store = new MemoryEngineStore(this.job);
    const { source, destination } = this;
    const end = await executeRun({
      ...{ ...quietRun(), source, destination, sourceRoot: [], destinationRoot: [], store, transferType },
      policies: defaultPolicies(transferType),
      clock: { now: () => Date.UTC(2026, 10, 21, 12), monotonic: () => 0, sleep: async () => {} },
    });
    expect(end).toEqual({ kind: 'DONE' });
    return store.outcomes();
  }
}

describe.each(CASES)('%s to a platform %s', (type, _name, options) => {
  it('meets folders that stand there in other case or Unicode form, and deals with what is in them at once', async () => {
    const pair = new Pair(options);
    const composed = 'Pl\u00e4ne';
    const decomposed = composed.normalize('NFD');
    pair.destination.seed([
      { path: 'DRAWINGS/a.pdf', bytes: 'same' },
      { path: 'DRAWINGS/Level 1/x.pdf', bytes: 'same' },
      { path: `${decomposed}/p.pdf`, bytes: 'same' },
    ]);
    pair.source.seed([
      { path: 'Drawings/a.pdf', bytes: 'same' },
      { path: 'Drawings/c.pdf', bytes: 'new' },
      { path: 'Drawings/LEVEL 1/x.pdf', bytes: 'same' },
      { path: `${composed}/p.pdf`, bytes: 'same' },
    ]);
    const outcomes = await pair.run(type);
    expect(Object.values(outcomes).filter((outcome) => /FLAGGED|RETRYING/.test(outcome))).toEqual([]);
    const files = type === 'STRUCTURE' ? [] : ['DRAWINGS/c.pdf'];
    expect(pair.destination.tree().sort()).toEqual(
      [
        ...['DRAWINGS/', 'DRAWINGS/Level 1/', 'DRAWINGS/Level 1/x.pdf', 'DRAWINGS/a.pdf', ...files],
        ...[`${decomposed}/`, `${decomposed}/p.pdf`],
      ].sort(),
    );
    expect(pair.destination.versions('DRAWINGS/a.pdf')).toBe(1);
    const later = await pair.run(type);
    expect(Object.values(later).filter((outcome) => !/ADOPTED|UNCHANGED|SKIPPED/.test(outcome))).toEqual([]);
  });
});

const WITH_FILES = CASES.filter(([type]) => type !== 'STRUCTURE');

describe.each(WITH_FILES)('%s to a platform %s', (type, _name, options) => {
  it('a conflict that has no room for a second name ends neither the run nor a content, and the others go on', async () => {
    const pair = new Pair(options);
    const folder = ['x'.repeat(80), 'y'.repeat(80), 'z'.repeat(70)].join('/');
    const long = `${folder}/${'n'.repeat(18)}.txt`;
    pair.source.seed([
      { path: long, bytes: 'one' },
      { path: 'other.txt', bytes: 'one' },
    ]);
    await pair.run(type === 'MOVE' ? 'COPY' : type);
    pair.source.seed([
      { path: long, bytes: 'of the source' },
      { path: 'other.txt', bytes: 'two' },
    ]);
    pair.destination.seed([{ path: long, bytes: 'of the destination' }]);
    const outcomes = await pair.run(type);
    if (type !== 'PUBLISH' && type !== 'MIGRATE') expect(outcomes[long]).toMatch(/^FLAGGED/);
    const isFixed = type === 'MIGRATE';
    expect(pair.destination.texts('other.txt').at(-1)).toBe(isFixed ? 'one' : 'two');
    const kept = [...pair.destination.all(), ...pair.source.all()].map(({ bytes }) => Buffer.from(bytes).toString());
    expect(kept).toContain('of the source');
    if (type !== 'PUBLISH') expect(kept).toContain('of the destination');
  });
});
