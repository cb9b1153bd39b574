/** What grouping needs of a flagged item. */
interface Flagged {
  reason: string;
}

/** The flagged items of one job that were read. */
export interface FlaggedJob<Item extends Flagged = Flagged> {
  id: string;
  name: string;
  mayRetry: boolean;
  items: readonly Item[];
  /** Flagged items of the job; null when too many to count. */
  total: number | null;
}

export interface ReasonGroup<Item extends Flagged> {
  reason: string;
  /** Items that were read, over all jobs. */
  count: number;
  /** Whether items that were not read may belong here too. */
  isPartial: boolean;
  jobs: { job: FlaggedJob<Item>; items: Item[] }[];
}

export const isPartial = ({ total, items }: FlaggedJob): boolean => total === null || total > items.length;

/** Flagged items of all jobs by reason, the most frequent first, and in each the jobs with the most items first. */
export function groupsOf<Item extends Flagged>(jobs: readonly FlaggedJob<Item>[]): ReasonGroup<Item>[] {
  const reasons = [...new Set(jobs.flatMap(({ items }) => items.map(({ reason }) => reason)))];
  return reasons.map((reason) => groupOf(reason, jobs)).sort((a, b) => b.count - a.count);
}

function groupOf<Item extends Flagged>(reason: string, jobs: readonly FlaggedJob<Item>[]): ReasonGroup<Item> {
  const concerned = jobs
    .map((job) => ({ job, items: job.items.filter((item) => item.reason === reason) }))
    .filter(({ items }) => items.length > 0)
    .sort((a, b) => b.items.length - a.items.length);
  return {
    reason,
    count: concerned.reduce((sum, { items }) => sum + items.length, 0),
    isPartial: concerned.some(({ job }) => isPartial(job)),
    jobs: concerned,
  };
}
