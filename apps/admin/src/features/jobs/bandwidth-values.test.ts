import { beforeAll, expect, it } from 'vitest';
import { checkLimits, limitInputs, limitValues, limitWords, newLimit } from './bandwidth-values.js';
import { NEW_WINDOW } from './schedule-values.js';
import { t } from './words.js';

beforeAll(() => t.load());

const saved = [
  {
    window: { days: ['MONDAY' as const], from: '08:00', to: '18:00' },
    timeZone: 'Europe/Berlin',
    uploadBytesPerSecond: 1_000_500,
    downloadBytesPerSecond: null,
  },
  { window: null, timeZone: 'UTC', uploadBytesPerSecond: null, downloadBytesPerSecond: 1_024 },
];

it('sends saved limits as they were, to the byte', () => {
  expect(limitValues(saved).map(({ upload, download }) => [upload, download])).toEqual([
    [1_000.5, ''],
    ['', 1.024],
  ]);
  expect(limitInputs(limitValues(saved))).toEqual(saved);
});

it('asks for a rate, and for both ends of a window, each at its limit', () => {
  expect(checkLimits(limitValues(saved))).toEqual({});
  expect(Object.keys(checkLimits([...limitValues(saved), newLimit()]))).toEqual(['policies.bandwidth.2']);
  const open = { ...newLimit(), upload: 5, window: { ...NEW_WINDOW, to: '' } };
  expect(checkLimits([open])).toHaveProperty(['policies.bandwidth.0']);
});

it('tells a limit in words', () => {
  expect(limitValues(saved).map(limitWords)).toEqual([
    '1000.5 kB/s up, Mon 08:00–18:00 in Europe/Berlin',
    '1.024 kB/s down, at any time',
  ]);
});
