// Runs of COPY, SYNC and MOVE to a share whose machine loses its power at random moments: SLUICE_POWER_CUTS (40) of them, also
// while only what people deleted is removed there, to the trash or for good (with the argument `removals` nothing but that);
// SLUICE_TEST_SEED repeats a failure. Store and share are on disks in files, cut off from what is in memory, and the machine
// starts anew. Ends with code 1 when anything is lost, or when ledger and files do not agree in the end. Takes root on Linux.
import { cutObstacle } from '../support/mounts.js';
import { seeded } from '../support/random.js';
import { CutMachine } from './cut-machine.js';
import { playRound, type Scene } from './round.js';

const CUTS = Number(process.env['SLUICE_POWER_CUTS'] ?? 40);
const SEED = Number(process.env['SLUICE_TEST_SEED'] ?? Date.now() % 1e6);
const TYPES = ['SYNC', 'MOVE', 'COPY'] as const;
const DURABILITIES = ['MARK', 'FILE'] as const;
const CHANGES = DURABILITIES.flatMap((durability) => TYPES.map((type): Scene => ({ type, durability })));
const REMOVALS = DURABILITIES.flatMap((durability) =>
  (['TRASH', 'FOR_GOOD'] as const).map((removals): Scene => ({ type: 'COPY', durability, removals })),
);
/** With `removals` as its argument only those, which come last else. */
const SCENES = process.argv[2] === 'removals' ? REMOVALS : [...CHANGES, ...REMOVALS];

const roll = seeded(SEED);
const wrong: string[] = [];
const states = new Map<string, number>();
let cuts = 0;

function tell(what: string, faults: readonly string[]): void {
  console.log(`${faults.length === 0 ? '✓' : '✗'} ${what}`);
  for (const fault of faults.slice(0, 20)) console.log(`    ${fault}`);
  wrong.push(...faults);
}

async function play(number: number): Promise<void> {
  const scene = SCENES[number % SCENES.length]!;
  const removals = scene.removals ? `, removals ${scene.removals}` : '';
  const what = `round ${number + 1}, ${scene.type}${removals}, durability ${scene.durability}`;
  await using machine = await CutMachine.open();
  const tellCut = (state: string, faults: readonly string[]) => {
    states.set(state, (states.get(state) ?? 0) + 1);
    tell(`${what}: cut ${++cuts} of ${CUTS}, the run was ${state}`, faults);
  };
  tell(`${what}: the end`, await playRound({ ...scene, machine, roll, tell: tellCut }, `Round ${number + 1}`));
}

async function playAll(): Promise<void> {
  console.log(`seed ${SEED}`);
  for (let number = 0; cuts < CUTS; number++) await play(number);
  const counts = [...states].map(([state, count]) => `${count} ${state}`).join(', ');
  console.log(`${cuts} power cuts (${counts}), seed ${SEED}: ${wrong.length} faults`);
}

const obstacle = cutObstacle();
if (obstacle === null) await playAll();
else console.log(`No power can be cut here: ${obstacle}.`);
if (obstacle !== null || wrong.length > 0) process.exitCode = 1;
