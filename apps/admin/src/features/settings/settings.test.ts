import { expect, it } from 'vitest';
import { clockDifference } from './clock.js';
import { hasDefaultClient } from './data.js';

it('takes what the way of the answer explains for no difference of clocks', () => {
  const now = Date.parse('2026-11-28T12:00:00Z');
  expect(clockDifference('2026-11-28T11:59:57Z', now)).toBe(0);
  expect(clockDifference('2026-11-28T11:58:00Z', now)).toBe(-120_000);
  expect(clockDifference('2026-11-28T12:00:30Z', now)).toBe(30_000);
});

it('knows of a default client by the choice that the form offers', () => {
  const field = (...values: string[]) => ({ name: 'clientCredentials', options: values.map((value) => ({ value })) });
  expect(hasDefaultClient({ form: [field(), field('SYSTEM_DEFAULT', 'CUSTOM')] })).toBe(true);
  expect(hasDefaultClient({ form: [field('CUSTOM')] })).toBe(false);
});
