// How many calls work costs: 2,000 files in 100 folders to Procore, the same again without changes, and the way back.
// Ends with code 1 when a phase costs more than it may.
import { checksums, evenTree, plant } from '../support/files.js';
import { House } from '../support/house.js';
import { checksumsOf, contentOf } from '../support/sandbox.js';
import { addJob, addShare, runToEnd, type Place } from '../support/work.js';
import { printTable } from './table.js';

const FILES = 2000;
const FOLDERS = 100;

interface Phase {
  name: string;
  calls: number;
  bound: number;
  seconds: number;
}

async function measure(house: House, name: string, bound: number, jobId: string): Promise<Phase> {
  const counted = () => house.sandbox.control.counters().counted;
  const [before, begun] = [counted(), Date.now()];
  console.log(`… ${name}`);
  const run = await runToEnd(house.client, jobId);
  if (run.state !== 'SUCCEEDED') throw new Error(`${name} ended ${run.state}: ${run.stateReason?.message ?? ''}`);
  return { name, calls: counted() - before, bound, seconds: Math.round((Date.now() - begun) / 1000) };
}

async function measureAll(house: House): Promise<Phase[]> {
  const files = evenTree(FILES, FOLDERS);
  const [origin, target] = [await house.folder('origin'), await house.folder('target')];
  await plant(origin, files);
  const place = async (folder: string): Promise<Place> => ({
    connectionId: await addShare(house.client, folder, folder),
  });
  const procore = { connectionId: house.procoreId };
  const there = await addJob(house.client, 'There', await place(origin), procore);
  const back = await addJob(house.client, 'Back', procore, await place(target));
  const phases = [
    await measure(house, `${FILES} files in ${FOLDERS} folders to Procore`, FOLDERS + 2 * FILES + 10, there),
    await measure(house, 'the same again, nothing changed', 4, there),
    await measure(house, 'all of it back into an empty folder', 8, back),
  ];
  const expected = JSON.stringify(Object.entries(checksumsOf(files)).sort());
  for (const found of [(await contentOf(house.sandbox)).files, await checksums(target)]) {
    if (JSON.stringify(Object.entries(found).sort()) !== expected)
      throw new Error('The files are not those that were planted.');
  }
  return phases;
}

const house = await House.open();
try {
  const phases = await measureAll(house);
  const rows = phases.map(({ name, calls, bound, seconds }) => [
    name,
    calls,
    bound,
    seconds,
    calls <= bound ? 'ok' : 'TOO MANY',
  ]);
  printTable([['phase', 'counted calls', 'at most', 'seconds', ''], ...rows]);
  if (phases.some(({ calls, bound }) => calls > bound)) process.exitCode = 1;
} finally {
  await house.close();
}
