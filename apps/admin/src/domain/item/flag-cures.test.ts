import { expect, it } from 'vitest';
import { decidersOf, RETRY_REASONS, STUCK_REASONS } from './flag-cures.js';

it('offers another try only for reasons that it may settle', () => {
  expect(RETRY_REASONS).toContain('NETWORK_ERROR');
  expect(RETRY_REASONS).toContain('LOCKED');
  expect(RETRY_REASONS).not.toContain('ZERO_BYTES');
  expect(STUCK_REASONS).toContain('ZERO_BYTES');
  expect(STUCK_REASONS.filter((reason) => RETRY_REASONS.includes(reason))).toEqual([]);
});

it('names what decides about items, each once', () => {
  expect(decidersOf(['ZERO_BYTES', 'ZERO_BYTES', 'CONFLICT', 'NETWORK_ERROR'])).toEqual(['zeroByteFile', 'conflict']);
});
