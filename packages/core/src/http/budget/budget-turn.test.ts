import { describe, expect, it } from 'vitest';
import { freeLimits } from './budget-state.js';
import { hasOthers, takeTurn, type CallEnd, type Turn } from './budget-turn.js';
import type { Presence, SentCall } from './budget-types.js';
import type { Want } from './call-queue.js';
import { budgetState } from './state.testing.js';

const NOW = 100_000;
const AMPLE = { spike: { limit: 100 }, hour: { limit: 600, base: 500, resetsAt: 900_000, anchor: 900_000 } };

const turn = (over: Partial<Turn> = {}): Turn => ({
  ...{ now: NOW, process: 'own', limits: freeLimits(), ends: [], lessons: [], wants: [] },
  ...over,
});
const job = (over: Partial<Want> = {}): Want => ({ owner: 'run', priority: 'JOB', share: 1, calls: 1, ...over });
const person = (over: Partial<Want> = {}): Want => job({ owner: 'person', priority: 'INTERACTIVE', ...over });
const other = (over: Partial<Presence> = {}): Presence => ({ heardAt: NOW, waiting: { run: 1 }, ...over });
const call = (seq: number, by = 'own'): SentCall => ({ seq, sentAt: NOW - 100, by });

describe('a turn', () => {
  it('that has nothing to do changes nothing', () => {
    const state = budgetState();
    const before = structuredClone(state);
    expect(takeTurn(state, turn())).toEqual({ granted: [], until: undefined, isChanged: false });
    expect(state).toEqual(before);
  });

  it('takes what may be sent in the order of those who wait, and tells when to ask again', () => {
    const state = budgetState({ ...AMPLE, nextSeq: 7, spike: { limit: 2 } });
    const result = takeTurn(state, turn({ wants: [person({ calls: 2 }), person({ owner: 'other' }), job()] }));
    const granted = [
      { seq: 7, owner: 'person', priority: 'INTERACTIVE' },
      { seq: 8, owner: 'other', priority: 'INTERACTIVE' },
    ];
    expect(result).toEqual({ granted, until: null, isChanged: true });
    expect(state.inFlight.map(({ seq, by }) => [seq, by])).toEqual([
      [7, 'own'],
      [8, 'own'],
    ]);
    expect(state.processes).toEqual({ own: { heardAt: NOW, waiting: { run: 1 } } });
  });

  it('serves jobs by their shares, and notes which of them still wait', () => {
    const state = budgetState({ ...AMPLE, spike: { limit: 40 }, ramp: 20 });
    const wants = [job({ owner: 'small', share: 0.25, calls: 9 }), job({ owner: 'large', calls: 9 })];
    const { granted, until } = takeTurn(state, turn({ wants }));
    const order = 'small large large large large small large large';
    expect(granted.map(({ owner }) => owner).join(' ')).toBe(order);
    expect(until).toBe(NOW + 1_000);
    expect(state.processes['own']).toEqual({ heardAt: NOW, waiting: { small: 0.25, large: 1 } });
    expect(state.fair.stands).toEqual({ small: 8, large: 6 });
  });

  it('is a change where calls have ended, whatever became of them', () => {
    const headers = new Headers({ 'retry-after': '20' });
    const ends: CallEnd[] = [
      { seq: 1, reply: 'NOT_SENT', jitter: 0 },
      { seq: 2, reply: null, jitter: 0 },
      { seq: 3, reply: { status: 200, headers: new Headers() }, jitter: 0 },
      { seq: 4, reply: { status: 429, headers }, jitter: 0.5 },
    ];
    for (const [index, figures] of [
      { done: 0, recent: 0, ramp: 4, throttledCount: 0 },
      { done: 1, recent: 1, ramp: 4, throttledCount: 0 },
      { done: 1, recent: 1, ramp: 5, throttledCount: 0 },
      { done: 1, recent: 1, ramp: 1, throttledCount: 1 },
    ].entries()) {
      const state = budgetState({ inFlight: [1, 2, 3, 4].map((seq) => call(seq)), nextSeq: 5 });
      expect(takeTurn(state, turn({ ends: [ends[index]!] })).isChanged).toBe(true);
      expect(state.inFlight).toHaveLength(3);
      const { done, hour, ramp, throttledCount } = state;
      const recent = hour.recent.length + hour.settled;
      expect({ done: done.length, recent, ramp, throttledCount }).toEqual(figures);
      expect(state.throttledUntil).toBe(index === 3 ? NOW + 21_500 : null);
    }
  });

  it('reads the host’s date, and the wait by it', () => {
    const date = 'Mon, 05 Jan 2026 11:00:30 GMT';
    const headers = new Headers({ date, 'retry-after': 'Mon, 05 Jan 2026 11:01:00 GMT' });
    const state = budgetState({ inFlight: [call(1)], nextSeq: 2 });
    takeTurn(state, turn({ ends: [{ seq: 1, reply: { status: 429, headers }, jitter: 0 }] }));
    expect(state.serverTime?.least).toBe(Date.parse(date) - NOW);
    expect(state.throttledUntil).toBe(NOW + 31_000);
  });

  it('keeps what work has taken for all processes', () => {
    const state = budgetState({ experience: { foreseen: 100, made: 110 } });
    const lessons = [
      { foreseen: 50, made: 50 },
      { foreseen: 10, made: 20 },
    ];
    expect(takeTurn(state, turn({ lessons })).isChanged).toBe(true);
    expect(state.experience).toEqual({ foreseen: 160, made: 180 });
  });

  it.each([[{ reserveShare: 0.1 }], [{ hourlyLimit: 50 }], [{ spikeLimit: 5 }]])('takes notice of %j', (limits) => {
    const state = budgetState();
    expect(takeTurn(state, turn({ limits: { ...freeLimits(), ...limits } })).isChanged).toBe(true);
    expect(state.settings).toMatchObject(limits);
    expect(takeTurn(state, turn({ limits: { ...freeLimits(), ...limits } })).isChanged).toBe(false);
  });
});

describe('processes that share a budget', () => {
  it('bury one that was not heard of for ten seconds, and what it had in flight', () => {
    const processes = { dead: other({ heardAt: NOW - 10_001 }), alive: other({ heardAt: NOW - 10_000 }) };
    const inFlight = [call(1, 'dead'), call(2, 'alive'), call(3, 'nobody')];
    const state = budgetState({ processes, inFlight, nextSeq: 4 });
    expect(takeTurn(state, turn()).isChanged).toBe(true);
    expect(Object.keys(state.processes)).toEqual(['alive']);
    expect(state.inFlight.map(({ seq }) => seq)).toEqual([2]);
    expect(state.done).toHaveLength(2);
  });

  it('bury one that had nothing in flight, and calls whose process is gone', () => {
    const dead = budgetState({ processes: { dead: other({ heardAt: 0 }) } });
    expect(takeTurn(dead, turn()).isChanged).toBe(true);
    const orphaned = budgetState({ inFlight: [call(1, 'nobody')], nextSeq: 2 });
    expect(takeTurn(orphaned, turn()).isChanged).toBe(true);
  });

  it('never bury themselves', () => {
    const state = budgetState({ processes: { own: other({ heardAt: 0 }) }, inFlight: [call(1)], nextSeq: 2 });
    takeTurn(state, turn());
    expect(state.inFlight).toHaveLength(1);
  });

  it('know of each other', () => {
    expect(hasOthers(budgetState({ processes: { own: other() } }), 'own')).toBe(false);
    expect(hasOthers(budgetState({ processes: { own: other(), b: other() } }), 'own')).toBe(true);
  });

  const waiting = { far: 1 };
  it.each<[string, Record<string, Presence>, boolean]>([
    ['stands less far', { b: other({ waiting }) }, true],
    ['stands less far, and was heard of four seconds ago', { b: other({ waiting, heardAt: NOW - 4_000 }) }, true],
    ['was not heard of since', { b: other({ waiting, heardAt: NOW - 4_001 }) }, false],
    ['does not wait', { b: other({ waiting: {} }) }, false],
    ['waits in the same process', { own: other({ waiting }) }, false],
    ['stands as far', { b: other() }, false],
  ])('leave the next call to a job that %s: %s', (_, processes, expected) => {
    const fair = { pace: 10, stands: { run: 12.6 } };
    const state = budgetState({ ...AMPLE, fair, processes: structuredClone(processes) });
    const { granted, until } = takeTurn(state, turn({ wants: [job()] }));
    expect([granted.length, until]).toEqual(expected ? [0, NOW + 100] : [1, undefined]);
    const people = budgetState({ ...AMPLE, fair, processes: structuredClone(processes) });
    expect(takeTurn(people, turn({ wants: [person()] })).granted).toHaveLength(1);
  });

  it.each([
    [100, 10, 12.5, true],
    [100, 10, 12.51, false],
    [25, 10, 11, true],
    [25, 10, 11.01, false],
  ])(
    'go ahead of each other by what is sent in half a second: of %i in 10 s, from %d to %d: %s',
    (limit, pace, at, isFree) => {
      const fair = { pace, stands: { run: at } };
      const processes = { b: other({ waiting: { far: 1 } }) };
      const state = budgetState({ ...AMPLE, spike: { limit }, fair, processes });
      expect(takeTurn(state, turn({ wants: [job()] })).granted).toHaveLength(Number(isFree));
    },
  );

  it('go ahead by two calls while no limit is known', () => {
    const processes = { b: other({ waiting: { far: 1 } }) };
    for (const [at, calls] of [
      [1, 1],
      [1.1, 0],
    ] as const) {
      const state = budgetState({ fair: { pace: 0, stands: { run: at } }, processes });
      expect(takeTurn(state, turn({ wants: [job()] })).granted).toHaveLength(calls);
    }
  });
});

describe('the sign of life of a process', () => {
  const waitingUntil = (until: number, before?: Presence) => {
    const state = budgetState({ ...AMPLE, throttledUntil: until, processes: before ? { own: before } : {} });
    const { isChanged } = takeTurn(state, turn({ wants: [job()] }));
    return { isChanged, own: state.processes['own'] };
  };

  it('is given by one that waits for what comes within two seconds, and not by one that waits longer', () => {
    expect(waitingUntil(NOW + 2_000)).toEqual({ isChanged: true, own: other() });
    expect(waitingUntil(NOW + 2_001)).toEqual({ isChanged: false, own: undefined });
    expect(waitingUntil(NOW + 2_001, other())).toEqual({ isChanged: true, own: undefined });
  });

  it('is repeated every two seconds, and when other jobs wait', () => {
    const recent = other({ heardAt: NOW - 1_999 });
    expect(waitingUntil(NOW + 2_000, recent)).toEqual({ isChanged: false, own: recent });
    const waiting: Presence['waiting'][] = [{}, { run: 0.5 }, { other: 1 }, { run: 1, other: 1 }];
    const others = waiting.map((each) => other({ heardAt: NOW - 1, waiting: each }));
    for (const before of [other({ heardAt: NOW - 2_000 }), ...others])
      expect(waitingUntil(NOW + 2_000, before)).toEqual({ isChanged: true, own: other() });
    const state = budgetState({ processes: { own: other({ heardAt: NOW - 1 }) }, inFlight: [call(1)], nextSeq: 2 });
    expect(takeTurn(state, turn()).isChanged).toBe(true);
    expect(state.processes['own']).toEqual(other({ waiting: {} }));
    expect(takeTurn(state, turn()).isChanged).toBe(false);
  });

  it('is taken back once nothing waits or is in flight', () => {
    const state = budgetState({ processes: { own: other() }, inFlight: [call(1, 'b')], nextSeq: 2 });
    state.processes['b'] = other();
    expect(takeTurn(state, turn()).isChanged).toBe(true);
    expect(Object.keys(state.processes)).toEqual(['b']);
  });
});
