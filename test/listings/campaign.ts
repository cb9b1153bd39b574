// The long form of the test beside it: SLUICE_LISTING_FAULTS (500) faults of listings before copies with MIRROR, at shares and
// at Procore as source and as destination; SLUICE_TEST_SEED repeats a failure. Ends with code 1 when anything was removed.
import { listingFaults } from './faults.js';

// Short waits of the clock of tests do not keep a process alive.
const alive = setInterval(() => undefined, 60_000);
const seed = Number(process.env['SLUICE_TEST_SEED'] ?? Date.now() % 1e6);
const { removals, changes, unfollowed, faults } = await listingFaults(
  Number(process.env['SLUICE_LISTING_FAULTS'] ?? 500),
  seed,
);
clearInterval(alive);
for (const [name, count] of Object.entries(faults).sort()) console.log(`${String(count).padStart(4)} ${name}`);
const total = Object.values(faults).reduce((sum, count) => sum + count, 0);
console.log(`${total} listing faults, seed ${seed}: ${removals} removals, ${changes.length} changes`);
for (const line of [...changes, ...unfollowed.map((place) => `${place}: a real deletion was not followed`)])
  console.log(line);
if (removals + changes.length + unfollowed.length > 0) process.exitCode = 1;
