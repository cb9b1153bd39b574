import { crashesOf, DIRECTIONS, nameOf, Scenes } from '../support/effects/scenes.js';

/**
 * Crashes before and after every effect of a reference run in every direction. Prints each, and gives what went wrong.
 */
export async function crashAtEveryEffect(): Promise<string[]> {
  await using scenes = await Scenes.open();
  const wrong: string[] = [];
  let count = 0;
  for (const direction of DIRECTIONS) {
    const effects = await scenes.effectsOf(direction);
    console.log(`${direction}: ${effects.length} effects`);
    for (const crash of crashesOf(effects)) {
      const faults = await scenes.survive(direction, crash);
      count += 1;
      console.log(`${faults.length === 0 ? '✓' : '✗'} ${direction}, ${nameOf(crash)} (${effects[crash.effect - 1]})`);
      for (const fault of faults) console.log(`    ${fault}`);
      wrong.push(...faults.map((fault) => `${direction}, ${nameOf(crash)}: ${fault}`));
    }
  }
  console.log(`${count} crashes`);
  return wrong;
}
