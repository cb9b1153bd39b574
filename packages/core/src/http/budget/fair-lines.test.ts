import { describe, expect, it } from 'vitest';
import { isAhead, newFairLines, nextLine, serve, type Line } from './fair-lines.js';

const line = (owner: string, share: number): Line => ({ owner, share });

/** Calls of each line of so many that are served while all of them wait. */
function served(calls: number, lines: Line[], fair = newFairLines()): Record<string, number> {
  const had = Object.fromEntries(lines.map(({ owner }) => [owner, 0]));
  for (let i = 0; i < calls; i++) {
    const next = nextLine(fair, lines)!;
    serve(fair, next, lines);
    had[next.owner]! += 1;
  }
  return had;
}

describe('fair shares of calls', () => {
  it('are as the shares of the jobs are to each other, call by call', () => {
    const lines = [line('a', 1), line('b', 0.5), line('c', 0.25), line('d', 0.25)];
    expect(served(4, lines)).toEqual({ a: 1, b: 1, c: 1, d: 1 });
    expect(served(80, lines)).toEqual({ a: 40, b: 20, c: 10, d: 10 });
    const [least, most] = [line('least', 0.001), line('most', 1)];
    expect(served(2_002, [least, most])).toEqual({ least: 2, most: 2_000 });
  });

  it('go to the others where a job does not use its own', () => {
    const fair = newFairLines();
    const all = [line('a', 0.5), line('b', 0.3), line('c', 0.2)];
    served(100, all, fair);
    expect(served(500, all.slice(1), fair)).toEqual({ b: 300, c: 200 });
    expect(served(100, [line('b', 0.01)], fair)).toEqual({ b: 100 });
  });

  it('are not saved up by who did not wait, nor lost by who had more than its own meanwhile', () => {
    const fair = newFairLines();
    const [old, young] = [line('old', 1), line('young', 1)];
    for (const alone of [old, young]) {
      served(1_000, [alone], fair);
      const both = served(100, [old, young], fair);
      expect(Math.abs(both['old']! - 50)).toBeLessThanOrEqual(1);
    }
  });

  it('follow a share that is changed at once', () => {
    const fair = newFairLines();
    served(100, [line('a', 0.5), line('b', 0.5)], fair);
    expect(served(100, [line('a', 0.75), line('b', 0.25)], fair)).toEqual({ a: 75, b: 25 });
  });

  it('let a line go ahead of the last one by its part of the lead, and no further', () => {
    const all = [line('a', 3), line('b', 1)];
    const at = (stand: number) => ({ pace: 10, stands: { a: stand } });
    expect(isAhead(at(10), all[0]!, all, 8)).toBe(false);
    expect(isAhead(at(12), all[0]!, all, 8)).toBe(false);
    expect(isAhead(at(12.1), all[0]!, all, 8)).toBe(true);
    expect(isAhead(at(12.1), all[0]!, [all[0]!], 8)).toBe(false);
  });

  it('remember only who stands further than the others, and at most 256', () => {
    const fair = newFairLines();
    served(100, [line('a', 1), line('b', 1)], fair);
    expect(fair).toEqual({ pace: 49, stands: { a: 50, b: 50 } });
    served(2, [line('c', 1)], fair);
    expect(fair).toEqual({ pace: 50, stands: { c: 51 } });
    for (let i = 0; i < 300; i++) served(1, [line(`run ${i}`, 0.001)], fair);
    expect(Object.keys(fair.stands)).toHaveLength(256);
    expect(Object.keys(fair.stands).at(-1)).toBe('run 299');
  });

  it('have no next line where nobody waits', () => {
    expect(nextLine(newFairLines(), [])).toBeUndefined();
  });
});
