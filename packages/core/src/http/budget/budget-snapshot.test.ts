import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../testing/fake-clock.js';
import { freeLimits } from './budget-state.js';
import { snapshotOf, snapshotOfStored } from './budget-snapshot.js';
import { budgetState, sentCalls } from './state.testing.js';

const NOW = 100_000;
const AHEAD = 7_000_000;

describe('what people are shown of a budget', () => {
  it('of one that knows nothing', () => {
    const unknown = { limit: null, remaining: null, resetsAt: null, source: 'ASSUMED' };
    expect(snapshotOf(budgetState(), NOW, AHEAD)).toEqual({
      ...{ hourly: unknown, spike: unknown },
      ...{ reserveShare: 0.02, throttledUntil: null, callsLastMinute: 0, throttledCount: 0 },
      ...{ callsPerMinute: null, experience: { foreseen: 0, made: 0 } },
    });
  });

  it('are times of the day, and only those to come', () => {
    const over = { throttledUntil: NOW + 1, throttledCount: 3, lastMinute: [{ from: NOW, count: 4 }] };
    const state = budgetState({ ...over, spike: { limit: 25, resetsAt: NOW + 5 }, inFlight: sentCalls(NOW) });
    expect(snapshotOf(state, NOW, AHEAD)).toMatchObject({
      ...{ throttledUntil: NOW + 1 + AHEAD, callsLastMinute: 4, throttledCount: 3 },
      spike: { limit: 25, remaining: 24, resetsAt: NOW + 5 + AHEAD, source: 'REPORTED' },
    });
    Object.assign(state, { throttledUntil: NOW });
    state.spike.resetsAt = NOW;
    expect(snapshotOf(state, NOW, AHEAD)).toMatchObject({ throttledUntil: null, spike: { resetsAt: null } });
  });

  it('of an open hour what is left, never less than nothing, and the whole of one that is over', () => {
    const hour = { limit: 600, base: 0, settled: 2, resetsAt: NOW };
    const state = budgetState({ hour });
    const hourly = { limit: 600, remaining: 0, resetsAt: NOW + AHEAD, source: 'REPORTED' };
    expect(snapshotOf(state, NOW, AHEAD).hourly).toEqual(hourly);
    expect(snapshotOf(state, NOW + 1_000, AHEAD).hourly).toEqual({ ...hourly, remaining: 600, resetsAt: null });
    state.hour.base = 50;
    expect(snapshotOf(state, NOW, AHEAD).hourly.remaining).toBe(48);
  });

  it('of a rolling hour what is left, also after the reset that was told last', () => {
    const hour = { limit: 600, isRolling: true, foreign: 9, longest: 1_000, resetsAt: 5 };
    expect(snapshotOf(budgetState({ hour }), NOW, AHEAD).hourly).toMatchObject({ remaining: 591, resetsAt: 5 + AHEAD });
  });

  it.each([
    [600, null, 'REPORTED'],
    [600, 600, 'REPORTED'],
    [600, 599, 'CONFIGURED'],
    [600, 700, 'REPORTED'],
    [null, 700, 'CONFIGURED'],
    [null, null, 'ASSUMED'],
  ] as const)('tell where a limit is from: reported %s, configured %s', (limit, configured, source) => {
    const settings = { hourlyLimit: configured, spikeLimit: configured };
    const snapshot = snapshotOf(budgetState({ hour: { limit }, spike: { limit }, settings }), NOW, 0);
    expect([snapshot.hourly.source, snapshot.spike.source]).toEqual([source, source]);
  });
});

describe('what people are shown of a stored budget', () => {
  const limits = { ...freeLimits(), spikeLimit: 10, reserveShare: 0.3 };
  const stored = (state: unknown) => ({ state, limits, version: 1, day: 0 });

  it('is what an administrator set before the first call, or where nothing can be read', () => {
    for (const state of [null, { version: 1 }, 'text']) {
      const snapshot = snapshotOfStored(stored(state), new FakeClock(NOW), 'm');
      expect(snapshot).toMatchObject({ reserveShare: 0.3, spike: { limit: 10, source: 'CONFIGURED' } });
    }
  });

  it('goes by the budget’s time, which has gone on since it was stored, and is shown by the time of day', () => {
    const clock = new FakeClock(NOW);
    clock.jump(50_000);
    const time = { at: 1_000, machine: 'm', monotonic: NOW - 4_000, day: 9 };
    const state = budgetState({ time, hour: { limit: 600, base: 5, resetsAt: 6_000 } });
    const { hourly } = snapshotOfStored(stored(state), clock, 'm');
    expect(hourly).toMatchObject({ remaining: 5, resetsAt: 6_000 + (NOW + 50_000 - 5_000) });
    const over = budgetState({ time, hour: { limit: 600, base: 5, resetsAt: 4_000 } });
    expect(snapshotOfStored(stored(over), clock, 'm').hourly).toMatchObject({ remaining: 600, resetsAt: null });
    const elsewhere = { ...time, day: NOW + 50_000 };
    const other = budgetState({ time: elsewhere, hour: { limit: 600, base: 5, resetsAt: 4_000 } });
    expect(snapshotOfStored(stored(other), clock, 'other').hourly.remaining).toBe(5);
  });
});
