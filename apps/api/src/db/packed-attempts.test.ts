import { describe, expect, it } from 'vitest';
import { PACKED_ATTEMPTS, type StoredAttempt } from './packed-attempts.js';

const good: StoredAttempt = {
  startedAt: '2026-11-27T07:56:39.959Z',
  duration: 24,
  reason: null,
  remoteStatus: null,
  remoteRequestId: null,
};
const bad: StoredAttempt = { ...good, reason: 'NETWORK_ERROR', remoteStatus: '502', remoteRequestId: 'r-1' };
const { pack, unpack } = PACKED_ATTEMPTS;

describe('the tries of a step', () => {
  it.each([
    ['none', []],
    ['one that went well', [good]],
    ['those that failed before', [bad, { ...bad, remoteStatus: null, remoteRequestId: null }, good]],
  ])('come back as they were: %s', (_, attempts) => {
    expect(unpack(pack(attempts))).toEqual(attempts);
  });

  it('take a few characters where they went well', () => {
    expect(JSON.stringify(pack([good]))).toBe('[[1795766199959,24]]');
  });

  it('are readable as a former release wrote them', () => {
    expect(unpack([good, bad])).toEqual([good, bad]);
  });
});
