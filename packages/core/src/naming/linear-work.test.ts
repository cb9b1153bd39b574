import { afterEach, describe, expect, it, vi } from 'vitest';
import { FolderNames, type AssignmentRules, type NamedFolder } from './folder-names.js';
import { STRICT } from './limits.testing.js';

const rules: AssignmentRules = { invalidCharacters: 'REPLACE', truncateLongNames: false, duplicateNames: 'RENAME' };
const cutting: AssignmentRules = { ...rules, truncateLongNames: true };

describe('work is linear in the number of names', () => {
  afterEach(() => vi.restoreAllMocks());

  /** Names looked up and texts cut, counted where they happen. */
  function workOf(names: readonly string[], given: Partial<NamedFolder>): number {
    const counted = [
      vi.spyOn(Set.prototype, 'add'),
      vi.spyOn(Set.prototype, 'has'),
      vi.spyOn(Map.prototype, 'get'),
      vi.spyOn(Intl.Segmenter.prototype, 'segment'),
    ];
    const folder = new FolderNames({ limits: STRICT, rules, parentPathLength: 0, occupied: [], ...given });
    const assigned = folder.assign(names.map((name) => ({ name, kind: 'FILE', earlierName: null })));
    const work = counted.reduce((sum, { mock }) => sum + mock.calls.length, 0);
    vi.restoreAllMocks();
    expect(new Set(assigned.map((one) => ('name' in one ? one.name.toLowerCase() : null))).size).toBe(names.length);
    return work;
  }

  const cases: [string, number, (n: number) => string, Partial<NamedFolder>][] = [
    ['10,000 names equal but for case', 10_000, caseTwin, {}],
    ['4,000 names cut to the same text', 4_000, (n) => `${'x'.repeat(60)}${n}.pdf`, { rules: cutting }],
    ['4,000 names that differ behind the cut for a number', 4_000, nearTwin, { rules: cutting }],
    ['4,000 names that become equal by cleaning', 4_000, cleanedTwin, {}],
    [
      '4,000 numbers that stand there already',
      4_000,
      caseTwin,
      { occupied: Array.from({ length: 4_000 }, (_, n) => `abcdefghijklmn (${n})`) },
    ],
  ];
  it.each(cases)('%s', (_, count, nameOf, given) => {
    const names = Array.from({ length: count }, (_none, n) => nameOf(n));
    expect(workOf(names, given) / count).toBeLessThan(60);
  });
});

/** The same letters, each name with capitals at other places. */
function caseTwin(n: number): string {
  return Array.from('abcdefghijklmn', (letter, bit) => ((n >> bit) & 1 ? letter.toUpperCase() : letter)).join('');
}

/** Pairs of equal names, each pair with an ending of its own that a number takes away. */
function nearTwin(n: number): string {
  const ending = String(n >> 1).padStart(4, '0');
  return `${n % 2 ? 'X' : 'x'}${'x'.repeat(35)}${ending}`;
}

function cleanedTwin(n: number): string {
  return Array.from({ length: 12 }, (_, bit) => ((n >> bit) & 1 ? '?' : ':')).join('');
}
