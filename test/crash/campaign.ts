// The long form of the tests beside it: SIGKILL of the worker, of the API and of both at SLUICE_CRASHES random moments (300)
// of runs in both directions, then every phase of a run × each process × SIGTERM and SIGKILL. Ends with code 1 when a file is
// missing, there twice, of other bytes or under a temporary name. SLUICE_TEST_SEED repeats a failure.
import { SEED, SLOW } from '../support/crash.js';
import { checksums, differences, evenTree, plant } from '../support/files.js';
import { House } from '../support/house.js';
import { hitAtRandom, PHASES, untilEnded, VICTIMS } from '../support/kills.js';
import { carryOutHit, faultsIn, HousesOfPhases } from '../support/phases.js';
import { seeded } from '../support/random.js';
import { checksumsOf } from '../support/sandbox.js';
import { addJob, addShare, startRun } from '../support/work.js';

const CRASHES = Number(process.env['SLUICE_CRASHES'] ?? 300);
/** Longest time between two crashes of a run; most are shorter. */
const LONGEST_MS = 4_000;
const files = evenTree(300, 10);
const roll = seeded(SEED);
const wrong: string[] = [];

function tell(scene: string, faults: readonly string[]): void {
  console.log(`${faults.length === 0 ? '✓' : '✗'} ${scene}`);
  for (const fault of faults) console.log(`    ${fault}`);
  wrong.push(...faults.map((fault) => `${scene}: ${fault}`));
}

async function hitEveryPhase(): Promise<void> {
  await using houses = new HousesOfPhases();
  for (const phase of PHASES) {
    for (const victim of VICTIMS) {
      for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
        const scene = `${signal} of ${victim} while ${phase}`;
        tell(scene, await carryOutHit(await houses.of(phase), { phase, victim, signal }, scene));
      }
    }
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
  const hits = await hitAtRandom(house, runId, roll, { most, longest: LONGEST_MS });
  house.sandbox.control.setFaults([]);
  const { state, stateReason } = await untilEnded(house.client, runId);
  if (state !== 'SUCCEEDED') wrong.push(`a run ended ${state}: ${stateReason?.message ?? ''}`);
  return hits;
}

async function hitAtRandomMoments(): Promise<void> {
  const house = await House.open();
  try {
    for (let round = 1, left = CRASHES; left > 0; round++) left -= await hitThereAndBack(house, round, left);
  } finally {
    await house.close();
  }
}

console.log(`seed ${SEED}`);
await hitAtRandomMoments();
await hitEveryPhase();
console.log(wrong.length === 0 ? `every file once after ${CRASHES} crashes` : `${wrong.length} faults`);
if (wrong.length > 0) process.exitCode = 1;
