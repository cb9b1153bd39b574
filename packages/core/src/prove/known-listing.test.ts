import { describe, expect, it } from 'vitest';
import { fullBecause, MAX_DELTAS, type KnownListing, type ListingWish } from './index.js';

const DAY_MS = 24 * 3_600_000;
const known: KnownListing = { token: 't', root: 'r', settings: 's', fullAt: 1000, deltas: 0 };
const wish: ListingWish = { root: 'r', settings: 's', now: 2000, isFull: false };

describe('a full listing on a cadence and whenever a proof is missing', () => {
  it.each<[string, Partial<KnownListing>, Partial<ListingWish>, string | null]>([
    ['nothing', {}, {}, null],
    ['the last listing of changes that is allowed', { deltas: MAX_DELTAS - 1 }, {}, null],
    ['a wish', {}, { isFull: true }, 'asked for'],
    ['another root', {}, { root: 'x' }, 'Another folder'],
    ['another account', {}, { settings: 'x' }, 'sign-in'],
    ['many deltas', { deltas: MAX_DELTAS }, {}, `last ${MAX_DELTAS}`],
    ['a clock set back', {}, { now: 999 }, 'clock'],
    ['a day less than a week', {}, { now: 1000 + 6 * DAY_MS }, null],
    ['no time since', { fullAt: 30 * DAY_MS }, { now: 30 * DAY_MS }, null],
    ['a week', {}, { now: 1000 + 7 * DAY_MS }, '7 days'],
  ])('for %s', (_, over, now, words) => {
    const reason = fullBecause({ ...known, ...over }, { ...wish, ...now });
    if (words === null) expect(reason).toBeNull();
    else expect(reason).toContain(words);
  });

  it('for the first time', () => expect(fullBecause(null, wish)).toContain('No complete listing'));
});
