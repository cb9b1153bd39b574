import { SYNC_NAME } from './places.js';

/** What a side holds below the folder of the SYNC job: the SHA-256 of each file by its path, null for a folder. */
export type Side = ReadonlyMap<string, string | null>;

export interface Sides {
  share: Side;
  procore: Side;
}

/** As the sandbox takes it; paths are relative to the folder of the SYNC job. */
export type Change = { write: string; content: string } | { move: string; to: string } | { remove: string };

/** Something to see at the next run of the SYNC job. */
export interface Lesson {
  share: Change[];
  procore: Change[];
  /** What is changed, and what the next run makes of it: a sentence each. */
  done: string;
  expected: string;
}

/** The demo cannot be changed; the message says why, and what to do. */
export class DemoTrouble extends Error {
  override readonly name = 'DemoTrouble';
}

export const START = 'Start it with “npm start” in another terminal';
const ANEW =
  'To begin anew, stop the server and start it with an empty data folder: SLUICE_DATA=data-2 npm start (the same SLUICE_DATA before this command)';
const RUN = `Run the job “${SYNC_NAME}” in the web app`;

const RENAMED = ['05 Crane over public ground', '05 Tower crane over public ground'] as const;

const LESSONS: readonly Lesson[] = [
  {
    share: [{ write: '01 Building permit/Conditions.txt', content: 'The permit holds until 30 November.\n' }],
    procore: [],
    done: 'On the share “01 Building permit/Conditions.txt” has a new text.',
    expected: 'It becomes the next version of the file at Procore.',
  },
  {
    share: [],
    procore: [{ write: '02 Water rights/Conditions.txt', content: 'The pumps may run by day and by night.\n' }],
    done: 'At Procore “02 Water rights/Conditions.txt” has a new version.',
    expected: 'It replaces the file on the share.',
  },
  {
    share: [{ write: '03 Noise at night/Conditions.txt', content: 'No piling after 22:00.\n' }],
    procore: [{ write: '03 Noise at night/Conditions.txt', content: 'No piling after 20:00, says the office.\n' }],
    done: '“03 Noise at night/Conditions.txt” has one new text on the share and another one at Procore.',
    expected: 'A conflict: both are kept on both sides, one of them as “Conditions (conflict …).txt”.',
  },
  {
    share: [
      {
        move: '04 Road closure Quay Street/Road closure Quay Street.pdf',
        to: '01 Building permit/Road closure Quay Street.pdf',
      },
    ],
    procore: [],
    done: 'On the share “Road closure Quay Street.pdf” lies in “01 Building permit” now.',
    expected: 'It is moved at Procore by one call, and no byte is transferred.',
  },
  {
    share: [],
    procore: [{ move: RENAMED[0], to: RENAMED[1] }],
    done: `At Procore the folder “${RENAMED[0]}” is called “${RENAMED[1]}” now.`,
    expected: 'The folder is renamed on the share, with its files in it.',
  },
  {
    share: [],
    procore: [{ remove: '03 Noise at night/Noise at night.pdf' }],
    done: 'At Procore “03 Noise at night/Noise at night.pdf” is in the recycle bin.',
    expected: 'It goes from the share too, into the folder “.sluice-trash” there.',
  },
];

/** An edit each way, a conflict, a move, a renamed folder and a deletion. Throws `DemoTrouble` when the sides are not as they were first. */
export function firstLessons(sides: Sides): readonly Lesson[] {
  requireAlike(sides);
  if (sides.procore.has(RENAMED[1]))
    throw new DemoTrouble(
      `These changes were made before, and both sides have them. “npm run demo:changes -- --many-deletions” shows what the guard does. ${ANEW}.`,
    );
  const missing = LESSONS.flatMap(needed).find((path) => !sides.procore.has(path));
  if (missing !== undefined)
    throw new DemoTrouble(`“${missing}” is not there any more, which these changes need. ${ANEW}.`);
  return LESSONS;
}

const needed = ({ share, procore }: Lesson): string[] =>
  [...share, ...procore].map((change) =>
    'write' in change ? change.write : 'move' in change ? change.move : change.remove,
  );

/** As the job allows without asking, since its ledger is small. */
const MAX_REMOVALS_UNASKED = 10;

/** All folders of the share but one are deleted. Throws `DemoTrouble` when too little would be gone for the guard to ask. */
export function guardLesson(sides: Sides): Lesson {
  requireAlike(sides);
  const paths = [...sides.share.keys()].sort();
  const folders = paths.filter((path) => !path.includes('/') && sides.share.get(path) === null).slice(1);
  const gone = paths.filter((path) => folders.some((folder) => path === folder || path.startsWith(`${folder}/`)));
  if (gone.length <= MAX_REMOVALS_UNASKED)
    throw new DemoTrouble(`Too few files are left on both sides for the guard to ask. ${ANEW}.`);
  return {
    share: folders.map((folder) => ({ remove: folder })),
    procore: [],
    done: `On the share ${folders.length} folders are deleted with all that is in them, ${gone.length} items.`,
    expected: `The run waits for your approval before it removes anything at Procore, since more than ${MAX_REMOVALS_UNASKED} items are gone. Look at its plan, then approve it, or cancel the run.`,
  };
}

function requireAlike({ share, procore }: Sides): void {
  if (procore.size === 0)
    throw new DemoTrouble(`Procore has none of these files yet. ${RUN} once, then change something.`);
  const isAlike = share.size === procore.size && [...share].every(([path, hash]) => procore.get(path) === hash);
  if (!isAlike)
    throw new DemoTrouble(
      `The two sides differ already: changes that were made before are still to be synchronised. ${RUN}, and look at what it does.`,
    );
}
