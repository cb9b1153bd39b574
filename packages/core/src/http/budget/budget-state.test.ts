import { describe, expect, it } from 'vitest';
import { canTake, newBudgetState, replied, sent } from './budget-state.js';
import { hourLeft } from './hour-window.js';
import { parseHttpDate, parseRateReport, parseRetryAfter } from './rate-report.js';
import { localReset, observeDate, serverAhead } from './server-time.js';

const NOW = Date.UTC(2026, 0, 5, 8);

function setUp() {
  const state = newBudgetState({ at: NOW, machine: 'm', monotonic: 0, day: NOW });
  let now = NOW;
  const reply = (seq: number, limit: number, remaining: number, resetsIn: number) =>
    replied(state, now, seq, { date: null, report: { limit, remaining, resetsAt: now + resetsIn } });
  const exchange = (limit: number, remaining: number, resetsIn: number) =>
    reply(sent(state, now, 'p'), limit, remaining, resetsIn);
  const pass = (ms: number) => (now += ms);
  return { state, reply, exchange, pass, at: () => now };
}

describe('which window a report is about', () => {
  it('goes by the time to the reset, and later by the limit', () => {
    const { state, exchange } = setUp();
    exchange(25, 24, 10_000);
    exchange(600, 550, 2_000_000);
    expect(state).toMatchObject({ spike: { limit: 25 }, hour: { limit: 600, base: 550 } });
    exchange(600, 540, 9_000);
    expect(state).toMatchObject({ spike: { limit: 25 }, hour: { limit: 600 } });
    exchange(50, 49, 9_000);
    expect(state).toMatchObject({ spike: { limit: 50 }, hour: { limit: 600 } });
  });

  it('knows an hour near its end by its larger limit, whichever comes first', () => {
    for (const order of [
      [600, 400, 600],
      [400, 600],
    ]) {
      const { state, exchange } = setUp();
      for (const limit of order) exchange(limit, limit - 100, 9_000);
      expect(state).toMatchObject({ spike: { limit: 400 }, hour: { limit: 600 } });
    }
  });
});

describe('what is left of the hour', () => {
  it('is exact once replies came, in whatever order', () => {
    const { state, exchange, reply, at } = setUp();
    exchange(25, 24, 10_000);
    const calls = Array.from({ length: 10 }, () => sent(state, NOW, 'p'));
    expect(hourLeft(state, NOW)).toBeNull();
    const order = [7, 2, 9, 0, 1, 3, 8, 4, 6, 5];
    for (const index of order) reply(calls[index] ?? 0, 600, 599 - index, 3_000_000);
    expect(hourLeft(state, at())).toBe(590);
  });

  it('counts calls in flight, and lost ones until a later report covers them', () => {
    const { state, exchange, at } = setUp();
    exchange(600, 500, 3_000_000);
    const first = sent(state, NOW, 'p');
    sent(state, NOW, 'p');
    expect(hourLeft(state, at())).toBe(498);
    replied(state, NOW, first, { report: null, date: null });
    expect(hourLeft(state, at())).toBe(498);
    exchange(600, 480, 3_000_000);
    expect(hourLeft(state, at())).toBe(479);
  });

  it('falls with the calls of others and ignores a late reply from the hour before', () => {
    const { state, exchange, reply, pass, at } = setUp();
    exchange(600, 500, 3_000_000);
    exchange(600, 450, 3_000_000);
    const late = sent(state, at(), 'p');
    pass(3_001_000);
    exchange(600, 599, 3_600_000);
    reply(late, 600, 3, -1_000);
    expect(hourLeft(state, at())).toBe(599);
  });

  it('lets one call try the new hour', () => {
    const { state, exchange, pass, at } = setUp();
    exchange(25, 24, 10_000);
    exchange(600, 0, 60_000);
    expect(canTake(state, at(), 'JOB')).toEqual({ ok: false, until: NOW + 61_000 });
    pass(61_000);
    expect(canTake(state, at(), 'JOB')).toEqual({ ok: true });
    const probe = sent(state, at(), 'p');
    expect(canTake(state, at(), 'JOB')).toEqual({ ok: false, until: null });
    replied(state, at(), probe, { date: null, report: { limit: 25, remaining: 24, resetsAt: at() + 10_000 } });
    expect(canTake(state, at(), 'JOB')).toEqual({ ok: true });
    expect(hourLeft(state, at())).toBe(599);
  });

  it('starts anew when the host gives the hour another limit', () => {
    const { state, exchange, at } = setUp();
    exchange(600, 10, 3_000_000);
    exchange(3600, 3000, 3_000_000);
    expect(hourLeft(state, at())).toBe(3000);
  });
});

describe('headers', () => {
  const report = (limit: string, remaining: string, reset: string) =>
    parseRateReport(
      new Headers({ 'x-rate-limit-limit': limit, 'x-rate-limit-remaining': remaining, 'x-rate-limit-reset': reset }),
      NOW,
    );

  it('are a report only when all of them make sense', () => {
    expect(report('600', '599', String(NOW / 1000 + 60))).toEqual({
      limit: 600,
      remaining: 599,
      resetsAt: NOW + 60_000,
    });
    expect(report('600', '700', '37')).toEqual({ limit: 600, remaining: 600, resetsAt: NOW + 37_000 });
    for (const bad of ['', '-1', '1.5', 'NaN', '1e3', '99999999999999']) expect(report(bad, '1', '1')).toBeNull();
    expect(report('0', '0', '1')).toBeNull();
    expect(parseRateReport(new Headers(), NOW)).toBeNull();
  });

  it('tell when to come again', () => {
    const wait = (retryAfter: string, date: Record<string, string> = {}) =>
      parseRetryAfter(new Headers({ 'retry-after': retryAfter, ...date }), NOW);
    expect(wait('20')).toBe(20_000);
    expect(wait('Mon, 05 Jan 2026 08:01:00 GMT')).toBe(60_000);
    expect(wait('Mon, 05 Jan 2015 08:01:00 GMT')).toBe(0);
    for (const bad of ['', 'soon', '-5']) expect(wait(bad)).toBeNull();
    expect(parseRetryAfter(new Headers(), NOW)).toBeNull();
    expect(parseHttpDate('Mon, 05 Jan 2026 08:00:00 GMT')).toBe(NOW);
  });

  it('tell it by the host’s clock, however wrong ours is', () => {
    const headers = new Headers({
      'retry-after': 'Mon, 05 Jan 2026 11:01:00 GMT',
      date: 'Mon, 05 Jan 2026 11:00:30 GMT',
    });
    expect(parseRetryAfter(headers, NOW)).toBe(30_000);
  });
});

describe('the host’s clock', () => {
  it('is taken for ours while that explains its dates, and bounded by them otherwise', () => {
    expect(serverAhead(null)).toBe(0);
    expect(serverAhead(observeDate(null, NOW, NOW - 100, NOW + 900))).toBe(0);
    const ahead = observeDate(null, NOW + 90_000, NOW, NOW + 200);
    expect(serverAhead(ahead)).toBe(89_800);
    expect(serverAhead(observeDate(ahead, NOW + 91_000, NOW + 300, NOW + 500))).toBe(90_500);
    expect(serverAhead(observeDate(ahead, NOW, NOW, NOW))).toBe(0);
  });

  it('is not believed where it makes nonsense of a reset', () => {
    const days = observeDate(null, NOW + 30 * 86_400_000, NOW, NOW);
    expect(localReset({ limit: 1, remaining: 0, resetsAt: NOW + 10_000 }, days, NOW)).toBe(NOW + 10_000);
    expect(localReset({ limit: 1, remaining: 0, resetsAt: NOW + 90_000_000 }, null, NOW)).toBe(NOW + 3_600_000);
  });
});
