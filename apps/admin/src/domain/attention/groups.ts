/** Flagged items of one job with one reason. */
export interface FlaggedCount {
  /** Null once it is removed. */
  job: FlaggedJob | null;
  reason: string;
  itemCount: number;
}

export interface FlaggedJob {
  id: string;
  name: string;
  allowedActions: readonly string[];
}

export interface ReasonGroup {
  reason: string;
  /** Items over all jobs. */
  count: number;
  jobs: { job: FlaggedJob; count: number }[];
}

/** Bounds within which the server counts. */
const MAX_COUNTS = 500;
const MAX_ITEMS = 100_000;

/** Whether there may be more than these counts tell. */
export const isPartial = (counts: readonly FlaggedCount[]): boolean =>
  counts.length >= MAX_COUNTS || counts.reduce((sum, { itemCount }) => sum + itemCount, 0) >= MAX_ITEMS;

/** Flagged items of all jobs by reason, the most frequent first, and in each the jobs with the most items first. */
export function groupsOf(counts: readonly FlaggedCount[]): ReasonGroup[] {
  const reasons = [...new Set(counts.map(({ reason }) => reason))];
  return reasons
    .map((reason) => groupOf(reason, counts))
    .filter(({ jobs }) => jobs.length > 0)
    .sort((one, other) => other.count - one.count);
}

function groupOf(reason: string, counts: readonly FlaggedCount[]): ReasonGroup {
  const jobs = counts
    .flatMap(({ job, itemCount, ...each }) => (job && each.reason === reason ? [{ job, count: itemCount }] : []))
    .sort((one, other) => other.count - one.count);
  return { reason, count: jobs.reduce((sum, { count }) => sum + count, 0), jobs };
}
