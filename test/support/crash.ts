import type { House } from './house.js';
import { seeded } from './random.js';
import { follow, hasEnded, readRun, type RunView } from './work.js';

/** Seed of the random moments; `SLUICE_TEST_SEED` repeats a failure. */
export const SEED = Number(process.env['SLUICE_TEST_SEED'] ?? 2291);

/** Slows every transfer a little, so that the copy is still going on at the last crash. */
export const SLOW = [
  { kind: 'slow', ms: 60, match: { method: 'POST' } },
  { kind: 'slow', ms: 60, match: { origin: 'storage' } },
] as const;

/**
 * Kills and restarts the server at random moments of a run, at most `longest` ms after a start, then lets the run end at
 * full speed. Most moments are early ones, in which the steps in doubt are looked up; some are late enough for new steps
 * to be under way. Throws when the run has ended before the last crash, because then nothing was proved.
 */
export async function crash(house: House, runId: string, times: number, longest: number): Promise<RunView> {
  const roll = seeded(SEED);
  for (let kill = 1; kill <= times; kill++) {
    const run = await readRun(house.client, runId);
    if (hasEnded(run)) throw new Error(`The run ended ${run.state} before crash ${kill}: ${JSON.stringify(run)}`);
    await new Promise((resolve) => setTimeout(resolve, roll() ** 2 * longest));
    await house.server.kill9();
    await house.server.run();
  }
  house.sandbox.control.setFaults([]);
  for await (const _event of follow(house.client, runId));
  return readRun(house.client, runId);
}
