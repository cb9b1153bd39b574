import { differences } from '../support/files.js';
import { untilEnded } from '../support/kills.js';
import { until } from '../support/until.js';
import { addJob, addShare, outcomesOf, readItems, runToEnd, startRun } from '../support/work.js';
import type { CutMachine } from './cut-machine.js';
import { change, firstTree, hashesOf, laterTree, lookAt, movedTree, thinnedTree, type Tree } from './tree.js';

const FILES = 1_000;
/** Longest time to a cut, from the start of a run or of the machine, or from the first transfers. */
const LONGEST_MS = 1_500;
const DONE: ReadonlySet<string> = new Set(['CREATED', 'UPDATED', 'MOVED', 'REMOVED', 'UNCHANGED']);
const SUCCEEDED: ReadonlySet<string> = new Set(['SUCCEEDED']);
const WITH_LOSSES: ReadonlySet<string> = new Set(['SUCCEEDED', 'SUCCEEDED_WITH_ISSUES']);
const EARLY: ReadonlySet<string> = new Set(['QUEUED', 'LISTING', 'PLANNING']);

/** What people put at the destination, of which no ledger knows. */
const THEIRS: Tree = { 'Folder 0/theirs.txt': 'what people put there' };

export interface Scene {
  type: 'COPY' | 'SYNC' | 'MOVE';
  durability: 'MARK' | 'FILE';
  /** People only delete between the runs, and what they delete goes at the destination: to the trash, or for good. */
  removals?: 'TRASH' | 'FOR_GOOD';
}

export interface Round extends Scene {
  machine: CutMachine;
  roll: () => number;
  /** Is told of each cut: what the run was about, and what the disks have lost. */
  tell: (state: string, faults: readonly string[]) => void;
}

/** What is so about the places of a round at a moment. */
interface Expectation {
  /** What people have at the source; null where the run takes it away. */
  source: Tree | null;
  /** Texts that have to be somewhere: at the source, at the destination or in its trash. */
  precious: Tree;
  /** Whatever may be found under a name of the destination, where nothing is named before it is durable. */
  whole: ReadonlySet<string>;
}

/**
 * Two runs of a job, cut at random moments, each with a next one, and people at work between them; tells what is wrong when all
 * have ended.
 */
export async function playRound(round: Round, name: string): Promise<string[]> {
  const { machine, type, removals } = round;
  const places = { source: machine.folder('elsewhere', name), destination: machine.folder('share', name) };
  const first = firstTree(FILES);
  await change(places.source, {}, first);
  const job = await makeJob(round, name, places);
  machine.settle();
  const isMove = type === 'MOVE';
  const theirs = removals ? THEIRS : {};
  const made = await cutRun(round, job, places, expectation(isMove ? null : first, first, {}));
  made.push(...(await differencesAt(places.destination, first)));
  if (made.length > 0) return made;
  await change(places.destination, {}, theirs);
  machine.settle();
  const later = laterOf(round);
  await change(places.source, isMove ? {} : first, later);
  const before = removals === 'FOR_GOOD' ? {} : first;
  const now = { ...later, ...theirs };
  const changed = await cutRun(round, job, places, expectation(isMove ? null : later, now, before, first));
  const source = isMove ? {} : later;
  const expected = { source, destination: isMove ? { ...first, ...later } : now, kept: before };
  return [...changed, ...(await endOf(round, job, places, expected))];
}

function laterOf({ type, removals }: Scene): Tree {
  if (type === 'MOVE') return movedTree(FILES);
  return removals ? thinnedTree(FILES) : laterTree(FILES);
}

/** `before`: what has to be kept of the `former` files. */
const expectation = (source: Tree | null, now: Tree, before: Tree, former = before): Expectation => ({
  source: source && hashesOf(source),
  precious: { ...hashesOf(now), ...prefixed(hashesOf(before)) },
  whole: new Set([...Object.values(hashesOf(now)), ...Object.values(hashesOf(former))]),
});

const prefixed = (tree: Tree): Tree =>
  Object.fromEntries(Object.entries(tree).map(([path, hash]) => [`${path} as it was`, hash]));

async function makeJob({ machine, type, durability, removals }: Round, name: string, places: Places): Promise<string> {
  const source = { connectionId: await addShare(machine.client, places.source, `From ${name}`) };
  const destination = {
    connectionId: await addShare(machine.client, places.destination, `To ${name}`, { durability }),
  };
  const guard = { deletionGuard: { maxItems: 1_000_000, maxShare: 1 } };
  const policies = type === 'MOVE' ? {} : { deletions: 'MIRROR', deletePermanently: removals === 'FOR_GOOD', ...guard };
  return addJob(machine.client, name, source, destination, policies, { transferType: type });
}

interface Places {
  source: string;
  destination: string;
}

async function cutRun(round: Round, job: string, places: Places, expected: Expectation): Promise<string[]> {
  const { machine, roll, tell } = round;
  const runId = await startRun(machine.client, job);
  for (let cuts = roll() < 0.5 ? 1 : 2; cuts > 0; cuts--) {
    if (roll() < 0.7)
      await until(
        () => known(machine, runId),
        (run) => !EARLY.has(run?.state ?? ''),
      );
    await new Promise((resolve) => setTimeout(resolve, roll() ** 2 * LONGEST_MS));
    const state = (await known(machine, runId))?.state ?? 'FORGOTTEN';
    await machine.cut();
    tell(state, await lossesIn(round, places, expected));
    await machine.startAgain();
  }
  const id = (await known(machine, runId)) ? runId : await startRun(machine.client, job);
  return [...(await ended(machine, id, WITH_LOSSES)), ...(await ended(machine, await startRun(machine.client, job)))];
}

/** What a run that came to its end may tell: the one that was cut of what the machine has lost, and the next one of nothing. */
async function ended({ client }: CutMachine, runId: string, allowed = SUCCEEDED): Promise<string[]> {
  const { state, stateReason } = await untilEnded(client, runId);
  if (allowed.has(state)) return [];
  const left = (await readItems(client, runId)).filter(({ outcome }) => !DONE.has(outcome));
  const items = left.map((item) => `${item.outcome} ${item.sourcePath ?? item.destinationPath}: ${item.message}`);
  return [`a run ended ${state}: ${stateReason?.message ?? ''}`, ...items];
}

const differencesAt = async (folder: string, expected: Tree): Promise<string[]> =>
  differences((await lookAt(folder)).files, hashesOf(expected));

/** Null for a run whose start was not durable yet. */
async function known({ client }: CutMachine, runId: string): Promise<{ state: string } | null> {
  const document = 'query ($runId: ID!) { run(id: $runId) { state } }';
  return (await client.request<{ run: { state: string } | null }>(document, { runId })).run;
}

/** What the disks have lost right after a cut. */
async function lossesIn({ durability }: Scene, places: Places, expected: Expectation): Promise<string[]> {
  const [source, destination] = await Promise.all([lookAt(places.source), lookAt(places.destination)]);
  const there = new Set([...Object.values(source.files), ...Object.values(destination.files), ...destination.kept]);
  const lost = Object.entries(expected.precious).filter(([, hash]) => !there.has(hash));
  const torn = Object.entries(destination.files).filter(([, hash]) => !expected.whole.has(hash));
  return [
    ...lost.map(([path]) => `lost: ${path}`),
    ...(durability === 'FILE' ? torn.map(([path]) => `not whole: ${path}`) : []),
    ...(expected.source ? differences(source.files, expected.source).map((line) => `at the source ${line}`) : []),
  ];
}

/** What both places hold in the end, and what has to be in the trash unless it has its place. */
interface End {
  source: Tree;
  destination: Tree;
  kept: Tree;
}

/** Places, ledger and what is left at the end of a round: another run finds nothing to do. */
async function endOf({ machine }: Round, job: string, places: Places, expected: End): Promise<string[]> {
  const [source, { files, kept, leftovers }] = await Promise.all([lookAt(places.source), lookAt(places.destination)]);
  const gone = Object.entries(hashesOf(expected.kept)).filter(
    ([, hash]) => !Object.values(files).includes(hash) && !kept.has(hash),
  );
  const again = await runToEnd(machine.client, job);
  const { UNCHANGED: _, ...others } = outcomesOf(again);
  return [
    ...differences(files, hashesOf(expected.destination)),
    ...differences(source.files, hashesOf(expected.source)).map((line) => `at the source ${line}`),
    ...gone.map(([path]) => `not in the trash: ${path}`),
    ...leftovers.map((path) => `left over: ${path}`),
    ...(Object.keys(others).length > 0 ? [`another run found work: ${JSON.stringify(others)}`] : []),
  ];
}
