import { describe, expect, it } from 'vitest';
import {
  callsLastMinute,
  canTake,
  configure,
  freeLimits,
  lost,
  readState,
  replied,
  sent,
  throttled,
  unsent,
} from './budget-state.js';
import type { RefusalFacts } from './budget-types.js';
import { budgetState, doneCalls, sentCalls } from './state.testing.js';

const NOW = 100_000;
const AMPLE = { spike: { limit: 1_000 }, hour: { limit: 6_000, base: 5_000, resetsAt: 900_000, anchor: 900_000 } };
const silent = { report: null, date: null };

describe('whether a call may be sent', () => {
  it('it may when nothing is known against it', () => {
    expect(canTake(budgetState(AMPLE), NOW, 'JOB')).toEqual({ ok: true });
  });

  it('it may not before the end of a refusal', () => {
    const state = budgetState({ ...AMPLE, throttledUntil: NOW + 1 });
    expect(canTake(state, NOW, 'INTERACTIVE')).toEqual({ ok: false, until: NOW + 1 });
    expect(canTake(state, NOW + 1, 'INTERACTIVE')).toEqual({ ok: true });
  });

  it.each([
    [4, NOW - 4_999, { ok: false, until: NOW + 1 }],
    [4, NOW - 5_000, { ok: true }],
    [3, NOW, { ok: true }],
    [5, NOW, { ok: false, until: NOW + 5_000 }],
  ])('of %i young calls in flight since %i: %j', (count, sentAt, expected) => {
    const inFlight = sentCalls(...Array.from({ length: count }, () => sentAt));
    expect(canTake(budgetState({ ...AMPLE, inFlight }), NOW, 'JOB')).toEqual(expected);
  });

  it('of more than may be in flight it waits for the one that makes room', () => {
    const inFlight = sentCalls(NOW - 4_000, NOW - 3_000, NOW - 2_000, NOW - 1_000, NOW);
    expect(canTake(budgetState({ ...AMPLE, inFlight }), NOW, 'JOB')).toEqual({ ok: false, until: NOW + 2_000 });
  });

  it.each([
    [NOW - 15_000, { ok: true }],
    [NOW - 15_001, { ok: false, until: NOW + 5_000 }],
    [null, { ok: true }],
  ])('one goes first after a lull, heard last at %s', (heardAt, expected) => {
    expect(canTake(budgetState({ ...AMPLE, heardAt, inFlight: sentCalls(NOW) }), NOW, 'JOB')).toEqual(expected);
  });

  it('waits for the last of what stands against it, and for a reply if that is needed for one', () => {
    const hour = { ...AMPLE.hour, base: 0 };
    const ramped = { inFlight: sentCalls(NOW, NOW, NOW, NOW), ramp: 4, settings: { reserveShare: 0 } };
    const both = budgetState({ ...ramped, spike: AMPLE.spike, hour: { ...hour, resetsAt: 1, base: -9 } });
    both.hour.resetsAt = NOW + 60_000;
    expect(canTake(both, NOW, 'JOB')).toEqual({ ok: false, until: NOW + 61_000 });
    both.hour.resetsAt = NOW + 1_000;
    expect(canTake(both, NOW, 'JOB')).toEqual({ ok: false, until: NOW + 5_000 });
    const reply = budgetState({ ...ramped, spike: AMPLE.spike, hour: { ...hour, base: 4 } });
    expect(canTake(reply, NOW, 'JOB')).toEqual({ ok: false, until: null });
    const first = budgetState({ ...ramped, spike: { limit: 4 }, hour: { ...hour, base: -9, resetsAt: NOW } });
    expect(canTake(first, NOW, 'JOB')).toEqual({ ok: false, until: null });
  });
});

describe('while no hour is known', () => {
  const spike = { limit: 10, resetsAt: NOW + 5_000 };
  const look = (nextSeq: number, inFlight: number, now = NOW, hour = {}) =>
    canTake(
      budgetState({ nextSeq, spike, hour, inFlight: sentCalls(...Array<number>(inFlight).fill(NOW)) }),
      now,
      'INTERACTIVE',
    );

  it('one call of the limit over seconds is kept back for what comes after their reset', () => {
    expect(look(9, 1)).toEqual({ ok: true });
    expect(look(10, 0)).toEqual({ ok: false, until: NOW + 6_000 });
    expect(look(10, 0, NOW + 5_999)).toEqual({ ok: false, until: NOW + 6_000 });
    expect(look(10, 0, NOW + 6_000)).toEqual({ ok: true });
    expect(look(10, 1, NOW + 6_000)).toEqual({ ok: false, until: null });
  });

  it('that call goes alone, and once it is answered all others go', () => {
    expect(look(11, 1, NOW + 6_000)).toEqual({ ok: false, until: null });
    expect(look(11, 0, NOW)).toEqual({ ok: true });
    expect(look(12, 1, NOW)).toEqual({ ok: true });
  });

  it('nothing is kept back where the hour is known', () => {
    expect(look(10, 1, NOW, { limit: 600, base: 500 })).toEqual({ ok: true });
  });

  it('it goes at once where no reset is known', () => {
    const state = budgetState({ nextSeq: 10, spike: { limit: 10 } });
    expect(canTake(state, NOW, 'JOB')).toEqual({ ok: true });
  });
});

describe('a report where both limits are equal', () => {
  const told = (used: number, { own = 1, calls = 100, hour = {} } = {}) => {
    const state = budgetState({ nextSeq: calls + 1, hour, spike: { limit: 100 } });
    state.inFlight = [{ seq: calls, sentAt: NOW - 100, by: 'p' }];
    state.done = doneCalls(...Array.from({ length: own - 1 }, () => [NOW - 5_000, NOW - 4_000] as const));
    replied(state, NOW, calls, { date: null, report: { limit: 100, remaining: 100 - used, resetsAt: NOW + 9_000 } });
    return state.hour.limit === 100 && state.hour.anchor !== null ? 'hour' : 'spike';
  };

  it('is the hour’s where our calls within the seconds do not explain the use, and all of ours do', () => {
    expect(told(100)).toBe('hour');
    expect(told(80)).toBe('hour');
    expect(told(79)).toBe('spike');
    expect(told(100, { own: 49 })).toBe('hour');
    expect(told(100, { own: 50 })).toBe('spike');
    expect(told(40, { calls: 50 })).toBe('hour');
    expect(told(80, { calls: 900 })).toBe('hour');
    expect(told(79, { calls: 900 })).toBe('spike');
  });

  it('goes by what is left of an hour that is known', () => {
    const hour = { limit: 100, base: 41, anchor: null, resetsAt: NOW + 9_000 };
    expect(told(48, { hour })).toBe('hour');
    expect(told(47, { hour })).toBe('spike');
  });
});

describe('a call', () => {
  it('that goes out has the next number, and is in flight', () => {
    const state = budgetState({ nextSeq: 8, hour: { limit: 5 } });
    expect(sent(state, NOW, 'p')).toBe(8);
    expect(state).toMatchObject({ nextSeq: 9, lastSentAt: NOW, inFlight: [{ seq: 8, sentAt: NOW, by: 'p' }] });
    expect(state.hour.openedAt).toBe(NOW);
  });

  it('counts for a minute, in slices of two seconds', () => {
    const state = budgetState();
    for (const at of [NOW, NOW + 1_999, NOW + 2_000]) sent(state, at, 'p');
    expect(state.lastMinute).toEqual([
      { from: NOW, count: 2 },
      { from: NOW + 2_000, count: 1 },
    ]);
    expect(callsLastMinute(state, NOW + 59_999)).toBe(3);
    expect(callsLastMinute(state, NOW + 60_000)).toBe(1);
    sent(state, NOW + 60_000, 'p');
    expect(state.lastMinute.map(({ from }) => from)).toEqual([NOW + 2_000, NOW + 60_000]);
  });

  it('that was never sent is no longer in flight, and the others are', () => {
    const state = budgetState({ inFlight: sentCalls(1, 2, 3) });
    unsent(state, 2);
    expect(state.inFlight.map(({ seq }) => seq)).toEqual([1, 3]);
    expect(state.done).toEqual([]);
  });

  it('that was answered makes room for one more', () => {
    const state = budgetState({ inFlight: sentCalls(1, 2), nextSeq: 3, refusals: 2 });
    replied(state, NOW, 2, silent);
    expect(state).toMatchObject({ ramp: 5, heardAt: NOW, refusals: 0, done: [{ sentAt: 2, at: NOW, mark: 3 }] });
    expect(state.hour).toMatchObject({ recent: [3], history: { ends: [NOW], counts: [1] } });
  });

  it('that nobody knows is ignored, whatever became of it', () => {
    const state = budgetState({ inFlight: sentCalls(1) });
    const before = structuredClone(state);
    replied(state, NOW, 7, silent);
    lost(state, NOW, 7);
    throttled(state, NOW, 7, { ...silent, retryAt: NOW + 9_000, jitter: 0 });
    expect(state).toEqual(before);
  });

  it('that was lost may have been counted', () => {
    const state = budgetState({ inFlight: sentCalls(1), nextSeq: 2 });
    lost(state, NOW, 1);
    expect(state).toMatchObject({ inFlight: [], ramp: 4, heardAt: null, hour: { settled: 1 } });
  });

  it('that is done is remembered for half a minute, and for eleven seconds where there are very many', () => {
    const state = budgetState({ done: doneCalls([0, NOW - 30_000], [0, NOW - 29_999]), inFlight: sentCalls(1) });
    lost(state, NOW, 1);
    expect(state.done.map(({ at }) => at)).toEqual([NOW - 29_999, NOW]);
    const many = Array.from({ length: 1_000 }, () => [0, NOW - 11_000] as const);
    const busy = budgetState({ done: doneCalls(...many), inFlight: sentCalls(1) });
    lost(busy, NOW, 1);
    expect(busy.done).toHaveLength(1);
    const enough = budgetState({ done: doneCalls(...many.slice(1)), inFlight: sentCalls(1) });
    lost(enough, NOW, 1);
    expect(enough.done).toHaveLength(1_000);
  });
});

describe('a refusal', () => {
  const flying = () => budgetState({ inFlight: sentCalls(NOW - 100), nextSeq: 2 });
  const refuse = (over: Partial<RefusalFacts>, state = flying()) => {
    throttled(state, NOW, 1, { ...silent, retryAt: null, jitter: 0, ...over });
    return state;
  };
  const hourReport = { limit: 600, remaining: 0, resetsAt: NOW + 60_000 };

  it('stops all calls until the time that the host asks for, and a little, then one goes first', () => {
    const state = refuse({ retryAt: NOW + 20_000 });
    expect(state).toMatchObject({ throttledUntil: NOW + 21_000, throttledCount: 1, ramp: 1, refusals: 1 });
    expect(refuse({ retryAt: NOW + 20_000, jitter: 0.9999 }).throttledUntil).toBe(NOW + 21_999);
    expect(state.heardAt).toBeNull();
  });

  it('stops them until the reported reset, the later of the two, and never for much more than an hour', () => {
    expect(refuse({ report: hourReport }).throttledUntil).toBe(NOW + 61_000);
    expect(refuse({ report: hourReport, retryAt: NOW + 70_000 }).throttledUntil).toBe(NOW + 71_000);
    expect(refuse({ report: hourReport, retryAt: NOW + 50_000 }).throttledUntil).toBe(NOW + 61_000);
    expect(refuse({ retryAt: NOW + 9_000_000 }).throttledUntil).toBe(NOW + 3_605_000);
    expect(refuse({ retryAt: NOW - 50_000 }).throttledUntil).toBe(NOW + 1_000);
  });

  it('never shortens a longer stop', () => {
    const state = flying();
    state.throttledUntil = NOW + 90_000;
    expect(refuse({ retryAt: NOW + 20_000 }, state).throttledUntil).toBe(NOW + 90_000);
  });

  it('of a host that names no time, or goes on refusing after it, doubles the wait', () => {
    const waits = (over: Partial<RefusalFacts>) =>
      [0, 1, 2].map((refusals) => {
        const state = flying();
        state.refusals = refusals;
        return refuse(over, state).throttledUntil! - NOW;
      });
    const unnamed = waits({});
    const named = waits({ retryAt: NOW + 1 });
    expect(unnamed[1]! - 1_000).toBe(2 * (unnamed[0]! - 1_000));
    expect(unnamed[2]! - 1_000).toBe(4 * (unnamed[0]! - 1_000));
    expect(named).toEqual([1_001, unnamed[0], unnamed[1]]);
    expect(waits({ report: { ...hourReport, resetsAt: NOW + 1 } })).toEqual(named);
  });

  it('of a call that was sent before the stop is none of a new one', () => {
    const stopped = (throttledUntil: number) => {
      const state = flying();
      Object.assign(state, { throttledUntil, refusals: 3 });
      return refuse({}, state).refusals;
    };
    expect([stopped(NOW - 100), stopped(NOW - 99)]).toEqual([4, 3]);
  });

  it('tells that a rolling hour is longer, and that others use the seconds, where our calls kept to what was known', () => {
    const rolling = flying();
    Object.assign(rolling.hour, { limit: 600, isRolling: true, longest: 10_000, anchor: hourReport.resetsAt });
    refuse({ report: hourReport }, rolling);
    expect(rolling.hour.longest).toBeCloseTo((60_000 + 100) * 1.05);
    const late = flying();
    Object.assign(late, { throttledUntil: NOW });
    Object.assign(late.hour, { limit: 600, isRolling: true, longest: 10_000, anchor: hourReport.resetsAt });
    refuse({ report: hourReport }, late);
    expect(late.hour.longest).toBe(60_100);

    const spike = { limit: 25, remaining: 25, resetsAt: NOW + 5_000 };
    const known = flying();
    known.spike.limit = 25;
    refuse({ report: spike }, known);
    expect(known.spike.peak.count).toBe(1);
    const unknown = refuse({ report: spike });
    expect(unknown.spike.peak.count).toBe(0);
    const other = flying();
    other.spike.limit = 25;
    refuse({ report: hourReport }, other);
    expect(other.spike.peak.count).toBe(0);
  });
});

describe('the state of a budget', () => {
  it('is read where it is one of this version', () => {
    const state = budgetState();
    expect(readState(state)).toBe(state);
    for (const other of [null, undefined, 'text', 2, {}, { version: 1 }]) expect(readState(other)).toBeNull();
  });

  it.each([3, 4])('keeps what was counted by version %i, and knows no process of it', (version) => {
    const { fair, usualPace, experience, ...before } = { ...budgetState(), nextSeq: 7 };
    const processes = { old: { heardAt: 0, servedAt: null, isWaiting: true } };
    const expected = { ...before, fair, usualPace, experience, version: 5, processes: {} };
    expect(readState({ ...before, version, processes })).toEqual(expected);
  });

  it('takes an administrator’s limits, which are the hour’s until one is reported', () => {
    expect(freeLimits()).toEqual({ reserveShare: 0.02, hourlyLimit: null, spikeLimit: null });
    const state = budgetState();
    configure(state, { hourlyLimit: 50, reserveShare: 0.5 });
    expect(state).toMatchObject({ settings: { reserveShare: 0.5, hourlyLimit: 50 }, hour: { base: 50 } });
    configure(state, { spikeLimit: 5 });
    expect(state).toMatchObject({ settings: { hourlyLimit: 50, spikeLimit: 5 }, hour: { base: 50 } });
    configure(state, { hourlyLimit: null });
    expect(state.hour.base).toBe(50);
    const reported = budgetState({ hour: { limit: 600, base: 9 } });
    configure(reported, { hourlyLimit: 50 });
    expect(reported.hour.base).toBe(9);
  });
});
