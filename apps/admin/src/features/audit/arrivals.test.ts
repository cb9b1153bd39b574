import { describe, expect, it } from 'vitest';
import { arrive, MOST_HELD, noArrivals, withArrivals, type Arrivals } from './arrivals.js';

const event = (sequence: number) => ({ sequence });
const read = [event(10), event(9)];
const take = (sequences: number[], waits: boolean, from: Arrivals<{ sequence: number }> = noArrivals('q'), top = 10) =>
  sequences.reduce((arrivals, sequence) => arrive(arrivals, event(sequence), { top, waits }), from);
const shown = (arrivals: Arrivals<{ sequence: number }>, list = read) =>
  withArrivals(list, arrivals).map(({ sequence }) => sequence);

describe('what comes while the audit log is read', () => {
  it('stands before the list at once for one who is at its top', () => {
    expect(shown(take([11, 12], false))).toEqual([12, 11, 10, 9]);
  });

  it('waits for one who reads further down, and comes in with the next for one who is at the top again', () => {
    const waiting = take([11, 12], true);
    expect([waiting.waitingCount, shown(waiting)]).toEqual([2, [10, 9]]);
    const all = take([13], false, waiting);
    expect([all.waitingCount, shown(all)]).toEqual([0, [13, 12, 11, 10, 9]]);
  });

  it('keeps what was shown while more waits behind it', () => {
    expect(shown(take([12], true, take([11], false)))).toEqual([11, 10, 9]);
  });

  it('is taken once, however often it is told, and not when the list has it', () => {
    expect(shown(take([10, 11, 11, 9], false))).toEqual([11, 10, 9]);
  });

  it('is left to the list once that was read again', () => {
    const arrivals = take([11, 12], false);
    const anew = [event(12), event(11), ...read];
    expect(shown(arrivals, anew)).toEqual([12, 11, 10, 9]);
    expect(take([13], false, arrivals, 12).events).toEqual([event(13)]);
  });

  it('is held up to a number; more of it is counted, and the list has to be read again', () => {
    const many = take(
      Array.from({ length: MOST_HELD + 5 }, (_, index) => 11 + index),
      true,
    );
    expect([many.events.length, many.waitingCount, many.isCut]).toEqual([MOST_HELD, MOST_HELD + 5, true]);
  });
});
