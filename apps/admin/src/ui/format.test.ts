import { beforeAll, describe, expect, it } from 'vitest';
import {
  formatAgo,
  formatBytes,
  formatCount,
  formatCountdown,
  formatRate,
  formatShare,
  formatSpan,
  lastSegment,
  parseDuration,
  wordOf,
} from './format.js';
import { t } from './words.js';

beforeAll(() => t.load());

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('figures', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.00 KB'],
    [12_345, '12.3 KB'],
    [999_499, '999 KB'],
    [999_500, '1.00 MB'],
    [1_234_567_890, '1.23 GB'],
    [9e15, '9.00 PB'],
    [null, '–'],
  ])('shows %s bytes as %s', (bytes, text) => expect(plain(formatBytes(bytes))).toBe(text));

  it('groups thousands and shows the unknown as a dash', () => {
    expect([formatCount(1460), formatCount(null)]).toEqual(['1,460', '–']);
  });

  it('puts a comma where the language does', () => {
    expect(plain(formatBytes(1_234_567_890, 'de-DE'))).toBe('1,23 GB');
  });

  it('says 100 % only when all is done', () => {
    expect([formatShare(0.9999), formatShare(1), formatShare(0.29), formatShare(null)].map(plain)).toEqual([
      '99 %',
      '100 %',
      '29 %',
      '–',
    ]);
  });

  it('keeps three figures of a rate', () => {
    expect([formatRate(0), formatRate(0.4217), formatRate(12.34), formatRate(1234.5)]).toEqual([
      '0',
      '0.42',
      '12.3',
      '1,235',
    ]);
  });
});

describe('times', () => {
  it.each([
    [400, '0 s'],
    [65_000, '1 min 05 s'],
    [3_720_000, '1 h 02 min'],
    [97_200_000, '1 d 3 h'],
  ])('shows a span of %s ms as %s', (span, text) => expect(plain(formatSpan(span))).toBe(text));

  it('counts down to zero and stays there', () => {
    expect([formatCountdown(65_001), formatCountdown(3_725_000), formatCountdown(-5)]).toEqual([
      '01:06',
      '1:02:05',
      '00:00',
    ]);
  });

  it('tells past and coming times apart', () => {
    const now = Date.parse('2026-11-21T12:00:00Z');
    expect(formatAgo('2026-11-21T11:59:50Z', now)).toBe('just now');
    expect(formatAgo('2026-11-21T11:20:00Z', now)).toBe('40 min ago');
    expect(formatAgo('2026-11-21T15:00:00Z', now)).toBe('in 3 hr');
  });

  it.each([
    ['PT0.25S', 250],
    ['PT15M', 900_000],
    ['P1DT2H', 93_600_000],
    ['P1M', null],
    ['15 minutes', null],
  ])('reads the duration %s', (text, milliseconds) => expect(parseDuration(text)).toBe(milliseconds));
});

it('words unknown enum values and finds the end of a path', () => {
  expect([wordOf('AWAITING_BUDGET'), lastSegment('/a/b c/'), lastSegment('/')]).toEqual([
    'Awaiting budget',
    'b c',
    '/',
  ]);
});
