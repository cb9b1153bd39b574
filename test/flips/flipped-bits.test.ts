import { expect, it } from 'vitest';
import { DIRECTIONS, flippedCopy } from './directions.js';
import { flipsOf } from './flipped-copy.js';

const FILES = 20;

it.each(DIRECTIONS)(
  '%s: every flipped bit is detected, none stays under a final name, and none is adopted by a later run',
  async (direction) => {
    const { detected, faults } = await flippedCopy(direction, FILES);
    expect(faults).toEqual([]);
    expect(detected).toBe(flipsOf({ files: FILES }));
  },
);
