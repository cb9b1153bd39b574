import { describe, expect, it } from 'vitest';
import type { Call } from '../../platform/index.js';
import { freeLimits } from './budget-state.js';
import { hasOthers, takeTurn, type CallEnd, type Turn } from './budget-turn.js';
import type { Presence, SentCall } from './budget-types.js';
import { budgetState } from './state.testing.js';

const NOW = 100_000;
const AMPLE = { spike: { limit: 100 }, hour: { limit: 600, base: 500, resetsAt: 900_000, anchor: 900_000 } };

const turn = (over: Partial<Turn> = {}): Turn => ({
  ...{ now: NOW, process: 'own', limits: freeLimits(), ends: [], wants: [] },
  ...over,
});
const jobs = (count: number): Call['priority'][] => Array.from({ length: count }, () => 'JOB');
const other = (over: Partial<Presence> = {}): Presence => ({ heardAt: NOW, servedAt: null, isWaiting: true, ...over });
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
    const result = takeTurn(state, turn({ wants: ['INTERACTIVE', 'INTERACTIVE', 'JOB'] }));
    expect(result).toEqual({ granted: [7, 8], until: null, isChanged: true });
    expect(state.inFlight.map(({ seq, by }) => [seq, by])).toEqual([
      [7, 'own'],
      [8, 'own'],
    ]);
    expect(state.processes).toEqual({ own: { heardAt: NOW, servedAt: null, isWaiting: true } });
  });

  it('notes when a job of the process was served', () => {
    const state = budgetState(AMPLE);
    expect(takeTurn(state, turn({ wants: jobs(1) })).until).toBeUndefined();
    expect(state.processes['own']).toEqual({ heardAt: NOW, servedAt: NOW, isWaiting: false });
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

  const own = other({ servedAt: 60_000, isWaiting: false });
  it.each<[string, Record<string, Presence>, boolean]>([
    ['was never served', { own, b: other() }, true],
    ['was served half a second earlier', { own, b: other({ servedAt: 59_500 }) }, true],
    ['was served later than that', { own, b: other({ servedAt: 59_501 }) }, false],
    ['was heard of four seconds ago', { own, b: other({ heardAt: NOW - 4_000 }) }, true],
    ['was not heard of since', { own, b: other({ heardAt: NOW - 4_001 }) }, false],
    ['does not wait', { own, b: other({ isWaiting: false }) }, false],
    ['waits beside one that was never served itself', { own: other(), b: other() }, false],
    ['is the only one', { own }, false],
  ])('leave the next call of a job to one that %s: %s', (_, processes, expected) => {
    const state = budgetState({ ...AMPLE, processes: structuredClone(processes) });
    const { granted, until } = takeTurn(state, turn({ wants: jobs(1) }));
    expect([granted.length, until]).toEqual(expected ? [0, NOW + 100] : [1, undefined]);
    const people = budgetState({ ...AMPLE, processes: structuredClone(processes) });
    expect(takeTurn(people, turn({ wants: ['INTERACTIVE'] })).granted).toHaveLength(1);
  });
});

describe('the sign of life of a process', () => {
  const waitingUntil = (until: number, before?: Presence) => {
    const state = budgetState({ ...AMPLE, throttledUntil: until, processes: before ? { own: before } : {} });
    const { isChanged } = takeTurn(state, turn({ wants: jobs(1) }));
    return { isChanged, own: state.processes['own'] };
  };

  it('is given by one that waits for what comes within two seconds, and not by one that waits longer', () => {
    expect(waitingUntil(NOW + 2_000)).toEqual({ isChanged: true, own: other() });
    expect(waitingUntil(NOW + 2_001)).toEqual({ isChanged: false, own: undefined });
    expect(waitingUntil(NOW + 2_001, other())).toEqual({ isChanged: true, own: undefined });
  });

  it('is repeated every two seconds, and when it waits no longer', () => {
    const recent = other({ heardAt: NOW - 1_999 });
    expect(waitingUntil(NOW + 2_000, recent)).toEqual({ isChanged: false, own: recent });
    expect(waitingUntil(NOW + 2_000, other({ heardAt: NOW - 2_000, servedAt: 5 }))).toEqual({
      isChanged: true,
      own: other({ servedAt: 5 }),
    });
    const state = budgetState({ processes: { own: other({ heardAt: NOW - 1 }) }, inFlight: [call(1)], nextSeq: 2 });
    expect(takeTurn(state, turn()).isChanged).toBe(true);
    expect(state.processes['own']).toEqual(other({ isWaiting: false }));
    expect(takeTurn(state, turn()).isChanged).toBe(false);
  });

  it('is taken back once nothing waits or is in flight', () => {
    const state = budgetState({ processes: { own: other() }, inFlight: [call(1, 'b')], nextSeq: 2 });
    state.processes['b'] = other();
    expect(takeTurn(state, turn()).isChanged).toBe(true);
    expect(Object.keys(state.processes)).toEqual(['b']);
  });
});
