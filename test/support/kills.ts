import type { GraphqlClient } from './graphql.js';
import type { House } from './house.js';
import { endProcess } from './processes.js';
import { follow, hasEnded, readRun, resumeRun, type RunView } from './work.js';

export const VICTIMS = ['WORKER', 'API', 'BOTH'] as const;
export type Victim = (typeof VICTIMS)[number];
export type Signal = 'SIGTERM' | 'SIGKILL';

/** The phases of a run in which it may be hit, as the API names them. */
export const PHASES = [
  'LISTING',
  'PLANNING',
  'AWAITING_APPROVAL',
  'TRANSFERRING',
  'AWAITING_BUDGET',
  'VERIFYING',
] as const;
export type Phase = (typeof PHASES)[number];

/** Ends a process, and lets the product be whole again: the API starts a new worker itself. */
export async function hit({ server }: Pick<House, 'server'>, victim: Victim, signal: Signal): Promise<void> {
  if (victim === 'WORKER') for (const pid of server.workers) await endProcess(pid, signal);
  else if (signal === 'SIGTERM') await server.stop();
  else if (victim === 'BOTH') await server.kill9();
  else await server.killApi();
  if (victim !== 'WORKER') await server.run();
}

/** Waits for the phase by the events of the run. Throws when the run ends without it. */
export async function reach(client: GraphqlClient, runId: string, phase: Phase): Promise<void> {
  if ((await readRun(client, runId)).state === phase) return;
  for await (const { kind, state } of follow(client, runId)) {
    if (kind === 'STATE' && state === phase) return;
    if (kind === 'SNAPSHOT' && (await readRun(client, runId)).state === phase) return;
  }
  throw new Error(`The run ended without the phase ${phase}.`);
}

/** Approves the plan of a run that waits for it. */
export async function approve(client: GraphqlClient, runId: string): Promise<void> {
  const { run } = await client.request<{ run: { plan: { id: string; digest: string } } }>(
    'query ($runId: ID!) { run(id: $runId) { plan { id digest } } }',
    { runId },
  );
  const document =
    'mutation ($id: ID!, $digest: String!) { planApprove(id: $id, digest: $digest) { userErrors { code message field } } }';
  await client.mutate(document, { ...run.plan });
}

/**
 * The run after its end; events are followed as a client does. One that rests since its process was ended several times in a row
 * is resumed, as a person does; throws where it rests for another reason.
 */
export async function untilEnded(client: GraphqlClient, runId: string): Promise<RunView> {
  for await (const { kind } of follow(client, runId))
    if (kind === 'SNAPSHOT' || kind === 'STATE') await resumeWhatRests(client, runId);
  return readRun(client, runId);
}

async function resumeWhatRests(client: GraphqlClient, runId: string): Promise<void> {
  const { state, stateReason } = await readRun(client, runId);
  if (state !== 'PAUSED') return;
  const isForCrashes = /ended \d+ times in a row/.test(stateReason?.message ?? '');
  if (!isForCrashes) throw new Error(`The run rests: ${stateReason?.code}, ${stateReason?.message}`);
  await resumeRun(client, runId);
}

/** Hits random victims at random moments of a run, at most `most` times; tells how often. */
export async function hitAtRandom(
  house: House,
  runId: string,
  roll: () => number,
  { most, longest }: { most: number; longest: number },
): Promise<number> {
  for (let hits = 0; hits < most; hits++) {
    await new Promise((resolve) => setTimeout(resolve, roll() ** 2 * longest));
    if (hasEnded(await readRun(house.client, runId))) return hits;
    await resumeWhatRests(house.client, runId);
    await hit(house, VICTIMS[Math.floor(roll() * VICTIMS.length)] ?? 'WORKER', 'SIGKILL');
  }
  return most;
}
