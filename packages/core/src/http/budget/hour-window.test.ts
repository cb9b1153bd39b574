import { describe, expect, it } from 'vitest';
import type { HourState } from './budget-types.js';
import { canTake, hourlyLimit, hourLeft, isOver, passed, refused, reported, sent, unreported } from './hour-window.js';
import { budgetState, doneCalls, historyOf, sentCalls } from './state.testing.js';

const HOUR_MS = 3_600_000;
const NOW = 100_000;
const RESET = 500_000;
const flying = (count: number, sentAt = 0) => sentCalls(...Array.from({ length: count }, () => sentAt));

describe('the limit of the hour', () => {
  it.each([
    [600, null, 600],
    [600, 500, 500],
    [600, 700, 600],
    [null, 500, 500],
    [null, null, null],
  ])('reported %s, configured %s: %s', (limit, hourly, expected) => {
    expect(hourlyLimit(budgetState({ hour: { limit }, settings: { hourlyLimit: hourly } }))).toBe(expected);
  });
});

describe('what is left of the hour', () => {
  it('is what was reported without what no report covers', () => {
    const state = budgetState({ hour: { limit: 600, base: 100, settled: 3, recent: [1, 2] }, inFlight: flying(2) });
    expect(hourLeft(state, NOW)).toBe(93);
  });

  it.each([
    [600, 500, 200],
    [null, 500, 300],
    [600, null, 300],
  ])('without what an administrator withholds: %s reported, %s configured', (limit, hourly, expected) => {
    const state = budgetState({ hour: { limit, base: 300 }, settings: { hourlyLimit: hourly } });
    expect(hourLeft(state, NOW)).toBe(expected);
  });

  it('of a rolling window goes by our own calls and those of others', () => {
    const history = historyOf([NOW - 1_050, 9], [NOW, 4]);
    const hour = { limit: 600, isRolling: true, foreign: 5, longest: 1_000, history, base: 1 };
    expect(hourLeft(budgetState({ hour, inFlight: flying(2) }), NOW)).toBe(589);
    expect(hourLeft(budgetState({ hour, settings: { hourlyLimit: 100 } }), NOW)).toBe(91);
  });

  it('is not known without a limit', () => expect(hourLeft(budgetState(), NOW)).toBeNull());
});

it.each([
  [null, NOW, false],
  [RESET, RESET + 999, false],
  [RESET, RESET + 1_000, true],
])('an hour that resets at %s is over at %i: %s', (resetsAt, now, expected) => {
  expect(isOver(budgetState({ hour: { resetsAt } }).hour, now)).toBe(expected);
});

describe('whether a call may be sent in the hour', () => {
  const hour = { limit: 600, resetsAt: RESET };

  it.each([
    ['JOB', 13, 0, { ok: true }],
    ['JOB', 12, 0, { ok: false, until: RESET + 1_000 }],
    ['INTERACTIVE', 1, 0, { ok: true }],
    ['INTERACTIVE', 0, 0, { ok: false, until: RESET + 1_000 }],
    ['JOB', 14, 2, { ok: false, until: null }],
    ['JOB', 13, 2, { ok: false, until: null }],
    ['JOB', 12, 2, { ok: false, until: RESET + 1_000 }],
  ] as const)('%s with %i reported and %i in flight: %j', (priority, base, count, expected) => {
    expect(canTake(budgetState({ hour: { ...hour, base }, inFlight: flying(count) }), NOW, priority)).toEqual(expected);
  });

  it('it may without a limit, and waits a second where no reset is known', () => {
    expect(canTake(budgetState(), NOW, 'JOB')).toEqual({ ok: true });
    const state = budgetState({ hour: { limit: 600, base: 0 } });
    expect(canTake(state, NOW, 'JOB')).toEqual({ ok: false, until: NOW + 1_000 });
  });

  it('the reserve is a share of the limit, rounded down', () => {
    const state = budgetState({ hour: { limit: 140, base: 3, resetsAt: RESET } });
    expect(canTake(state, NOW, 'JOB')).toEqual({ ok: true });
    state.settings.reserveShare = 0.5;
    expect(canTake(state, NOW, 'JOB').ok).toBe(false);
    state.hour.base = 71;
    expect(canTake(state, NOW, 'JOB').ok).toBe(true);
  });

  it('in a rolling window it waits until so many calls have left it as are missing', () => {
    const history = historyOf([99_000, 2], [99_500, 5]);
    const rolling = { limit: 8, isRolling: true, longest: 10_000, history, foreign: 1, resetsAt: RESET };
    const state = budgetState({ hour: rolling, settings: { reserveShare: 0.25 } });
    expect(canTake(state, NOW, 'JOB')).toEqual({ ok: false, until: 109_550 });
    state.settings.reserveShare = 0;
    expect(canTake(state, NOW, 'JOB')).toEqual({ ok: false, until: RESET + 1_000 });
    state.hour.foreign = 0;
    expect(canTake(state, NOW, 'JOB')).toEqual({ ok: true });
  });

  it('after the reset one call tries it, and the others wait for its reply', () => {
    const over = { limit: 600, base: 0, resetsAt: 1_000 };
    expect(canTake(budgetState({ hour: over, inFlight: flying(1, 1_999) }), NOW, 'JOB')).toEqual({ ok: true });
    const trying = budgetState({ hour: over, inFlight: [...flying(1, 1_999), ...flying(1, 2_000)] });
    expect(canTake(trying, NOW, 'JOB')).toEqual({ ok: false, until: null });
  });
});

describe('a call that goes out', () => {
  const opened = (over: Partial<HourState>, hourlyLimit: number | null = null) => {
    const { hour, settings } = budgetState({ hour: over, settings: { hourlyLimit } });
    sent(hour, settings, NOW);
    return [hour.openedAt, hour.resetsAt];
  };

  it('opens the window, whose end is estimated once there is a limit', () => {
    expect(opened({})).toEqual([NOW, null]);
    expect(opened({ limit: 600 })).toEqual([NOW, NOW + HOUR_MS]);
    expect(opened({}, 600)).toEqual([NOW, NOW + HOUR_MS]);
    expect(opened({ limit: 600, longest: 20_000 })).toEqual([NOW, NOW + 20_000]);
    expect(opened({ limit: 600, openedAt: 5, resetsAt: 9 })).toEqual([5, 9]);
  });
});

describe('a call that no report covers', () => {
  it('is covered by every later report once all sent before it are done', () => {
    const busy = budgetState({ nextSeq: 9, hour: { recent: [3, 5, 7], settled: 1 } });
    busy.inFlight = [{ seq: 5, sentAt: 0, by: 'p' }];
    unreported(busy);
    expect(busy.hour).toMatchObject({ settled: 3, recent: [7, 9] });
    const idle = budgetState({ nextSeq: 9, hour: { recent: [3], settled: 1 } });
    unreported(idle);
    expect(idle.hour).toMatchObject({ settled: 3, recent: [] });
  });
});

describe('a reply that says nothing of the hour', () => {
  const call = { seq: 4, sentAt: RESET + 1_000, by: 'p' };
  const over = { limit: 600, base: 0, resetsAt: RESET, anchor: 7, settled: 2, longest: 30_000 };

  it('proves the new hour after the reset if it could have said so', () => {
    const done = doneCalls([0, RESET - 1_000], [0, RESET - 999], [0, RESET + 2_000]);
    const state = budgetState({ hour: over, done, nextSeq: 12 });
    passed(state, call, true);
    expect(state.hour).toMatchObject({
      ...{ base: 600, settled: 0, recent: [2, 3], openedAt: RESET + 1_000, since: 12 },
      resetsAt: RESET + 31_000,
    });
    const assumed = budgetState({ hour: { ...over, longest: 0 } });
    passed(assumed, call, true);
    expect(assumed.hour.resetsAt).toBe(RESET + 1_000 + HOUR_MS);
  });

  it('proves it where no report ever told of the hour, by the limit of an administrator', () => {
    const state = budgetState({ hour: { ...over, limit: null, anchor: null }, settings: { hourlyLimit: 50 } });
    passed(state, call, false);
    expect(state.hour).toMatchObject({ base: 50, settled: 0 });
  });

  it.each([
    ['before the reset', over, { ...call, sentAt: RESET + 999 }, true],
    ['in a rolling window', { ...over, isRolling: true }, call, true],
    ['without the headers that would have told', over, call, false],
    ['without a limit', { ...over, limit: null }, call, true],
  ])('is only counted %s', (_, hour, given, reportsSpike) => {
    const state = budgetState({ hour });
    passed(state, given, reportsSpike);
    expect(state.hour).toMatchObject({ base: 0, settled: 3, resetsAt: RESET });
  });
});

describe('a report of the hour', () => {
  const call = { seq: 5, sentAt: NOW - 50, by: 'p' };
  const known = { limit: 600, base: 300, resetsAt: RESET, anchor: RESET, openedAt: 20_000, settled: 2, recent: [5, 6] };
  const tell = (over: Partial<HourState>, given: { remaining: number; resetsAt?: number; limit?: number }, own = 0) => {
    const history = historyOf([NOW, own]);
    const state = budgetState({ nextSeq: 40, hour: { ...known, history, ...over } });
    state.done = doneCalls([0, 1], [0, 2], [0, 3], [0, 4], [0, 5], [0, 6], [0, 7]);
    const resetsAt = given.resetsAt ?? RESET;
    reported(state, call, { limit: 600, ...given, resetsAt }, resetsAt, NOW);
    return state.hour;
  };

  it.each([RESET - 2_000, RESET, RESET + 2_000])(
    'of the same reset, at %i: the least that was told counts',
    (resetsAt) => {
      const lower = tell({}, { remaining: 290, resetsAt });
      expect(lower).toMatchObject({ base: 290, settled: 0, recent: [6], openedAt: 20_000, resetsAt, anchor: RESET });
      expect(tell({}, { remaining: 310, resetsAt }).base).toBe(300);
    },
  );

  it.each([
    ['another reset', { remaining: 599, resetsAt: RESET + 2_001 }, {}],
    ['another limit', { remaining: 599, limit: 900 }, {}],
    ['a former reset, by a call that knew the window', { remaining: 599, resetsAt: RESET - 2_001 }, { since: 5 }],
  ])('of %s: a window begins', (_, given, over) => {
    const hour = tell(over, given);
    const { limit = 600, resetsAt = RESET } = given as { limit?: number; resetsAt?: number };
    expect(hour).toMatchObject({ limit, base: 599, anchor: resetsAt, since: 40, settled: 0, recent: [6] });
    expect(hour).toMatchObject({ openedAt: call.sentAt, resetsAt });
  });

  it('of the first window keeps when it was opened', () => {
    expect(tell({ anchor: null }, { remaining: 599 })).toMatchObject({ openedAt: 20_000, longest: RESET - 20_000 });
    expect(tell({ anchor: null, openedAt: null }, { remaining: 599 }).longest).toBe(RESET - call.sentAt);
  });

  it('of a former reset is ignored when its call was sent before the window was known', () => {
    expect(tell({ since: 6 }, { remaining: 3, resetsAt: RESET - 2_001 })).toMatchObject({ base: 300, resetsAt: RESET });
    expect(tell({ since: 6 }, { remaining: 3, resetsAt: RESET - 2_000 })).toMatchObject({ base: 3 });
  });

  it('tells the length of the window: the longest time to a reset, and an hour at most', () => {
    expect(tell({}, { remaining: 1 }).longest).toBe(RESET - 20_000);
    expect(tell({ longest: 490_000 }, { remaining: 1 }).longest).toBe(490_000);
    expect(tell({}, { remaining: 1, resetsAt: RESET + 1_500 }).longest).toBe(RESET - 20_000);
    expect(tell({}, { remaining: 1, resetsAt: RESET - 1_500 }).longest).toBe(RESET - 21_500);
    expect(tell({ anchor: 9 * HOUR_MS }, { remaining: 1, resetsAt: 9 * HOUR_MS }).longest).toBe(HOUR_MS + 1_000);
    expect(tell({ longest: 490_000 }, { remaining: 1, resetsAt: RESET - 2_001 }).longest).toBe(
      RESET - 2_001 - call.sentAt,
    );
  });

  it.each([
    ['a reset that creeps on while the use stays', 100_000, 2_001, 10, 592, true],
    ['too few calls to tell', 100_000, 2_001, 9, 592, false],
    ['a use that began anew', 100_000, 2_001, 20, 599, false],
    ['four fifths of our calls in use', 100_000, 2_001, 20, 584, true],
    ['less than four fifths', 100_000, 2_001, 20, 585, false],
    ['a reset that moved by little', 100_000, 2_000, 10, 580, false],
    ['a reset that moved by the whole window', 100_000, 98_000, 10, 580, false],
    ['a reset that moved by almost the whole window', 100_000, 97_999, 10, 580, true],
  ])('with %s', (_, longest, jump, own, remaining, expected) => {
    expect(tell({ longest }, { remaining, resetsAt: RESET + jump }, own).isRolling).toBe(expected);
  });

  it.each([
    [20, 590, true],
    [20, 591, false],
    [9, 599, true],
  ])('of a rolling window with %i calls of ours and %i left', (own, remaining, isRolling) => {
    expect(tell({ isRolling: true, longest: 100_000 }, { remaining, resetsAt: RESET + 9_000 }, own).isRolling).toBe(
      isRolling,
    );
  });

  it('of a rolling window tells of the calls of others, and its length from the call on', () => {
    const hour = tell(
      { isRolling: true, longest: 100_000 },
      { remaining: 570, resetsAt: RESET + 9_000, limit: 610 },
      20,
    );
    expect(hour).toMatchObject({ limit: 610, foreign: 20, anchor: RESET + 9_000, base: 300 });
    expect(hour.longest).toBe(RESET + 9_000 - call.sentAt);
    expect(tell({ isRolling: true, longest: 100_000 }, { remaining: 599 }).foreign).toBe(1);
    expect(tell({ isRolling: true, longest: 100_000 }, { remaining: 600 }).foreign).toBe(0);
    const back = tell({ isRolling: true, longest: 450_000 }, { remaining: 570, resetsAt: RESET - 9_000 }, 20);
    expect(back.longest).toBe(450_000);
  });
});

it('a rolling window that was exceeded is longer than was thought', () => {
  const { hour } = budgetState({ hour: { isRolling: true, longest: 1_000 } });
  refused(hour);
  expect(hour.longest).toBe(1_050);
  hour.isRolling = false;
  refused(hour);
  expect(hour.longest).toBe(1_050);
});
