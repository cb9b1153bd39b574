import { expect, it } from 'vitest';
import { lossTold, type Loss } from './losses.js';

it.each<[Loss, string, string]>([
  [
    'DESCRIPTION',
    '1 item has a description that the destination cannot hold.',
    '312 items have a description that the destination cannot hold.',
  ],
  [
    'FIELDS',
    '1 item has fields that the destination cannot hold.',
    '312 items have fields that the destination cannot hold.',
  ],
  [
    'TAGS',
    '1 item has tags that the destination cannot hold.',
    '312 items have tags that the destination cannot hold.',
  ],
  [
    'PRIVACY',
    '1 item is private at the source and the destination cannot hold that.',
    '312 items are private at the source and the destination cannot hold that.',
  ],
  [
    'PRIVACY_BY_JOB',
    '1 item is private at the source and the job does not keep that.',
    '312 items are private at the source and the job does not keep that.',
  ],
  [
    'NOTE',
    '1 file has a note that a first version cannot have at the destination.',
    '312 files have notes that a first version cannot have at the destination.',
  ],
  [
    'FIRST_NOTE',
    '1 file comes with former versions of which the first cannot have its note at the destination.',
    '312 files come with former versions of which the first cannot have its note at the destination.',
  ],
  [
    'UNMAPPED',
    '1 item has a value that could not be mapped and is left out.',
    '312 items have a value that could not be mapped and is left out.',
  ],
  [
    'FLAGGED',
    '1 item is flagged since a value could not be mapped.',
    '312 items are flagged since a value could not be mapped.',
  ],
])('people read of %s in a sentence of its own, for one item and for several', (loss, one, several) => {
  expect(lossTold(loss, 1)).toBe(one);
  expect(lossTold(loss, 312)).toBe(several);
});
