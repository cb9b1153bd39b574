import { describe, expect, it } from 'vitest';
import { Address, DateTime, Duration, LocalTime, SafeInt, TimeZone } from './scalars.js';

describe('DateTime', () => {
  it.each([
    ['2026-11-21T08:00:00Z', '2026-11-21T08:00:00.000Z'],
    ['2026-11-21t08:00:00.5+02:00', '2026-11-21T06:00:00.500Z'],
    ['2028-02-29T00:00:00-00:30', '2028-02-29T00:30:00.000Z'],
  ])('reads %s as %s', (written, printed) => {
    expect(DateTime.serialize(DateTime.parseValue(written))).toBe(printed);
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2026-11-21',
    '2026-11-21 08:00:00Z',
    '2026-11-21T08:00:00',
    '2026-13-01T00:00:00Z',
    5,
    '',
  ])('refuses %s', (value) =>
    expect(() => DateTime.parseValue(value)).toThrow(
      expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } }),
    ),
  );
});

describe('Duration', () => {
  it.each([
    ['PT15M', 900_000, 'PT15M'],
    ['PT0.25S', 250, 'PT0.25S'],
    ['P7D', 604_800_000, 'P7D'],
    ['PT90M', 5_400_000, 'PT1H30M'],
    ['P1DT2H3M4S', 93_784_000, 'P1DT2H3M4S'],
    ['PT0S', 0, 'PT0S'],
  ])('reads %s as %d ms', (written, milliseconds, printed) => {
    expect(Duration.parseValue(written)).toBe(milliseconds);
    expect(Duration.serialize(milliseconds)).toBe(printed);
  });

  it.each(['P', 'PT', '15M', 'P1M', 'P1Y', '-PT1S', 'PT1.2345S', 60])('refuses %s', (value) => {
    expect(() => Duration.parseValue(value)).toThrow('duration');
  });
});

describe('other scalars', () => {
  it.each([
    [LocalTime, ['00:00', '23:59'], ['24:00', '8:30', '12:60', 830]],
    [SafeInt, [0, -5, 9_007_199_254_740_991], [9_007_199_254_740_992, 1.5, '1', Number.NaN]],
    [TimeZone, ['Europe/Berlin', 'UTC', 'America/New_York'], ['Mars/Base', 'Europe', '+02:00', '']],
    [
      Address,
      ['https://login.procore.com', 'http://127.0.0.1:4000/x'],
      ['ftp://a', '/path', 'https://', 'javascript:alert(1)', 'https://a b'],
    ],
  ])('%s takes what fits and refuses the rest', (scalar, good: unknown[], bad: unknown[]) => {
    for (const value of good) expect(scalar.parseValue(value)).toBe(value);
    for (const value of bad) expect(() => scalar.parseValue(value), String(value)).toThrow(scalar.name);
  });
});
