import { CRASHED_TYPES, crashesOf, DIRECTIONS, nameOf, Scenes } from '../support/effects/scenes.js';

/**
 * Crashes before and after every effect of a reference run in every direction. Prints each, and gives what went wrong.
 */
export async function crashAtEveryEffect(): Promise<string[]> {
  await using scenes = await Scenes.open();
  const wrong: string[] = [];
  let count = 0;
  const places = CRASHED_TYPES.flatMap((type) => DIRECTIONS.map((direction) => ({ type, direction })));
  for (const { type, direction } of places) {
    const effects = await scenes.effectsOf(type, direction);
    console.log(`${type}, ${direction}: ${effects.length} effects`);
    for (const crash of crashesOf(effects)) {
      const faults = await scenes.survive(type, direction, crash);
      count += 1;
      const name = `${type}, ${direction}, ${nameOf(crash)}`;
      console.log(`${faults.length === 0 ? '✓' : '✗'} ${name} (${effects[crash.effect - 1]})`);
      for (const fault of faults) console.log(`    ${fault}`);
      wrong.push(...faults.map((fault) => `${name}: ${fault}`));
    }
  }
  console.log(`${count} crashes`);
  return wrong;
}
