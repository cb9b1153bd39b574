// How fast the engine is, as ratios to rclone, rsync and cp in one run on one machine, and what it keeps to while it runs:
// answers of the API, memory, store. `npm run bench:engine -- first-copy large` measures these alone. Ends with code 1 when
// a figure is above its bound, with 2 when something that it needs is missing.
import { Bench } from './engine/bench.js';
import type { Figure } from './engine/figure.js';
import { MEASURES } from './engine/measures.js';
import { missingPeers } from './engine/peers.js';
import { measureParts } from './parts.js';

const missing = missingPeers();

if (missing.length > 0) {
  console.error(`Sluice is compared with ${missing.join(' and ')}: apt-get install rclone rsync coreutils`);
  process.exitCode = 2;
} else {
  const parts = Object.entries(MEASURES).map(([name, measure]) => [name, () => withBench(measure)] as const);
  process.exitCode = await measureParts(Object.fromEntries(parts), process.argv.slice(2));
}

async function withBench(measure: (bench: Bench) => Promise<Figure[]>): Promise<Figure[]> {
  const bench = await Bench.open();
  try {
    return await measure(bench);
  } finally {
    await bench.close();
  }
}
