import { SEED, SLOW } from '../support/crash.js';
import { checksums, differences, evenTree, plant } from '../support/files.js';
import { House } from '../support/house.js';
import { hitAtRandom, PHASES, untilEnded, VICTIMS } from '../support/kills.js';
import { carryOutHit, faultsIn, HousesOfPhases, type Hit } from '../support/phases.js';
import { ALL, shareOf, type Portion } from '../support/portion.js';
import { seeded } from '../support/random.js';
import { checksumsOf } from '../support/sandbox.js';
import { addJob, addShare, startRun } from '../support/work.js';

const CRASHES = Number(process.env['SLUICE_CRASHES'] ?? 300);
/** Longest time between two crashes of a run; most are much shorter. */
const LONGEST_MS = 2_500;
/** Crashes of one run; what is left of it then goes on at full speed. */
const CRASHES_OF_RUN = 15;
const files = evenTree(150, 10);
const wrong: string[] = [];

function tell(scene: string, faults: readonly string[]): void {
  console.log(`${faults.length === 0 ? '✓' : '✗'} ${scene}`);
  for (const fault of faults) console.log(`    ${fault}`);
  wrong.push(...faults.map((fault) => `${scene}: ${fault}`));
}

type Roll = () => number;

const PHASE_HITS: readonly Hit[] = PHASES.flatMap((phase) =>
  VICTIMS.flatMap((victim) => (['SIGTERM', 'SIGKILL'] as const).map((signal) => ({ phase, victim, signal }))),
);

/** What goes wrong around a hit is a fault of it, and the others follow. */
const attempted = (work: () => Promise<string[]>): Promise<string[]> =>
  work().catch((error: unknown) => [String(error).slice(0, 500)]);

async function hitEveryPhase(hits: readonly Hit[]): Promise<void> {
  await using houses = new HousesOfPhases();
  for (const [index, hit] of hits.entries()) {
    const scene = `${hit.signal} of ${hit.victim} while ${hit.phase}`;
    tell(
      `phase ${index + 1} of ${hits.length}: ${scene}`,
      await attempted(async () => carryOutHit(await houses.of(hit.phase), hit, scene)),
    );
  }
}

/** A run there and a run back, hit until they end; gives the number of hits. */
async function hitThereAndBack(house: House, round: number, roll: Roll, most: number): Promise<number> {
  const [origin, target] = [await house.folder('origin'), await house.folder('target')];
  await plant(origin, files);
  const folder = `Round ${round}`;
  const share = { connectionId: await addShare(house.client, origin, `From ${round}`) };
  const procore = { connectionId: house.procoreId, path: `/${folder}` };
  const back = { connectionId: await addShare(house.client, target, `To ${round}`) };
  const there = await startAndHit(house, await addJob(house.client, `There ${round}`, share, procore), roll, most);
  tell(`round ${round}: ${there} crashes on the way there`, await faultsIn(house, folder, files));
  const home = await startAndHit(house, await addJob(house.client, `Back ${round}`, procore, back), roll, most - there);
  tell(`round ${round}: ${home} crashes on the way back`, differences(await checksums(target), checksumsOf(files)));
  return there + home;
}

async function startAndHit(house: House, job: string, roll: Roll, most: number): Promise<number> {
  house.sandbox.control.setFaults(SLOW);
  const runId = await startRun(house.client, job);
  const hits = await hitAtRandom(house, runId, roll, { most: Math.min(most, CRASHES_OF_RUN), longest: LONGEST_MS });
  house.sandbox.control.setFaults([]);
  const { state, stateReason } = await untilEnded(house.client, runId);
  if (state !== 'SUCCEEDED') wrong.push(`a run ended ${state}: ${stateReason?.message ?? ''}`);
  return hits;
}

async function hitAtRandomMoments(crashes: number, roll: Roll): Promise<void> {
  const house = await House.open();
  const began = performance.now();
  try {
    for (let round = 1, left = crashes; left > 0; round++) {
      left -= await hitThereAndBack(house, round, roll, left);
      const seconds = (performance.now() - began) / 1000 / Math.max(1, crashes - left);
      console.log(`${crashes - left} of ${crashes} crashes, ${seconds.toFixed(1)} s each`);
    }
  } finally {
    await house.close();
  }
}

/**
 * Ends processes at `SLUICE_CRASHES` random moments (300), and in every phase of a run, both at the same time; or a portion of
 * each, with moments of its own. Prints each, and gives what went wrong.
 */
export async function crashProcesses(portion: Portion = ALL): Promise<string[]> {
  const [crashes, hits] = [
    shareOf(CRASHES, portion),
    PHASE_HITS.filter((_hit, index) => index % portion.of === portion.number - 1),
  ];
  console.log(`seed ${SEED}, portion ${portion.number} of ${portion.of}`);
  await Promise.all([hitAtRandomMoments(crashes, seeded(SEED + portion.number - 1)), hitEveryPhase(hits)]);
  console.log(`${crashes} crashes at random moments, ${hits.length} in phases`);
  return wrong;
}
