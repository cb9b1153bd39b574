import { expect, it } from 'vitest';
import { childKey, parentKey, pathKey, pathSegments } from './path-key.js';

it.each<[string[], string]>([
  [[], ''],
  [['a', 'b.txt'], 'a/b.txt'],
  [['A/B', 'c'], 'A∕B/c'],
  [['A∕B'], 'A∖∕B'],
  [['A∖', '/'], 'A∖∖/∕'],
  [['A∖∕/B'], 'A∖∖∖∕∕B'],
  [['A\0B', '␀∖␀'], 'A∖␀B/␀∖∖␀'],
])('the key of %j is %s, and gives the same names back', (segments, key) => {
  expect(pathKey(segments)).toBe(key);
  expect(pathSegments(key)).toEqual(segments);
  expect(pathSegments(`/${key}`)).toEqual(segments);
});

it('names with a slash stand in their folder, and no two paths have one key', () => {
  expect(parentKey(childKey('f', 'A/B'))).toBe('f');
  const paths = [['A', 'B'], ['A/B'], ['A∕B'], ['A∖∕B'], ['A∖', 'B'], ['A∖/B'], ['A//B'], ['A∕∕B']];
  expect(new Set(paths.map(pathKey)).size).toBe(paths.length);
});
