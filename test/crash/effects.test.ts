import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crashesOf, DIRECTIONS, nameOf, Scenes } from '../support/effects/scenes.js';

/** One of so many crashes in each direction; `npm run crash -- effects` has all of them. */
const EVERY = { 'memory to memory': 5, 'share to share': 5, 'share to Procore': 11, 'Procore to share': 11 };

describe('a crash before or after an effect: every file is there once, with the right bytes', () => {
  let scenes: Scenes;
  beforeAll(async () => {
    scenes = await Scenes.open();
  });
  afterAll(() => scenes?.[Symbol.asyncDispose]());

  it.each(DIRECTIONS)('%s', { timeout: 240_000 }, async (direction) => {
    const effects = await scenes.effectsOf(direction);
    for (const kind of ['make', 'write', 'move', ...(direction === 'Procore to share' ? [] : ['remove'])])
      expect(effects.filter((effect) => effect.startsWith(kind))).not.toEqual([]);
    const some = crashesOf(effects).filter((_, index) => index % EVERY[direction] === 2);
    for (const crash of some) expect(await scenes.survive(direction, crash), nameOf(crash)).toEqual([]);
  });
});
