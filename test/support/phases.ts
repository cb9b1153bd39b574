import type { FaultRule } from '@sluice/procore-sandbox';
import { differences, evenTree, plant } from './files.js';
import { House } from './house.js';
import { approve, hit, reach, untilEnded, type Phase, type Signal, type Victim } from './kills.js';
import { AMPLE, checksumsOf, contentOf } from './sandbox.js';
import { addJob, addShare, startRun } from './work.js';

export interface Hit {
  phase: Phase;
  victim: Victim;
  signal: Signal;
}

const files = evenTree(24, 4);

/** So few calls that a run of these files has to wait for more, ten seconds or so, also where the machine is slow. */
const SCARCE = { hourly: 24, spike: 1_000, hourSeconds: 20 };

/** Houses by what their sandbox allows, opened when they are needed. */
export class HousesOfPhases implements AsyncDisposable {
  private readonly opened = new Map<object, Promise<House>>();

  /** One in which a run comes to the phase. */
  of(phase: Phase): Promise<House> {
    const limits = phase === 'AWAITING_BUDGET' ? SCARCE : AMPLE;
    const house = this.opened.get(limits) ?? House.open({ limits });
    this.opened.set(limits, house);
    return house;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const house of this.opened.values()) await (await house).close();
  }
}

/** What keeps a run in a phase for long enough to be hit in it. */
const HOLDS: Partial<Record<Phase, FaultRule[]>> = {
  LISTING: [{ kind: 'slow', ms: 1_500, match: { method: 'GET' } }],
  VERIFYING: [{ kind: 'slow', ms: 1_500, match: { method: 'GET' } }],
  TRANSFERRING: [
    { kind: 'slow', ms: 150, match: { method: 'POST' } },
    { kind: 'slow', ms: 150, match: { origin: 'storage' } },
  ],
};

/** Copies files into a folder of the project, hits a process in the phase, and tells what is wrong at the end. */
export async function carryOutHit(house: House, { phase, victim, signal }: Hit, folder: string): Promise<string[]> {
  const origin = await house.folder('origin');
  await plant(origin, files);
  const source = { connectionId: await addShare(house.client, origin, `Share of ${folder}`) };
  const target = { connectionId: house.procoreId, path: `/${folder}` };
  const approval = phase === 'AWAITING_APPROVAL' ? 'ALWAYS' : 'NEVER';
  const job = await addJob(house.client, folder, source, target, undefined, { approval });
  house.sandbox.control.setFaults(HOLDS[phase] ?? []);
  const runId = await startRun(house.client, job);
  await reach(house.client, runId, phase);
  await hit(house, victim, signal);
  house.sandbox.control.setFaults([]);
  if (phase === 'AWAITING_APPROVAL') await approve(house.client, runId);
  const { state, stateReason } = await untilEnded(house.client, runId);
  const wrong = state === 'SUCCEEDED' ? [] : [`${state}: ${stateReason?.message ?? ''}`];
  return [...wrong, ...(await faultsIn(house, folder))];
}

/** How a folder of the project differs from the files, each in one version. */
export async function faultsIn(house: House, folder: string, expected = files): Promise<string[]> {
  const { files: all, versions } = await contentOf(house.sandbox);
  const mine = Object.keys(all).filter((path) => path.startsWith(`${folder}/`));
  const there = Object.fromEntries(mine.map((path) => [path.slice(folder.length + 1), all[path] ?? '']));
  const doubled = mine.filter((path) => versions[path] !== 1).map((path) => `${versions[path]} versions: ${path}`);
  return [...differences(there, checksumsOf(expected)), ...doubled];
}
