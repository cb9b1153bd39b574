import { describe, expect, it } from 'vitest';
import { safeReturnTo } from './session.js';

describe('safeReturnTo', () => {
  it.each([
    ['/jobs/1?tab=history', '/jobs/1?tab=history'],
    ['//evil.example/', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example/', '/'],
    ['/sign-in?returnTo=/x', '/'],
    [undefined, '/'],
  ])('turns %s into %s', (path, expected) => expect(safeReturnTo(path)).toBe(expected));
});
