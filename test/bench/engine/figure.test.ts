import { afterEach, describe, expect, it, vi } from 'vitest';
import { median, percentile, printFigures } from './figure.js';

afterEach(() => vi.restoreAllMocks());

const print = (found: number, atMost?: number) => {
  const lines = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const holds = printFigures([{ name: 'copy', found, unit: '× rclone', atMost }]);
  return { holds, text: String(lines.mock.lastCall?.[0]) };
};

describe('figures of a bench', () => {
  it('are printed with bound and verdict', () => {
    expect(print(0.98, 1)).toMatchObject({
      holds: true,
      text: expect.stringMatching(/copy +0\.98 +1 +× rclone +ok/) as string,
    });
    expect(print(1.01, 1)).toMatchObject({
      holds: false,
      text: expect.stringMatching(/1\.01 +1 +× rclone +MISSED/) as string,
    });
    expect(print(123.4)).toMatchObject({ holds: true, text: expect.stringMatching(/copy +123 +× rclone$/m) as string });
  });

  it('that were not found miss their bound', () => expect(print(Number.NaN, 1).holds).toBe(false));

  it('a share of values lies at or below the percentile', () => {
    const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);
    expect([percentile(hundred, 0.99), percentile(hundred, 0.5), percentile([7], 0.99)]).toEqual([99, 50, 7]);
    expect(percentile([], 0.99)).toBeNaN();
    expect(median([9, 1, 5])).toBe(5);
  });
});
