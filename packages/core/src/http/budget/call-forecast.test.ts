import { describe, expect, it } from 'vitest';
import { callsUntilDone, expectedCalls, learned, noExperience, type CallExperience } from './call-forecast.js';

describe('the calls that work takes', () => {
  it('are those that are foreseen, until something is known', () => {
    expect(expectedCalls(2_000)).toBe(2_000);
    expect(expectedCalls(2_000, noExperience(), noExperience())).toBe(2_000);
  });

  it('are more or fewer as earlier work took more or fewer, the surer the more is known', () => {
    const ofMany = (foreseen: number) => expectedCalls(1_000, { foreseen, made: foreseen * 1.1 });
    expect([20, 200, 2_000, 20_000].map(ofMany)).toEqual([1_009, 1_050, 1_091, 1_099]);
    expect(expectedCalls(1_000, { foreseen: 900, made: 990 }, { foreseen: 900, made: 810 })).toBe(1_000);
    expect(expectedCalls(1_000, { foreseen: 5_000, made: 0 })).toBe(500);
    expect(expectedCalls(1_000, { foreseen: 100, made: 50_000 })).toBe(4_000);
  });

  it('follow what the client is like of late', () => {
    let known: CallExperience = noExperience();
    for (let run = 0; run < 50; run++) known = learned(known, { foreseen: 1_000, made: 1_000 });
    expect(known).toEqual({ foreseen: 20_000, made: 20_000 });
    for (let run = 0; run < 60; run++) known = learned(known, { foreseen: 1_000, made: 1_200 });
    expect(expectedCalls(1_000, known)).toBeGreaterThan(1_180);
    expect(learned(known, { foreseen: 30_000, made: 30_000 })).toEqual({ foreseen: 30_000, made: 30_000 });
  });
});

describe('the calls until a job is done', () => {
  it('are its own where nobody else needs any', () => {
    expect(callsUntilDone({ calls: 100, share: 0.1 }, [])).toBe(100);
    expect(callsUntilDone({ calls: 0, share: 1 }, [{ calls: 50, share: 1 }])).toBe(0);
  });

  it('are those of others too, by their shares, and no more than they need', () => {
    const own = { calls: 100, share: 0.5 };
    expect(callsUntilDone(own, [{ calls: 1_000, share: 1 }])).toBe(300);
    expect(callsUntilDone(own, [{ calls: 1_000, share: 0.25 }])).toBe(150);
    expect(
      callsUntilDone(own, [
        { calls: 30, share: 1 },
        { calls: 7, share: 0.5 },
      ]),
    ).toBe(137);
  });
});
