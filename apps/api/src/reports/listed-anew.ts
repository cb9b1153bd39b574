import { setMaxListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { PlatformError, type Call, type Item } from '@sluice/core/platform';
import type { JobRow, ReportRow } from '../db/row-types.js';
import type { OpenLocation } from '../jobs/open-location.js';
import { effectivePolicies } from '../jobs/policies.js';
import { problemOf, Refusal } from '../problems.js';
import type { Rows } from './lines.js';
import type { Making } from './making.js';
import type { WorkContents } from './work-contents.js';

/**
 * A report that lists platforms anew: its rows, made while the job rests. Throws a `Refusal` where a platform fails, or the job
 * ran meanwhile.
 */
export async function* whileResting(
  work: Pick<WorkContents, 'subject' | 'requireSame'>,
  report: Pick<ReportRow, 'subjectId'>,
  { signal }: Pick<Making, 'signal'>,
  rowsOf: (job: JobRow) => Rows,
): Rows {
  const subject = await work.subject(report.subjectId);
  try {
    yield* rowsOf(subject.job);
  } catch (error) {
    if (error instanceof PlatformError && !signal.aborted) throw new Refusal(problemOf(error));
    throw error;
  }
  await work.requireSame(report, subject.run, subject.job);
}

/** What each request of the report carries: calls are taken from the budgets as a run of the job does. */
export function callOf(job: JobRow, owner: string, { signal }: Pick<Making, 'signal'>): Call {
  setMaxListeners(0, signal);
  const share = effectivePolicies(job.transferType, job.policies).budgetShare ?? 1;
  return { owner, share, priority: 'JOB', signal };
}

/** The folder of a location, null where nothing stands. */
export async function rootOf({ platform, root }: OpenLocation, call: Call): Promise<Item | null> {
  const found = await platform.find({ path: root }, call);
  if (found === null || found.kind === 'FOLDER') return found;
  throw new PlatformError('NOT_FOUND', `At "/${root.join('/')}" stands a file instead of a folder.`);
}

/** The folder of a job's source, which has to be there. */
export async function sourceRootOf({ sourcePath }: JobRow, place: OpenLocation, call: Call): Promise<Item> {
  const found = await rootOf(place, call);
  if (found !== null) return found;
  throw new PlatformError('NOT_FOUND', `The source folder "${sourcePath}" does not exist.`, {
    remedy: 'Choose another folder in the job, or create it.',
  });
}

/** A store and a listing in the same thread wait for nothing: others get their turn. */
export async function turn(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await setImmediate();
}
