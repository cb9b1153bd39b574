// How fast the engine is, as ratios to rclone, rsync and cp in one run on one machine, and what it keeps to while it runs:
// answers of the API, memory, store. `npm run bench:engine -- first-copy large` measures these alone. Ends with code 1 when
// a figure is above its bound, with 2 when something that it needs is missing.
import { Bench } from './engine/bench.js';
import { printFigures, type Figure } from './engine/figure.js';
import { MEASURES } from './engine/measures.js';
import { missingPeers } from './engine/peers.js';

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in MEASURES));
const missing = missingPeers();

if (unknown.length > 0) {
  console.error(`There is no measure ${unknown.join(', ')}. There are: ${Object.keys(MEASURES).join(', ')}.`);
  process.exitCode = 2;
} else if (missing.length > 0) {
  console.error(`Sluice is compared with ${missing.join(' and ')}: apt-get install rclone rsync coreutils`);
  process.exitCode = 2;
} else {
  await measureAll(wanted.length > 0 ? wanted : Object.keys(MEASURES));
}

async function measureAll(chosen: readonly string[]): Promise<void> {
  const figures: Figure[] = [];
  for (const name of chosen) {
    console.log(`… ${name}`);
    const bench = await Bench.open();
    try {
      figures.push(...(await MEASURES[name]!(bench)));
    } catch (error) {
      console.error(`${name} failed: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    } finally {
      await bench.close();
    }
  }
  if (!printFigures(figures)) process.exitCode = 1;
}
