// The long form of the test beside it: SLUICE_FLIPS (1,000) flipped bits in each direction. Ends with code 1 when one is not
// detected, stands under a final name, or is adopted by a later run.
import { DIRECTIONS, flippedCopy, type Direction } from './directions.js';
import { flipsOf, type Flipped } from './flipped-copy.js';

const FLIPS = Number(process.env['SLUICE_FLIPS'] ?? 1_000);

/** A run ends where more items than that fail in a row for the same reason. */
const MOST_AT_ONCE = 20;

/** Copies so many files, and tells of all their flips. */
async function copyInLots(direction: Direction, files: number): Promise<Flipped> {
  const all: Flipped = { detected: 0, faults: [] };
  for (let left = files; left > 0; left -= MOST_AT_ONCE) {
    const { detected, faults } = await flippedCopy(direction, Math.min(left, MOST_AT_ONCE));
    all.detected += detected;
    all.faults.push(...faults);
  }
  return all;
}

// Threads and waits of a share keep no process alive.
const alive = setInterval(() => undefined, 60_000);
const files = Math.ceil(FLIPS / flipsOf({ files: 1 }));
for (const direction of DIRECTIONS) {
  const { detected, faults } = await copyInLots(direction, files);
  console.log(`${direction}: ${detected} of ${flipsOf({ files })} flipped bits detected, ${faults.length} faults`);
  for (const fault of faults) console.log(`    ${fault}`);
  if (detected !== flipsOf({ files }) || faults.length > 0) process.exitCode = 1;
}
clearInterval(alive);
