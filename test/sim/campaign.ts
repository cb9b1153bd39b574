// The long form of the test beside it, 2,000 histories of each seed from SLUICE_TEST_SEED on: SLUICE_HISTORIES (100,000) of all
// types of transfer and, also by themselves with the argument `two-way`, SLUICE_TWO_WAY_HISTORIES (10,000) in which people of
// both sides work, and a fifth as many in which they write to what a run changes. Ends with code 1 when one went otherwise than
// the tables say; the line of its seed tells how to repeat it.
import { closeTwoWay, histories, twoWay } from './histories.js';
import { HISTORIES, simulate } from './simulation.js';
import { compared } from './two-way-round.js';

const first = Number(process.env['SLUICE_TEST_SEED'] ?? Date.now() % 1e6);

async function play(what: string, of: typeof histories, count: number): Promise<void> {
  let failures = 0;
  for (let played = 0; played < count; played += HISTORIES) {
    const seed = first + played / HISTORIES;
    const report = await simulate(seed, { count: Math.min(HISTORIES, count - played), of });
    console.log(`${what}, seed ${seed}: ${report ?? 'as the tables say'}`);
    failures += Number(report !== null);
  }
  console.log(`${count} ${what} from seed ${first}: ${failures} seeds with a violation`);
  if (failures > 0) process.exitCode = 1;
}

const isTwoWayOnly = process.argv[2] === 'two-way';
if (!isTwoWayOnly) await play('histories', histories, Number(process.env['SLUICE_HISTORIES'] ?? 100_000));
const twoWayCount = Number(process.env['SLUICE_TWO_WAY_HISTORIES'] ?? 10_000);
await play('two-way histories', twoWay, twoWayCount);
await play('two-way histories of people and runs at the same files', closeTwoWay, twoWayCount / 5);
const { wholly, byContents, disturbed } = compared;
console.log(
  `Rounds of two-way histories that were compared with the oracle: ${wholly} wholly, ${byContents} by all contents of both sides since the tables leave the places open, ${disturbed} by what people who work during a run leave certain.`,
);
