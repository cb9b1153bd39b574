import { describe, expect, it } from 'vitest';
import type { ItemKind } from '../platform/index.js';
import { MovedPlaces } from './moved-places.js';

/** The kind of an item, where it was and where it goes. */
type Moved = [ItemKind, string, string];

function after(...moves: Moved[]): MovedPlaces {
  const places = new MovedPlaces();
  for (const [kind, from, to] of moves) places.note(from, to, kind);
  return places;
}

describe('after moves', () => {
  it.each<[string, Moved[], string, ItemKind, string | null]>([
    ['nothing has another place where none is planned', [], 'f/a', 'FILE', null],
    ['a file is where it went', [['FILE', 'a', 'g/b']], 'a', 'FILE', 'g/b'],
    ['a folder is where it went', [['FOLDER', 'f', 'g']], 'f', 'FOLDER', 'g'],
    ['a folder stays that has the key of a file that went', [['FILE', 'a', 'b']], 'a', 'FOLDER', null],
    ['a file stays that has the key of a folder that went', [['FOLDER', 'a', 'b']], 'a', 'FILE', null],
    ['a file comes along with its folder', [['FOLDER', 'f', 'g']], 'f/a', 'FILE', 'g/a'],
    ['a folder comes along with the one above it', [['FOLDER', 'f', 'g']], 'f/x', 'FOLDER', 'g/x'],
    ['what is deep below comes along', [['FOLDER', 'f', 'g']], 'f/x/y/a', 'FILE', 'g/x/y/a'],
    [
      'the nearest folder tells',
      [
        ['FOLDER', 'f', 'g'],
        ['FOLDER', 'f/x', 'h'],
      ],
      'f/x/a',
      'FILE',
      'h/a',
    ],
    [
      'its own move tells',
      [
        ['FOLDER', 'f', 'g'],
        ['FILE', 'f/a', 'b'],
      ],
      'f/a',
      'FILE',
      'b',
    ],
    ['a name that begins alike stays', [['FOLDER', 'f', 'g']], 'f2/a', 'FILE', null],
    [
      'the last of several moves tells',
      [
        ['FOLDER', 'f', 'g'],
        ['FOLDER', 'f', 'h'],
      ],
      'f/a',
      'FILE',
      'h/a',
    ],
  ])('%s', (_, moves, key, kind, to) => {
    const places = after(...moves);
    expect(places.movedTo(key, kind)).toBe(to);
    expect(places.now(key, kind)).toBe(to ?? key);
  });

  it('what left a folder that goes, for one in its place, has the key that it had', () => {
    const places = after(['FOLDER', 'f', 'g'], ['FILE', 'f/a', 'f/a']);
    expect(places.movedTo('f/a', 'FILE')).toBe('f/a');
  });
});

it('the root of the job stays, also where it is a file', () => {
  expect(after(['FOLDER', 'f', 'g']).movedTo('', 'FILE')).toBeNull();
});
