import { describe, expect, it } from 'vitest';
import { cpuTime } from '../testing/cpu-time.js';
import { fold, Glob, globProblem, MAX_GLOB_CHARACTERS } from './glob.js';

const find = (pattern: string, path: string) => new Glob(pattern).find(path.split('/').map(fold));
const matches = (pattern: string, path: string) => find(pattern, path).matches;

describe('a pattern', () => {
  it.each([
    ['Thumbs.db', 'a/b/thumbs.DB', true],
    ['Thumbs.db', 'a/Thumbs.db.txt', false],
    ['*.tmp', 'a/b/x.tmp', true],
    ['*.tmp', 'x.tmp.txt', false],
    ['*.tmp', '.tmp', true],
    ['~$*', 'a/~$plan.docx', true],
    ['a*c', 'abbc', true],
    ['a*c', 'ab', false],
    ['a*b*c', 'a-b-c', true],
    ['a*b*c', 'a-c-b-c', true],
    ['a*b*c', 'a-c', false],
    ['ab*ba', 'aba', false],
    ['a*ab*b', 'a-ab', false],
    ['*', 'anything', true],
    ['old', 'a/old/b/c.pdf', true],
    ['Plans [old]', 'Plans [old]/a.pdf', true],
    ['Plans [old]', 'Plans o/a.pdf', false],
    ['file?.txt', 'file1.txt', false],
    ['caf\u00e9', 'cafe\u0301', true],
    ['Drawings/*', 'Drawings/a.pdf', true],
    ['Drawings/*', 'Drawings/a/b.pdf', true],
    ['Drawings/*', 'Drawings', false],
    ['Drawings/*', 'x/Drawings/a.pdf', false],
    ['Drawings/**', 'Drawings', true],
    ['Drawings/**', 'drawings/a/b.pdf', true],
    ['Drawings/**', 'Drawings2/a.pdf', false],
    ['Drawings/**/*.pdf', 'Drawings/a.pdf', true],
    ['Drawings/**/*.pdf', 'Drawings/a/b/c.pdf', true],
    ['Drawings/**/*.pdf', 'Drawings/a/b/c.dwg', false],
    ['**/old/*.pdf', 'old/a.pdf', true],
    ['**/old/*.pdf', 'x/y/old/a.pdf', true],
    ['**/old/*.pdf', 'x/old/y/a.pdf', false],
    ['**', 'anything/at/all', true],
    ['**/**/a', 'a', true],
    ['a/b', 'a/b/c', true],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(matches(pattern, path)).toBe(expected);
  });

  it.each([
    ['Drawings/**', 'Photos', false],
    ['Drawings/*.pdf', 'Drawings', true],
    ['Drawings/*.pdf', 'Drawings/sub', false],
    ['**/a.pdf', 'x/y', true],
    ['*.pdf', 'x', true],
  ])('%s may match something below %s: %s', (pattern, path, expected) => {
    expect(find(pattern, path)).toEqual({ matches: false, mayMatchBelow: expected });
  });

  it('takes no time to speak of however many asterisks it has', () => {
    const glob = new Glob(`${'*a'.repeat(240)}*b`);
    const start = cpuTime();
    for (let index = 0; index < 1_000; index++) expect(glob.find(['a'.repeat(255)]).matches).toBe(false);
    expect(cpuTime() - start).toBeLessThan(2_000);
  });
});

it.each([
  ['', 'must not be empty'],
  ['a'.repeat(MAX_GLOB_CHARACTERS + 1), 'at most 500 characters'],
  ['a\\b', 'Write / between folders'],
  ['/a', 'slash at the beginning'],
  ['a/', '/** to mean a folder'],
  ['a//b', 'one slash'],
  ['a/../b', 'instead of'],
  ['./a', 'instead of'],
  ['a**b', 'stands alone'],
  ['***', 'stands alone'],
  ['a/'.repeat(60) + 'b', 'at most 50 names'],
])('the pattern %s is refused: %s', (pattern, message) => {
  expect(globProblem(pattern)).toContain(message);
});

it.each(['*.tmp', '**/x', 'a'.repeat(MAX_GLOB_CHARACTERS), '[a] {b} c?.txt'])(
  'the pattern %s can be used',
  (pattern) => {
    expect(globProblem(pattern)).toBeNull();
  },
);
