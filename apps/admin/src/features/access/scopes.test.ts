import { expect, it } from 'vitest';
import { endOf } from './scopes.js';

it('ends a token after its days, or never', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  expect([endOf('30', now), endOf('', now)]).toEqual(['2026-12-21T12:00:00.000Z', null]);
});
