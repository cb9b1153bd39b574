import { expect, it } from 'vitest';
import { Problems } from '../problems.js';
import { overlap, pathOf, readPath, segmentsOf } from './location.js';

it('a name with a slash can be chosen: its path gives the same names back', () => {
  const path = pathOf(['Level 1/2', 'a.txt']);
  expect(path).toBe('/Level 1∕2/a.txt');
  expect(segmentsOf(path)).toEqual(['Level 1/2', 'a.txt']);
  const problems = new Problems();
  expect(readPath(path, problems, ['path'])).toBe(path);
  problems.refuseIfAny();
  expect(overlap('/Level 1', path)).toBe(false);
  expect(overlap('/Level 1∕2', path)).toBe(true);
});
