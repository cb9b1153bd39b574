import { describe, expect, it } from 'vitest';
import { AS_NAMED, type ItemReason } from '../plan/index.js';
import { DONE, isRefusal, REFUSED } from './undo-texts.js';

const BY_HAND = 'Look at the item, and decide about it by hand.';

describe('an item that an undo leaves as it is', () => {
  it.each<[keyof typeof REFUSED, ItemReason, string, string]>([
    [
      'CHANGED_SINCE',
      'CONFLICT',
      'It is not as run 7 left it at the destination: somebody changed it since, and it stays so.',
      BY_HAND,
    ],
    ['GONE', 'CONFLICT', 'It is gone from the destination since run 7.', BY_HAND],
    [
      'LATER_RUN',
      'CONFLICT',
      'A later run of the job dealt with it after run 7, and it stays as that run left it.',
      BY_HAND,
    ],
    [
      'NOT_KEPT',
      'VERSIONS_LEFT_OUT',
      'The destination keeps nothing of what was there before run 7.',
      'Bring it back by hand, such as from a backup.',
    ],
    [
      'PLACE_TAKEN',
      'NAME_TAKEN',
      'Something else stands at the destination where it was before run 7.',
      'Move or rename what stands there, then plan the undo again.',
    ],
    [
      'UNLISTED',
      'LISTING_FAILED',
      'What stands at its place at the destination could not be listed.',
      'Look at the folder, then plan the undo again.',
    ],
    ['NOT_BACK', 'CONFLICT', 'It is left at the destination, because the source does not get it back.', BY_HAND],
  ])('is told with its reason and what to do: %s', (why, reason, message, remedy) => {
    const told = REFUSED[why];
    expect({ ...told, message: told.message('run 7', AS_NAMED) }).toEqual({ reason, message, remedy });
  });

  it('is told with the words of the side on which it stands', () => {
    const words = { from: 'destination', to: 'source' } as const;
    expect(REFUSED.NOT_BACK.message('run 7', words)).toBe(
      'It is left at the source, because the destination does not get it back.',
    );
  });
});

it.each<[keyof typeof DONE, string]>([
  ['REMOVE', 'It was created by run 7, and is removed again.'],
  ['GIVE_FORMER_VERSION', 'Its content was replaced by run 7: the former one becomes the newest again.'],
  ['MOVE_BACK', 'It was moved or renamed by run 7, and gets its former place and name back.'],
  ['PUT_BACK', 'It was removed by run 7, and comes back to its place.'],
  ['DESCRIBE_AS_BEFORE', 'Its description was changed by run 7, and gets back what it was.'],
  ['NOTHING', 'It is as it was before run 7.'],
])('what an undo does is told with the run: %s', (what, message) => {
  expect(DONE[what]('run 7')).toBe(message);
});

it('a refusal is told from a change, and from nothing to do', () => {
  expect(isRefusal('LATER_RUN')).toBe(true);
  expect(isRefusal('PUT_BACK')).toBe(false);
  expect(isRefusal('NOTHING')).toBe(false);
});
