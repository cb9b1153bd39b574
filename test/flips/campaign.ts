// The long form of the test beside it: SLUICE_FLIPS (1,000) flipped bits in each direction. Ends with code 1 when one is not
// detected, stands under a final name, or is adopted by a later run.
import { DIRECTIONS, flippedCopy } from './directions.js';
import { flipsOf } from './flipped-copy.js';

const FLIPS = Number(process.env['SLUICE_FLIPS'] ?? 1_000);

// Threads and waits of a share keep no process alive.
const alive = setInterval(() => undefined, 60_000);
for (const direction of DIRECTIONS) {
  const files = Math.ceil(FLIPS / flipsOf({ files: 1 }));
  const { detected, faults } = await flippedCopy(direction, files);
  console.log(`${direction}: ${detected} of ${flipsOf({ files })} flipped bits detected, ${faults.length} faults`);
  for (const fault of faults) console.log(`    ${fault}`);
  if (detected !== flipsOf({ files }) || faults.length > 0) process.exitCode = 1;
}
clearInterval(alive);
