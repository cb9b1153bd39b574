// The long form of the test beside it: SLUICE_HISTORIES (100,000) histories, 2,000 of each seed from SLUICE_TEST_SEED on. Ends
// with code 1 when one went otherwise than the tables say; `SLUICE_TEST_SEED=<its seed> npm run test:sim` repeats it.
import { HISTORIES, simulate } from './simulation.js';

const count = Number(process.env['SLUICE_HISTORIES'] ?? 100_000);
const first = Number(process.env['SLUICE_TEST_SEED'] ?? Date.now() % 1e6);

let failures = 0;
for (let played = 0; played < count; played += HISTORIES) {
  const seed = first + played / HISTORIES;
  const report = await simulate(seed, Math.min(HISTORIES, count - played));
  console.log(`seed ${seed}: ${report ?? 'as the tables say'}`);
  failures += Number(report !== null);
}
console.log(`${count} histories from seed ${first}: ${failures} seeds with a violation`);
if (failures > 0) process.exitCode = 1;
