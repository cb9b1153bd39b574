import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CRASHED_TYPES, crashesOf, DIRECTIONS, nameOf, Scenes } from '../support/effects/scenes.js';

/** One of so many crashes in each direction; `npm run crash -- effects` has all of them. */
const EVERY = { 'memory to memory': 37, 'share to share': 37, 'share to Procore': 61, 'Procore to share': 61 };

describe('a crash before or after an effect: every file is there once, with the right bytes', () => {
  let scenes: Scenes;
  beforeAll(async () => {
    scenes = await Scenes.open();
  });
  afterAll(() => scenes?.[Symbol.asyncDispose]());

  const places = CRASHED_TYPES.flatMap((type) => DIRECTIONS.map((direction) => [type, direction] as const));

  it.each(places)('of %s, %s', async (type, direction) => {
    const effects = await scenes.effectsOf(type, direction);
    const done = type === 'undo' ? ['restore'] : ['make', 'write'];
    for (const kind of [...done, 'move', ...(direction === 'Procore to share' ? [] : ['remove'])])
      expect(effects.filter((effect) => effect.startsWith(kind))).not.toEqual([]);
    const some = crashesOf(effects).filter((_, index) => index % EVERY[direction] === 2);
    for (const crash of some) expect(await scenes.survive(type, direction, crash), nameOf(crash)).toEqual([]);
  });
});
