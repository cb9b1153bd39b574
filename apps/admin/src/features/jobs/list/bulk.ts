import { client } from '../../../graphql/client.js';
import { newKey } from '../../../graphql/action.js';
import { failureSentence } from '../../../graphql/problems.js';
import { RunStart } from '../../../domain/run/run-data.js';
import { JobResume, JobSuspend } from '../data.js';

export type BulkAction = 'run' | 'suspend' | 'resume';

export interface NamedJob {
  id: string;
  name: string;
}

/** What came of an action on several jobs. */
export interface BulkResult {
  action: BulkAction;
  doneCount: number;
  refused: { job: NamedJob; why: string }[];
}

interface Told {
  userErrors: readonly { message: string }[];
}

/** What a server says to one job: the payload, or null where it said nothing of use. */
export type Act = (action: BulkAction, jobId: string) => Promise<Told | null | undefined>;

/** Asks the server for one job. */
export const actOnServer: Act = async (action, id) => {
  if (action === 'run')
    return (await client.mutate({ mutation: RunStart, variables: { jobId: id, input: null, key: newKey() } })).data
      ?.runStart;
  if (action === 'suspend') return (await client.mutate({ mutation: JobSuspend, variables: { id } })).data?.jobSuspend;
  return (await client.mutate({ mutation: JobResume, variables: { id } })).data?.jobResume;
};

/**
 * Does one thing with several jobs, one after the other, so that no other request waits behind all of them. A job that is refused
 * keeps no other from its turn.
 *
 * @param noAnswer what is told of a job of which the server said nothing
 * @param onProgress told after each job how many have had their turn
 */
export async function actOnAll(
  action: BulkAction,
  jobs: readonly NamedJob[],
  act: Act,
  noAnswer: string,
  onProgress: (done: number) => void,
): Promise<BulkResult> {
  const refused: BulkResult['refused'] = [];
  for (const [index, job] of jobs.entries()) {
    const why = await whyRefused(() => act(action, job.id), noAnswer);
    if (why !== null) refused.push({ job, why });
    onProgress(index + 1);
  }
  return { action, doneCount: jobs.length - refused.length, refused };
}

async function whyRefused(ask: () => ReturnType<Act>, noAnswer: string): Promise<string | null> {
  try {
    const told = await ask();
    if (!told) return noAnswer;
    return told.userErrors.length === 0 ? null : told.userErrors.map(({ message }) => message).join(' ');
  } catch (error) {
    return failureSentence(error);
  }
}

const REMOVING: readonly string[] = ['MOVE', 'PUBLISH', 'SYNC'];

interface Removing {
  transferType: string;
  policies: { deletions: string };
}

/** How many of the jobs may move or delete items: by their type, or because they delete what the source no longer has. */
export const removingAmong = (jobs: readonly Removing[]): number =>
  jobs.filter(({ transferType, policies }) => REMOVING.includes(transferType) || policies.deletions === 'MIRROR')
    .length;
