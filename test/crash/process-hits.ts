import { SEED, SLOW } from '../support/crash.js';
import { checksums, differences, evenTree, plant } from '../support/files.js';
import { House } from '../support/house.js';
import { hitAtRandom, PHASES, untilEnded, VICTIMS } from '../support/kills.js';
import { carryOutHit, faultsIn, HousesOfPhases } from '../support/phases.js';
import { seeded } from '../support/random.js';
import { checksumsOf } from '../support/sandbox.js';
import { addJob, addShare, startRun } from '../support/work.js';

const CRASHES = Number(process.env['SLUICE_CRASHES'] ?? 300);
/** Longest time between two crashes of a run; most are much shorter. */
const LONGEST_MS = 2_500;
/** Crashes of one run; what is left of it then goes on at full speed. */
const CRASHES_OF_RUN = 15;
const files = evenTree(150, 10);
const roll = seeded(SEED);
const wrong: string[] = [];

function tell(scene: string, faults: readonly string[]): void {
  console.log(`${faults.length === 0 ? '✓' : '✗'} ${scene}`);
  for (const fault of faults) console.log(`    ${fault}`);
  wrong.push(...faults.map((fault) => `${scene}: ${fault}`));
}

const PHASE_HITS = PHASES.flatMap((phase) =>
  VICTIMS.flatMap((victim) => (['SIGTERM', 'SIGKILL'] as const).map((signal) => ({ phase, victim, signal }))),
);

/** What goes wrong around a hit is a fault of it, and the others follow. */
const attempted = (work: () => Promise<string[]>): Promise<string[]> =>
  work().catch((error: unknown) => [String(error).slice(0, 500)]);

async function hitEveryPhase(): Promise<void> {
  await using houses = new HousesOfPhases();
  for (const [index, hit] of PHASE_HITS.entries()) {
    const scene = `${hit.signal} of ${hit.victim} while ${hit.phase}`;
    tell(
      `phase ${index + 1} of ${PHASE_HITS.length}: ${scene}`,
      await attempted(async () => carryOutHit(await houses.of(hit.phase), hit, scene)),
    );
  }
}

/** A run there and a run back, hit until they end; gives the number of hits. */
async function hitThereAndBack(house: House, round: number, most: number): Promise<number> {
  const [origin, target] = [await house.folder('origin'), await house.folder('target')];
  await plant(origin, files);
  const folder = `Round ${round}`;
  const share = { connectionId: await addShare(house.client, origin, `From ${round}`) };
  const procore = { connectionId: house.procoreId, path: `/${folder}` };
  const back = { connectionId: await addShare(house.client, target, `To ${round}`) };
  const there = await startAndHit(house, await addJob(house.client, `There ${round}`, share, procore), most);
  tell(`round ${round}: ${there} crashes on the way there`, await faultsIn(house, folder, files));
  const home = await startAndHit(house, await addJob(house.client, `Back ${round}`, procore, back), most - there);
  tell(`round ${round}: ${home} crashes on the way back`, differences(await checksums(target), checksumsOf(files)));
  return there + home;
}

async function startAndHit(house: House, job: string, most: number): Promise<number> {
  house.sandbox.control.setFaults(SLOW);
  const runId = await startRun(house.client, job);
  const hits = await hitAtRandom(house, runId, roll, { most: Math.min(most, CRASHES_OF_RUN), longest: LONGEST_MS });
  house.sandbox.control.setFaults([]);
  const { state, stateReason } = await untilEnded(house.client, runId);
  if (state !== 'SUCCEEDED') wrong.push(`a run ended ${state}: ${stateReason?.message ?? ''}`);
  return hits;
}

async function hitAtRandomMoments(): Promise<void> {
  const house = await House.open();
  try {
    for (let round = 1, left = CRASHES; left > 0; round++) {
      left -= await hitThereAndBack(house, round, left);
      console.log(`${CRASHES - left} of ${CRASHES} crashes`);
    }
  } finally {
    await house.close();
  }
}

/**
 * Ends processes at `SLUICE_CRASHES` random moments (300), and in every phase of a run, both at the same time. Prints each,
 * and gives what went wrong.
 */
export async function crashProcesses(): Promise<string[]> {
  console.log(`seed ${SEED}`);
  await Promise.all([hitAtRandomMoments(), hitEveryPhase()]);
  console.log(`${CRASHES} crashes at random moments, ${PHASE_HITS.length} in phases`);
  return wrong;
}
