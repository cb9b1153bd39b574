import { expect, it } from 'vitest';
import type { Item, Limits } from '../platform/index.js';
import { memoryLimits } from '../testing/memory-facts.js';
import { cleanName } from './clean-name.js';
import { exceededLimits } from './exceeded-limits.js';

const LIMITS: Limits = memoryLimits({
  maxFileBytes: 100,
  maxPathLength: 20,
  maxSegmentLength: 10,
  segmentLengthUnit: 'UTF8',
  forbiddenCharacters: ['?', '/'],
  reservedNames: ['CON'],
  reservedNameRule: 'WINDOWS',
  reservedRootNames: ['Schedules'],
  restrictedTypes: ['exe'],
  whitespaceRule: 'none at the ends',
});
const file: Pick<Item, 'kind' | 'size'> = { kind: 'FILE', size: 1 };
const exceeded = (name: string, item = file, parentPathLength = 0) =>
  exceededLimits(name, item, LIMITS, { parentPathLength });

it.each([
  ['a.pdf', []],
  ['a?.pdf', ['FORBIDDEN_CHARACTERS']],
  [' a.pdf', ['WHITESPACE']],
  ['a?.pdf ', ['FORBIDDEN_CHARACTERS', 'WHITESPACE']],
  ['con.txt', ['RESERVED_NAMES']],
  ['Schedules', ['RESERVED_NAMES']],
  ['..', ['WHITESPACE']],
  ['a.EXE', ['RESTRICTED_TYPES']],
  ['äöüäö', []],
  ['äöüäöü', ['MAX_SEGMENT_LENGTH']],
])('tells what a platform cannot hold of the name %j', (name, limits) => {
  expect(exceeded(name)).toEqual(limits);
});

it('counts the path with the folder, sizes of files, and no types of folders', () => {
  expect(exceeded('a.pdf', file, 14)).toEqual([]);
  expect(exceeded('a.pdf', file, 15)).toEqual(['MAX_PATH_LENGTH']);
  expect(exceeded('Schedules', file, 3)).toEqual([]);
  expect(exceeded('a.pdf', { kind: 'FILE', size: 100 })).toEqual([]);
  expect(exceeded('a.pdf', { kind: 'FILE', size: 101 })).toEqual(['MAX_FILE_BYTES']);
  expect(exceeded('a.exe', { kind: 'FOLDER', size: null })).toEqual([]);
});

it('tells of no limit that the platform does not have, and none of a size that is not known', () => {
  const none = { maxFileBytes: null, maxPathLength: null, maxSegmentLength: null, whitespaceRule: null };
  const long = { kind: 'FILE', size: 1e15 } as const;
  expect(exceededLimits('x'.repeat(999), long, { ...LIMITS, ...none }, { parentPathLength: 1 })).toEqual([]);
  expect(exceededLimits(' a?', long, { ...LIMITS, ...none }, { parentPathLength: 1 })).toEqual([
    'FORBIDDEN_CHARACTERS',
  ]);
  expect(exceeded('a.pdf', { kind: 'FILE', size: null })).toEqual([]);
});

it('agrees with the names that a plan gives', () => {
  const rules = { invalidCharacters: 'REPLACE', truncateLongNames: false } as const;
  for (const name of ['a.pdf', 'a?.pdf', ' a', 'con.txt', 'a .pdf', 'aux', 'twelve-chars', 'a.exe', 'a\u0001b']) {
    const verdict = cleanName(name, LIMITS, rules, { kind: 'FILE', parentPathLength: 0 });
    const isKept = 'name' in verdict && verdict.name === name;
    expect([name, exceeded(name).length === 0]).toEqual([name, isKept]);
  }
});
