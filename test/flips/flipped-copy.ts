import { defaultPolicies } from '@sluice/core/plan';
import type { Platform } from '@sluice/core/platform';
import { executeRun } from '@sluice/core/run';
import { MemoryEngineStore, MemoryJob, quietRun } from '@sluice/core/testing';
import { quickClock, type Side } from '../support/effects/sides.js';

/** Tries of each file within a run; every one of them meets a flipped bit. */
const TRIES = 2;

/** A copy of which every file arrives with a flipped bit, half of them as new versions, then the same without flips. */
export interface Flipping {
  from: Side;
  to: Side;
  files: number;
  /** Begins to flip one bit of every file between its arrival and its proof; gives the source to read from. */
  begin(source: Platform): Platform;
  end(): void;
}

/** How many flips were detected, and what is wrong. */
export interface Flipped {
  detected: number;
  faults: string[];
}

export const flipsOf = ({ files }: Pick<Flipping, 'files'>): number => files * TRIES;

export async function copyFlipped(flipping: Flipping): Promise<Flipped> {
  const { from, to } = flipping;
  const names = Array.from({ length: flipping.files }, (_, index) => `${index}.txt`);
  const former = names.filter((_, index) => index % 2 === 0);
  const job = new MemoryJob();
  for (const name of former) await from.put(name, `former text of ${name}`);
  const faults = [...failuresOf(await copy(flipping, job))];
  const before = await to.files();
  for (const name of names) await from.put(name, `the text of ${name}, which is longer`);
  const source = flipping.begin(await from.open());
  const flipped = await copy(flipping, job, source);
  flipping.end();
  faults.push(...differences('after the flips', await to.files(), before));
  faults.push(...failuresOf(await copy(flipping, job)));
  faults.push(...differences('after the next run', await to.files(), await from.files()));
  const left = (await copy(flipping, job)).steps().length;
  return { detected: detectedBy(flipped), faults: [...faults, ...(left > 0 ? [`${left} steps are left`] : [])] };
}

async function copy({ from, to }: Flipping, job: MemoryJob, source?: Platform): Promise<MemoryEngineStore> {
  const store = new MemoryEngineStore(job);
  const end = await executeRun({
    source: source ?? (await from.open()),
    destination: await to.open(),
    sourceRoot: from.root,
    destinationRoot: to.root,
    policies: { ...defaultPolicies('COPY'), readBack: true, maxParallelTransfers: 4 },
    store,
    clock: quickClock,
    ...quietRun(),
  });
  if (end.kind !== 'DONE') throw new Error(`A run ended ${end.kind === 'BROKEN' ? end.error.message : end.kind}.`);
  return store;
}

const detectedBy = (store: MemoryEngineStore): number =>
  store.steps().flatMap(({ attempts }) => attempts.filter(({ reason }) => reason === 'VERIFICATION_FAILED')).length;

function failuresOf(store: MemoryEngineStore): string[] {
  const failed = store.steps().filter(({ outcome }) => !['CREATED', 'UPDATED'].includes(outcome));
  return failed.map(({ step, outcome, result }) => `${outcome} ${step.sourceKey}: ${result?.message ?? ''}`);
}

function differences(when: string, found: Record<string, string>, expected: Record<string, string>): string[] {
  const paths = new Set([...Object.keys(found), ...Object.keys(expected)]);
  return [...paths].filter((path) => found[path] !== expected[path]).map((path) => `${when}: ${path}: ${found[path]}`);
}
