import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { DemoSides } from './demo-sides.js';
import { siteFiles } from './files/site.js';
import { DemoTrouble, firstLessons, guardLesson, type Side } from './lessons.js';
import { writeNotes } from './notes.js';
import { SYNC_FOLDER } from './places.js';

/** The permits as the demo writes them. */
function permits(): Map<string, string | null> {
  const side = new Map<string, string | null>();
  for (const { path } of siteFiles().filter((file) => file.path[0] === SYNC_FOLDER)) {
    side.set(path.slice(1, -1).join('/'), null);
    side.set(path.slice(1).join('/'), `hash of ${path.join('/')}`);
  }
  return side;
}

const alike = (side: Side) => ({ share: side, procore: side });
const without = (...paths: string[]) => new Map([...permits()].filter(([path]) => !paths.includes(path)));

it('changes the demo where each item is, and deletes more than the guard allows without asking', () => {
  expect(firstLessons(alike(permits()))).toHaveLength(6);
  const { share, procore, done } = guardLesson(alike(permits()));
  expect(share).toHaveLength(4);
  expect(procore).toEqual([]);
  expect(done).toContain('4 folders are deleted with all that is in them, 12 items');
});

const RENAMED = new Map([...permits(), ['05 Tower crane over public ground', null] as const]);

it.each([
  [
    'never run',
    { share: permits(), procore: new Map() },
    /Procore has none of these files yet\. Run the job “Demo: permits on both sides” .* once/,
  ],
  [
    'not run since',
    { share: permits(), procore: without('01 Building permit/Conditions.txt') },
    /differ already.*Run the job/,
  ],
  [
    'edited since',
    { share: permits(), procore: new Map(permits()).set('01 Building permit/Conditions.txt', 'other') },
    /differ already/,
  ],
  ['changed before', alike(RENAMED), /made before.*--many-deletions.*SLUICE_DATA=data-2 npm start/],
  [
    'changed by hand',
    alike(without('02 Water rights/Conditions.txt')),
    /“02 Water rights\/Conditions\.txt” is not there any more.*To begin anew/,
  ],
])('says what to do about a demo that was %s', (_case, sides, sentence) => {
  expect(() => firstLessons(sides)).toThrow(sentence);
  expect(() => firstLessons(sides)).toThrow(DemoTrouble);
});

it('says that too little is left for the guard, and that sides which differ are to be made alike first', () => {
  const few = new Map([...permits()].filter(([path]) => /^0[1-4]/.test(path)));
  expect(() => guardLesson(alike(few))).toThrow(/Too few files are left .* To begin anew/);
  expect(() => guardLesson({ share: few, procore: permits() })).toThrow(/differ already/);
});

it('says how to start a demo that was never started, or does not run', async () => {
  const data = mkdtempSync(join(tmpdir(), 'sluice-no-demo-'));
  onTestFinished(() => rmSync(data, { recursive: true }));
  await expect(DemoSides.open(data)).rejects.toThrow(/^There is no demo in .* yet\. Start it with “npm start”/);
  const nobody = { shareId: null, procoreId: null, jobId: null, procoreUrl: 'http://127.0.0.1:1' };
  mkdirSync(join(data, 'demo'));
  await writeNotes(join(data, 'demo'), nobody);
  const sides = await DemoSides.open(data);
  await expect(sides.look()).rejects.toThrow(
    /^The demo does not run: .* Start it with “npm start” in another terminal\.$/,
  );
});
