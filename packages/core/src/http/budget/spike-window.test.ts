import { describe, expect, it } from 'vitest';
import { canTake, refused, reported, spikeLeft, spikeLimit, spikeUsed } from './spike-window.js';
import { budgetState, doneCalls, sentCalls } from './state.testing.js';

const DAY_MS = 86_400_000;
const NOW = 100_000;

describe('the limit over seconds', () => {
  it.each([
    [25, null, 25],
    [25, 10, 10],
    [25, 40, 25],
    [null, 10, 10],
    [null, null, null],
  ])('reported %s, configured %s: %s', (limit, configured, expected) => {
    expect(spikeLimit(budgetState({ spike: { limit }, settings: { spikeLimit: configured } }))).toBe(expected);
  });

  it('is used up by calls in flight and by those whose reply came within it', () => {
    const done = doneCalls([0, NOW - 10_050], [0, NOW - 10_049], [0, NOW]);
    const state = budgetState({ spike: { limit: 4 }, inFlight: sentCalls(0), done });
    expect([spikeUsed(state, NOW), spikeLeft(state, NOW)]).toEqual([3, 1]);
    expect(spikeLeft(budgetState({ spike: { limit: 2 }, inFlight: sentCalls(0), done }), NOW)).toBe(0);
    expect(spikeLeft(budgetState({ inFlight: sentCalls(0) }), NOW)).toBeNull();
  });
});

describe('while no limit is known', () => {
  it.each([
    [null, 0, { ok: true }],
    [NOW - 500, 0, { ok: true }],
    [NOW - 499, 0, { ok: false, until: NOW + 1 }],
    [NOW - 500, 3, { ok: true }],
    [NOW - 500, 4, { ok: false, until: null }],
  ])('a call after that at %s, with %i in flight: %j', (lastSentAt, flying, expected) => {
    const inFlight = sentCalls(...Array.from({ length: flying }, () => 0));
    expect(canTake(budgetState({ lastSentAt, inFlight }), NOW, 'JOB')).toEqual(expected);
  });
});

describe('with a limit', () => {
  const full = (...done: (readonly [number, number])[]) =>
    budgetState({ spike: { limit: 3 }, done: doneCalls(...done) });

  it('the next call waits until one has left the window', () => {
    const state = full([0, 95_000], [0, 96_000], [0, 97_000]);
    expect(canTake(state, NOW, 'INTERACTIVE')).toEqual({ ok: false, until: 105_050 });
    expect(canTake(state, 105_049, 'INTERACTIVE')).toEqual({ ok: false, until: 105_050 });
    expect(canTake(state, 105_050, 'INTERACTIVE')).toEqual({ ok: true });
  });

  it('the next call waits for so many as are too many, and for a reply while those are in flight', () => {
    const state = full([0, 95_000], [0, 96_000], [0, 97_000]);
    state.spike.limit = 2;
    expect(canTake(state, NOW, 'INTERACTIVE')).toEqual({ ok: false, until: 106_050 });
    const flying = budgetState({ spike: { limit: 1 }, inFlight: sentCalls(99_000) });
    expect(canTake(flying, NOW, 'INTERACTIVE')).toEqual({ ok: false, until: null });
  });

  it('jobs use a fifth of it at once and spread the rest, a tenth each second; people do not wait', () => {
    const done = doneCalls([99_100, 99_200], [99_150, 99_300], [99_700, 99_900]);
    const state = budgetState({ spike: { limit: 20 }, done, inFlight: sentCalls(99_500) });
    expect(canTake(state, NOW, 'JOB')).toEqual({ ok: false, until: 100_500 });
    expect(canTake(state, NOW, 'INTERACTIVE')).toEqual({ ok: true });
    expect(canTake(state, 100_499, 'JOB')).toEqual({ ok: false, until: 100_500 });
    expect(canTake(state, 100_500, 'JOB')).toEqual({ ok: true });
    state.done.pop();
    expect(canTake(state, NOW, 'JOB')).toEqual({ ok: true });
  });

  it('a call that was answered within the second but sent before does not count for its pace', () => {
    const done = doneCalls([98_000, 99_500], [98_500, 99_600], [99_000, 99_700], [99_001, 99_800]);
    expect(canTake(budgetState({ spike: { limit: 20 }, done }), NOW, 'JOB')).toEqual({ ok: true });
    const inFlight = sentCalls(99_000, 99_001);
    const state = budgetState({ spike: { limit: 20 }, done, inFlight });
    expect(canTake(state, NOW, 'JOB')).toEqual({ ok: false, until: 100_001 });
  });

  it('a tenth of it is rounded up', () => {
    const done = doneCalls([99_100, 99_200], [99_150, 99_300], [99_700, 99_900]);
    expect(canTake(budgetState({ spike: { limit: 15 }, done }), NOW, 'JOB')).toEqual({ ok: false, until: 100_150 });
    expect(canTake(budgetState({ spike: { limit: 11 }, done }), NOW, 'JOB')).toEqual({ ok: false, until: 100_150 });
    expect(canTake(budgetState({ spike: { limit: 21 }, done }), NOW, 'JOB')).toEqual({ ok: true });
  });
});

describe('calls of others', () => {
  const call = { seq: 9, sentAt: NOW - 100, by: 'p' };
  const report = (limit: number, remaining: number) => ({ limit, remaining, resetsAt: 0 });

  it('are what a report counts beside our own', () => {
    const done = doneCalls([0, NOW - 10_150], [0, NOW - 10_149]);
    const state = budgetState({ done, inFlight: sentCalls(NOW) });
    reported(state, call, report(25, 18), NOW + 5_000, NOW);
    expect(state.spike).toMatchObject({ limit: 25, resetsAt: NOW + 5_000, peak: { from: NOW, count: 5 } });
    expect(state.spike.foreignSeenAt).toBe(NOW);
  });

  it('are not told by a report that came too late', () => {
    const state = budgetState();
    reported(state, { ...call, sentAt: NOW - 10_001 }, report(25, 18), 1, NOW);
    expect(state.spike).toMatchObject({ limit: 25, resetsAt: 1, foreignSeenAt: null });
    reported(state, { ...call, sentAt: NOW - 10_000 }, report(25, 18), 1, NOW);
    expect(state.spike.foreignSeenAt).toBe(NOW);
  });

  it('are none where a report counts ours only', () => {
    const state = budgetState({ inFlight: sentCalls(NOW) });
    reported(state, call, report(25, 24), 1, NOW);
    expect(state.spike).toMatchObject({ foreignSeenAt: null, peak: { from: NOW, count: 0 } });
  });

  it('are taken at their most within a window, then as usual for the next, and fade', () => {
    const state = budgetState({ spike: { peak: { from: NOW, count: 5 } } });
    reported(state, call, report(25, 22), 1, NOW + 100);
    expect(state.spike).toMatchObject({ foreign: 0, peak: { from: NOW, count: 5 } });
    const later = (now: number, used: number) =>
      reported(state, { ...call, sentAt: now }, report(25, 25 - used), 1, now);
    later(NOW + 10_000, 7);
    expect(state.spike).toMatchObject({ foreign: 0, peak: { from: NOW, count: 7 } });
    later(NOW + 10_001, 2);
    expect(state.spike).toMatchObject({ foreign: 7, peak: { from: NOW + 10_001, count: 2 } });
    later(NOW + 20_002, 0);
    expect(state.spike.foreign).toBeCloseTo(7 - 0.02 * (7 - 2));
    expect(state.spike.peak).toEqual({ from: NOW + 20_002, count: 0 });
    expect(state.spike.foreignSeenAt).toBe(NOW + 10_001);
  });

  it('are one more than was thought after a refusal', () => {
    const state = budgetState({ spike: { foreign: 2.5, peak: { from: NOW, count: 1 } } });
    refused(state, NOW);
    expect(state.spike.peak.count).toBe(4);
    const peak = budgetState({ spike: { foreign: 1, peak: { from: NOW, count: 6 } } });
    refused(peak, NOW);
    expect(peak.spike.peak.count).toBe(7);
  });

  it.each([
    [null, 9, 0, NOW, 25],
    [NOW - DAY_MS, 0, 0, NOW, 23],
    [NOW - DAY_MS - 1, 9, 0, NOW, 25],
    [NOW, 9, 0, NOW, 13],
    [NOW, 4, 9, NOW, 13],
    [NOW, 0.5, 0, NOW, 23],
    [NOW, 3, 0, NOW, 20],
    [NOW, 400, 0, NOW, 1],
  ])('seen at %s, %d usual and %d now: others get their part', (foreignSeenAt, foreign, count, now, left) => {
    const spike = { limit: 25, foreign, foreignSeenAt, peak: { from: NOW, count } };
    const taking = (used: number) =>
      canTake(
        budgetState({ spike, inFlight: sentCalls(...Array.from({ length: used }, () => 0)) }),
        now,
        'INTERACTIVE',
      );
    expect([taking(left - 1).ok, taking(left).ok]).toEqual([true, false]);
  });
});
