import { expect, it } from 'vitest';
import { askedOf, isNarrowed } from './asked.js';
import { filterOf } from './list-data.js';

it('takes what the address can mean, and leaves the rest out', () => {
  const asked = askedOf({ search: 'pier', type: 'SYNC', platform: 'FTP', state: 'READY', label: 7, page: '2' });
  expect(asked).toEqual({ search: 'pier', type: 'SYNC', platform: undefined, state: 'READY', label: undefined });
  expect(filterOf(asked)).toEqual({
    nameContains: 'pier',
    transferTypes: ['SYNC'],
    platforms: null,
    states: ['READY'],
    labels: null,
  });
});

it('knows whether anything narrows the list', () => {
  expect(isNarrowed(askedOf({ type: 'DELETE' }))).toBe(false);
  expect(isNarrowed(askedOf({ label: 'night' }))).toBe(true);
});
