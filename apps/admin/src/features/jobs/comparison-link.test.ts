import { expect, it } from 'vitest';
import { isOfPlatforms } from './comparison-link.js';

it.each([
  ['a feature that is lost', { capability: 'AUTHOR_PRESERVATION', limit: null } as const, true],
  ['a limit', { capability: null, limit: 'MAX_PATH_LENGTH' } as const, true],
  ['the job alone', { capability: null, limit: null }, false],
])('a finding about %s comes from the platforms or does not', (_, issue, isOfThem) => {
  expect(isOfPlatforms(issue)).toBe(isOfThem);
});
