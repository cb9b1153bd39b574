import { beforeAll, expect, it } from 'vitest';
import type { Policies } from '../data.js';
import { t } from './words.js';
import { deletionSentence } from './deletion-sentence.js';

beforeAll(() => t.load());

const said = (transferType: string, deletions: Policies['deletions'], deletePermanently = false) =>
  deletionSentence({ transferType, policies: { deletions, deletePermanently } as Policies });

it.each([
  ['SYNC', 'MIRROR', /on one side is deleted on the other/],
  ['SYNC', 'IGNORE_SOURCE', /deleted at the destination is deleted at the source/],
  ['SYNC', 'IGNORE_DESTINATION', /deleted at the source is deleted at the destination/],
  ['SYNC', 'IGNORE_BOTH', /^Nothing is deleted/],
  ['MOVE', 'IGNORE', /deleted at the source once/],
  ['PUBLISH', 'MIRROR', /that the source does not have is deleted/],
  ['COPY', 'MIRROR', /deleted at the source is deleted at the destination/],
] as const)('says what %s deletes with %s', (type, deletions, sentence) => {
  expect(said(type, deletions)).toMatch(sentence);
});

it.each(['COPY', 'MIGRATE', 'STRUCTURE', 'SCAN'])('says nothing where %s deletes nothing', (type) => {
  expect(said(type, 'IGNORE')).toBe(null);
});

it('tells whether it can be put back', () => {
  expect(said('MOVE', 'IGNORE')).toMatch(/recycle bin or trash folder/);
  expect(said('MOVE', 'IGNORE', true)).toMatch(/cannot be put back/);
});
