import { PlatformError } from '@sluice/core/platform';
import { FakeClock } from '@sluice/core/testing';
import { describe, expect, it } from 'vitest';
import { emptyCounters } from '../runs/engine-store/counters.js';
import { settlementOf } from './ending.js';
import { nextRest, RestWatch, type Setback } from './rest.js';

const HOURS_MS = 5 * 3_600_000;

describe('the rest of a run after trouble that passes', () => {
  it('grows up to ten minutes, and is short again once something was done', () => {
    const waits: number[] = [];
    let setback: Setback | null = null;
    for (const itemsDone of [0, 0, 0, 0, 0, 0, 0, 0, 5, 5]) {
      const rest = nextRest(setback, itemsDone, 'UNREACHABLE');
      setback = rest?.setback ?? null;
      waits.push((rest?.waitMs ?? 0) / 1_000);
    }
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 600, 600, 15, 30]);
  });

  it('outlasts an hour without network by far, and a host that fails for ever ends the run', () => {
    const total = (kind: 'UNREACHABLE' | 'PLATFORM_ERROR') => {
      let [sum, setback]: [number, Setback | null] = [0, null];
      for (;;) {
        const rest = nextRest(setback, 0, kind);
        if (rest === null) return sum / 3_600_000;
        sum += rest.waitMs;
        setback = rest.setback;
      }
    };
    expect(total('UNREACHABLE')).toBeGreaterThan(20);
    expect(total('UNREACHABLE')).toBeLessThan(30);
    expect(total('PLATFORM_ERROR')).toBeGreaterThan(2);
    const error = new PlatformError('PLATFORM_ERROR', 'It fails.');
    const run = { wish: 'RUN', counters: emptyCounters(), setback: { rests: 20, itemsDone: 0 } } as const;
    expect(settlementOf({ kind: 'BROKEN', error }, run)).toMatchObject({ state: 'FAILED' });
  });

  it.each([-HOURS_MS, 0, HOURS_MS])(
    'is over after its time, also when the time of day jumps by %i ms',
    async (jump) => {
      const clock = new FakeClock();
      const watch = new RestWatch(clock);
      const run = { id: 'run_1', waitingUntil: new Date(clock.now() + 60_000) };
      expect(watch.over([run])).toEqual([]);
      clock.jump(jump);
      await clock.advance(59_000);
      expect(watch.over([run])).toEqual([]);
      await clock.advance(1_000);
      expect(watch.over([run])).toEqual([run]);
    },
  );

  it('is not prolonged beyond the longest by a time of day that was set back before a restart', async () => {
    const clock = new FakeClock();
    const run = { id: 'run_1', waitingUntil: new Date(clock.now() + HOURS_MS) };
    const watch = new RestWatch(clock);
    expect(watch.over([run])).toEqual([]);
    await clock.advance(600_000);
    expect(watch.over([run])).toEqual([run]);
  });

  it('is none after an address that is not allowed, which no wait opens', () => {
    const error = new PlatformError('UNREACHABLE', 'It may not be reached.', { retry: 'never' });
    const run = { wish: 'RUN', counters: emptyCounters(), setback: null } as const;
    expect(settlementOf({ kind: 'BROKEN', error }, run)).toMatchObject({ state: 'FAILED' });
  });

  it('is none for runs that wait for people', () => {
    expect(new RestWatch(new FakeClock()).over([{ id: 'run_1', waitingUntil: null }])).toEqual([]);
  });
});
