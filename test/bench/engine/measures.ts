import { FolderNames } from '@sluice/core/naming';
import { createMemoryPlatform } from '@sluice/core/testing';
import { memoryFigure, watchedFigures, type Bench, type Timed } from './bench.js';
import { median, type Figure } from './figure.js';
import { secondsOfCheck, secondsOfCopy, type Peer } from './peers.js';
import { plantLarge, plantSizes, plantTree, run, settleDisk } from './trees.js';

/** Measures by the name under which they can be run alone. */
export const MEASURES: Readonly<Record<string, (bench: Bench) => Promise<Figure[]>>> = {
  'first-copy': firstCopy,
  unchanged,
  adopted,
  large,
  million,
  'wide-folder': wideFolder,
  retry,
  scan,
  store,
  names,
};

const GIB = 1024 ** 3;
const ROUNDS = 3;
const SMALL = { files: 20_000, folders: 200, bytes: 4096 };
const MANY = { files: 100_000, folders: 1_000, bytes: 16 };

const times = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

const secondsFigure = (name: string, seconds: number): Figure => ({ name, found: seconds, unit: 's' });

const worst = (runs: readonly Timed[]): Timed => ({
  seconds: median(runs.map((run) => run.seconds)),
  liveMs: Math.max(...runs.map((run) => run.liveMs)),
  queryMs: Math.max(...runs.map((run) => run.queryMs)),
  cpuSeconds: median(runs.map((run) => run.cpuSeconds)),
  peakMib: Math.max(...runs.map((run) => run.peakMib)),
});

/** 20,000 small files into an empty folder, and again without a change; sides take turns so that all share the machine's moods. */
async function firstCopy(bench: Bench): Promise<Figure[]> {
  await plantTree(bench.place('from'), SMALL);
  const first: Timed[] = [];
  const again: Timed[] = [];
  const peers = { rclone: [] as number[], rsync: [] as number[], cp: [] as number[] };
  const peersAgain: number[] = [];
  for (const round of times(ROUNDS)) {
    for (const peer of Object.keys(peers) as Peer[])
      peers[peer].push(await secondsOfCopy(peer, `${bench.folder}/from`, bench.place(`${peer} ${round}`)));
    peersAgain.push(await secondsOfCopy('rclone', `${bench.folder}/from`, `${bench.folder}/rclone ${round}`));
    const job = await bench.addJob('from', `ours ${round}`);
    first.push(await bench.run(job, { outcome: 'CREATED', files: SMALL.files }));
    again.push(await bench.run(job, { outcome: 'UNCHANGED', files: SMALL.files }));
  }
  const [ours, oursAgain] = [worst(first), worst(again)];
  return [
    { name: '20,000 × 4 KiB, first', found: ours.seconds / median(peers.rclone), unit: '× rclone', atMost: 1 },
    { name: '20,000 × 4 KiB, first', found: ours.seconds / median(peers.rsync), unit: '× rsync' },
    { name: '20,000 × 4 KiB, first', found: ours.seconds / median(peers.cp), unit: '× cp' },
    secondsFigure('20,000 × 4 KiB, first', ours.seconds),
    { name: '20,000 × 4 KiB, unchanged', found: oursAgain.seconds / median(peersAgain), unit: '× rclone', atMost: 1 },
    secondsFigure('20,000 × 4 KiB, unchanged', oursAgain.seconds),
    ...watchedFigures('20,000 × 4 KiB, first', ours),
    ...watchedFigures('20,000 × 4 KiB, unchanged', oursAgain),
  ];
}

/** A destination that another tool made from the source, adopted once for the runs that find nothing to do. */
async function plantMany(bench: Bench): Promise<void> {
  await plantTree(bench.place('from'), MANY);
  await run('cp', ['-a', `${bench.folder}/from`, `${bench.folder}/to`]);
}

async function unchangedRuns(bench: Bench, job: string): Promise<Timed> {
  const runs: Timed[] = [];
  for (const _ of times(ROUNDS)) runs.push(await bench.run(job, { outcome: 'UNCHANGED', files: MANY.files }));
  return worst(runs);
}

async function unchanged(bench: Bench): Promise<Figure[]> {
  await plantMany(bench);
  const job = await bench.addJob('from', 'to');
  await bench.run(job, { outcome: 'ADOPTED', files: MANY.files });
  const rclone: number[] = [];
  for (const _ of times(ROUNDS))
    rclone.push(await secondsOfCopy('rclone', `${bench.folder}/from`, `${bench.folder}/to`));
  const ours = await unchangedRuns(bench, job);
  return [
    { name: '100,000 unchanged', found: ours.seconds / median(rclone), unit: '× rclone', atMost: 1 },
    secondsFigure('100,000 unchanged', ours.seconds),
    ...watchedFigures('100,000 unchanged', ours),
  ];
}

async function adopted(bench: Bench): Promise<Figure[]> {
  await plantMany(bench);
  const job = await bench.addJob('from', 'to');
  const first = await bench.run(job, { outcome: 'ADOPTED', files: MANY.files });
  const later = await unchangedRuns(bench, job);
  return [
    { name: '100,000 adopted', found: first.seconds / later.seconds, unit: '× unchanged', atMost: 3 },
    secondsFigure('100,000 adopted', first.seconds),
    ...watchedFigures('100,000 adopted', first),
  ];
}

/** 2 × 1 GiB with checksum and read-back; rclone hashes while it copies, and its check reads both sides. */
async function large(bench: Bench): Promise<Figure[]> {
  const from = bench.place('from');
  for (const name of ['a.bin', 'b.bin']) await plantLarge(`${from}/${name}`, GIB);
  const to = bench.place('rclone');
  const rclone = (await secondsOfCopy('rclone', from, to)) + (await secondsOfCheck(from, to));
  const job = await bench.addJob('from', 'ours', { verification: 'CHECKSUM', readBack: true });
  const ours = await bench.run(job, { outcome: 'CREATED', files: 2 });
  return [
    { name: '2 × 1 GiB, verified', found: ours.seconds / rclone, unit: '× rclone', atMost: 0.8 },
    secondsFigure('2 × 1 GiB, verified', ours.seconds),
    ...watchedFigures('2 × 1 GiB, verified', ours),
  ];
}

/** Time per item must not grow with the number of items, and memory not with the tree. */
async function million(bench: Bench): Promise<Figure[]> {
  await plantTree(bench.place('some'), MANY);
  await plantTree(bench.place('all'), { ...MANY, files: 10 * MANY.files, folders: 10 * MANY.folders });
  const some = await bench.plan(await bench.addJob('some', 'to some'));
  const all = await bench.plan(await bench.addJob('all', 'to all'));
  return [
    {
      name: '1,000,000 listed and planned, time per item',
      found: all.seconds / 10 / some.seconds,
      unit: '× that of 100,000',
      atMost: 1.2,
    },
    secondsFigure('100,000 listed and planned', some.seconds),
    secondsFigure('1,000,000 listed and planned', all.seconds),
    memoryFigure('1,000,000 listed and planned', all),
    ...watchedFigures('1,000,000 listed and planned', all),
  ];
}

async function wideFolder(bench: Bench): Promise<Figure[]> {
  await plantTree(bench.place('from'), { files: 200_000, folders: 1, bytes: 16 });
  const found = await bench.plan(await bench.addJob('from', 'to'));
  return [
    secondsFigure('one folder of 200,000', found.seconds),
    memoryFigure('one folder of 200,000', found),
    ...watchedFigures('one folder of 200,000', found),
  ];
}

/** Files above a limit are flagged; without the limit all of them are tried again. */
async function retry(bench: Bench): Promise<Figure[]> {
  const files = 200_000;
  await plantTree(bench.place('from'), { files, folders: 2_000, bytes: 16 });
  const job = await bench.addJob('from', 'to', { maxItemBytes: 1, largeItem: 'FLAG' });
  await bench.run(job, { outcome: 'FLAGGED', files });
  await bench.changePolicies(job, { maxItemBytes: null });
  const found = await bench.retry(job, { outcome: 'CREATED', files });
  return [
    secondsFigure('retry of 200,000', found.seconds),
    memoryFigure('retry of 200,000', found),
    ...watchedFigures('retry of 200,000', found),
  ];
}

/** 1,000,000 files with all that a scan tells of them; 20,000 of them are read, since another one has their size. */
async function scan(bench: Bench): Promise<Figure[]> {
  const [files, pairs] = [1_000_000, 10_000];
  await plantSizes(bench.place('from'), { files, folders: 10_000, pairs });
  const found = await bench.scan('from', { fileCount: files, duplicateGroupCount: pairs });
  return [
    secondsFigure('scan of 1,000,000', found.seconds),
    { name: 'scan of 1,000,000, of processors', found: found.cpuSeconds, unit: 's' },
    memoryFigure('scan of 1,000,000', found),
    ...watchedFigures('scan of 1,000,000', found),
  ];
}

/**
 * What the store keeps of each item once a run is over. A run before it leaves the log and the free pages that a store has
 * whatever the number of its items.
 */
async function store(bench: Bench): Promise<Figure[]> {
  await plantTree(bench.place('from'), SMALL);
  await bench.run(await bench.addJob('from', 'to before'), { outcome: 'CREATED', files: SMALL.files });
  await settleDisk();
  const before = bench.storeBytes();
  await bench.run(await bench.addJob('from', 'to'), { outcome: 'CREATED', files: SMALL.files });
  await settleDisk();
  const perItem = (bench.storeBytes() - before) / SMALL.files;
  return [{ name: 'store after a first run', found: perItem, unit: 'bytes an item', atMost: 700 }];
}

function names(): Promise<Figure[]> {
  const caseTwin = (n: number) =>
    Array.from('abcdefghijklmn', (letter, bit) => ((n >> bit) & 1 ? letter.toUpperCase() : letter)).join('');
  return Promise.resolve([
    nameFigure('10,000 equal names but for case', 10_000, caseTwin),
    nameFigure('4,000 names cut to the same text', 4_000, (n) => `${'drawing '.repeat(40)}${n}`),
  ]);
}

/** As strict as Procore. */
const STRICT = createMemoryPlatform({
  limits: { forbiddenCharacters: [...'?<>:|\\*/'], isCaseSensitive: false, maxSegmentLength: 255, maxPathLength: 255 },
}).limits;

function nameFigure(name: string, count: number, nameOf: (n: number) => string): Figure {
  const rules = { invalidCharacters: 'REPLACE', truncateLongNames: true, duplicateNames: 'RENAME' } as const;
  const siblings = Array.from({ length: count }, (_, n) => ({
    name: nameOf(n),
    kind: 'FILE' as const,
    earlierName: null,
  }));
  const begun = performance.now();
  new FolderNames({ limits: STRICT, rules, parentPathLength: 0, occupied: [] }).assign(siblings);
  return { name, found: (performance.now() - begun) / 1_000, unit: 's', atMost: 1 };
}
