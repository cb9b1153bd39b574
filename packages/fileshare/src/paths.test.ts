import { expect, test } from 'vitest';
import { PlatformError } from '@sluice/core/platform';
import {
  assertChangeable,
  assertLegal,
  assertSegment,
  ended,
  idOf,
  isOurs,
  pathOf,
  readWorkingName,
  shown,
  workingName,
} from './paths.js';

const OWNER = { machine: '0123abcd', pid: 4711, start: '99z', run: 'fedc9876' };

function refusalOf(work: () => void): PlatformError | null {
  try {
    work();
    return null;
  } catch (cause) {
    if (cause instanceof PlatformError) return cause;
    throw cause;
  }
}

test('a working name tells who made it, for what, and of which versions', () => {
  const name = workingName(OWNER, 'a1', 'swap', ['11111111', '22222222']);
  expect(name).toBe('.sluice-0123abcd-4711-99z-fedc9876-a1-11111111-22222222.swap');
  expect(readWorkingName(name)).toEqual({ owner: OWNER, kind: 'swap', ours: '11111111', replaced: '22222222' });
});

test.each([
  ['part', [], { ours: null, replaced: null }],
  ['aside', ['33333333'], { ours: null, replaced: '33333333' }],
  ['swap', [], { ours: null, replaced: null }],
] as const)('a working name of the kind %s is read back as it was made', (kind, versions, known) => {
  expect(readWorkingName(workingName(OWNER, 'b2', kind, versions))).toEqual({ owner: OWNER, kind, ...known });
});

test.each([
  '0123abcd-4711-99z-fedc9876-a1.part',
  '.sluice-0123abcd-4711-99z-fedc9876-a1.part.txt',
  'x.sluice-0123abcd-4711-99z-fedc9876-a1.part',
  '.sluice-0123abc-4711-99z-fedc9876-a1.part',
  '.sluice-0123abcd-x-99z-fedc9876-a1.part',
  '.sluice-0123abcd-4711-99z-fedc987-a1.part',
  '.sluice-0123abcd-4711-99z-fedc9876-a1.whole',
  '.sluice-0123abcd-4711-99z-fedc9876-a1-111.swap',
  '.sluice-trash',
])('a name that nobody gives to a working file is none: %s', (name) => {
  expect(readWorkingName(name)).toBeNull();
});

test.each([
  ['.sluice-trash', true],
  ['.sluice.json', true],
  ['.sluice-0123abcd-4711-99z-fedc9876-a1.part', true],
  ['.sluice-0123abcd-4711-a1.swap', true],
  ['.sluice-0123abcd-4711-a1-b2-c3.aside', true],
  ['.sluice-0123abcd-4711.part', false],
  ['.sluice-0123abcd-4711-a1.part.pdf', false],
  ['my.sluice-0123abcd-4711-a1.part', false],
  ['.sluice-xyz', false],
  ['.sluice.json.bak', false],
  ['plan.pdf', false],
])('only names of the connector’s own are kept from people: %s', (name, isHidden) => {
  expect(isOurs(name)).toBe(isHidden);
});

test.each([
  ['plan', '~2', '', 'plan~2'],
  ['site plan.pdf', ' (2)', '.pdf', 'site plan (2).pdf'],
  ['plan.pdf', ' (2)', '.txt', 'plan.pdf (2).txt'],
  ['plan.pdf', ' (2)', '', 'plan.pdf (2)'],
])('%j that ends with %j before %j is %j', (name, end, extension, whole) => {
  expect(ended(name, end, extension)).toBe(whole);
});

test('a name without room for its end is cut between two characters, to 255 bytes at most', () => {
  expect(ended('x'.repeat(253), '~2')).toBe(`${'x'.repeat(253)}~2`);
  expect(ended('x'.repeat(254), '~2')).toBe(`${'x'.repeat(253)}~2`);
  expect(ended('ä'.repeat(127), '~10')).toBe(`${'ä'.repeat(126)}~10`);
  expect(ended(`${'x'.repeat(250)}👩‍🚀`, '~2')).toBe(`${'x'.repeat(250)}~2`);
  expect(ended('ab', 'z'.repeat(300))).toBe(`a${'z'.repeat(300)}`);
});

test('a path is its own identifier, and that of the root is a slash', () => {
  expect([idOf([]), idOf(['a']), idOf(['a', 'b'])]).toEqual(['/', 'a', 'a/b']);
  const addresses = [{ id: '/' }, { id: 'a' }, { id: 'a/b' }, { path: ['x/y'] }, { path: [] }];
  expect(addresses.map(pathOf)).toEqual([[], ['a'], ['a', 'b'], ['x/y'], []]);
  expect([shown([]), shown(['a', 'b'])]).toEqual(['/', '/a/b']);
});

const ILLEGAL = ['', '.', '..', 'a/b', 'a\0b', '\ud800', 'x\udc00'];
const LEGAL = ['...', '.a', 'a.', 'a b', '..a', '🏗', 'a\\b', '-'];

test('a name is refused when the file system would take it for something else', () => {
  expect(ILLEGAL.filter((name) => refusalOf(() => assertSegment(name)) === null)).toEqual([]);
  expect(LEGAL.filter((name) => refusalOf(() => assertSegment(name)) !== null)).toEqual([]);
  expect(refusalOf(() => assertSegment('.sluice-trash'))).toBeNull();
});

test('a refusal shows the beginning of the name and what would be right', () => {
  expect(refusalOf(() => assertSegment(`/${'x'.repeat(200)}`))).toMatchObject({
    kind: 'NAME_INVALID',
    message: `“/${'x'.repeat(99)}” cannot be the name of a file or folder.`,
    remedy: 'Use a name without “/” that is neither empty, “.” nor “..”, and none that Sluice keeps for itself.',
  });
});

test('a path is legal when each of its names is, and none is the connector’s own', () => {
  expect(refusalOf(() => assertLegal([]))).toBeNull();
  expect(refusalOf(() => assertLegal(['a', 'b']))).toBeNull();
  for (const name of ['..', '.sluice-trash', '.sluice.json'])
    expect(refusalOf(() => assertLegal(['a', name, 'b']))?.kind).toBe('NAME_INVALID');
});

test('the root itself and what is not legal cannot be changed', () => {
  expect(refusalOf(() => assertChangeable(['a']))).toBeNull();
  expect(refusalOf(() => assertChangeable(['a', '..']))?.kind).toBe('NAME_INVALID');
  expect(refusalOf(() => assertChangeable([]))).toMatchObject({
    kind: 'REJECTED',
    message: 'The root itself cannot be changed.',
  });
});
