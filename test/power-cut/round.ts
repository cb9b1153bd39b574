import { differences } from '../support/files.js';
import { untilEnded } from '../support/kills.js';
import { until } from '../support/until.js';
import { addJob, addShare, outcomesOf, readItems, runToEnd, startRun } from '../support/work.js';
import type { CutMachine } from './cut-machine.js';
import { change, firstTree, hashesOf, laterTree, lookAt, movedTree, type Tree } from './tree.js';

const FILES = 1_000;
/** Longest time to a cut, from the start of a run or of the machine, or from the first transfers. */
const LONGEST_MS = 1_500;
const DONE: ReadonlySet<string> = new Set(['CREATED', 'UPDATED', 'MOVED', 'REMOVED', 'UNCHANGED']);
const SUCCEEDED: ReadonlySet<string> = new Set(['SUCCEEDED']);
const WITH_LOSSES: ReadonlySet<string> = new Set(['SUCCEEDED', 'SUCCEEDED_WITH_ISSUES']);
const EARLY: ReadonlySet<string> = new Set(['QUEUED', 'LISTING', 'PLANNING']);

export interface Scene {
  type: 'COPY' | 'SYNC' | 'MOVE';
  durability: 'MARK' | 'FILE';
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
  const { machine, type } = round;
  const places = { source: machine.folder('elsewhere', name), destination: machine.folder('share', name) };
  const first = firstTree(FILES);
  await change(places.source, {}, first);
  const job = await makeJob(round, name, places);
  machine.settle();
  const isMove = type === 'MOVE';
  const made = await cutRun(round, job, places, expectation(isMove ? null : first, first, {}));
  made.push(...(await differencesAt(places.destination, first)));
  if (made.length > 0) return made;
  const later = isMove ? movedTree(FILES) : laterTree(FILES);
  await change(places.source, isMove ? {} : first, later);
  const changed = await cutRun(round, job, places, expectation(isMove ? null : later, { ...later }, first));
  const expected = isMove ? { ...first, ...later } : later;
  return [...changed, ...(await endOf(round, job, places, expected, first))];
}

const expectation = (source: Tree | null, now: Tree, before: Tree): Expectation => ({
  source: source && hashesOf(source),
  precious: { ...hashesOf(now), ...prefixed(hashesOf(before)) },
  whole: new Set([...Object.values(hashesOf(now)), ...Object.values(hashesOf(before))]),
});

const prefixed = (tree: Tree): Tree =>
  Object.fromEntries(Object.entries(tree).map(([path, hash]) => [`${path} as it was`, hash]));

async function makeJob({ machine, type, durability }: Round, name: string, places: Places): Promise<string> {
  const source = { connectionId: await addShare(machine.client, places.source, `From ${name}`) };
  const destination = {
    connectionId: await addShare(machine.client, places.destination, `To ${name}`, { durability }),
  };
  const guard = { deletionGuard: { maxItems: 1_000_000, maxShare: 1 } };
  const policies = type === 'MOVE' ? {} : { deletions: 'MIRROR', ...guard };
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

/** Places, ledger and what is left at the end of a round: another run finds nothing to do. */
async function endOf({ machine, type }: Round, job: string, places: Places, expected: Tree, first: Tree) {
  const [source, { files, kept, leftovers }] = await Promise.all([lookAt(places.source), lookAt(places.destination)]);
  const gone = Object.entries(hashesOf(first)).filter(
    ([, hash]) => !Object.values(files).includes(hash) && !kept.has(hash),
  );
  const again = await runToEnd(machine.client, job);
  const { UNCHANGED: _, ...others } = outcomesOf(again);
  return [
    ...differences(files, hashesOf(expected)),
    ...differences(source.files, hashesOf(type === 'MOVE' ? {} : expected)).map((line) => `at the source ${line}`),
    ...gone.map(([path]) => `not in the trash: ${path}`),
    ...leftovers.map((path) => `left over: ${path}`),
    ...(Object.keys(others).length > 0 ? [`another run found work: ${JSON.stringify(others)}`] : []),
  ];
}
