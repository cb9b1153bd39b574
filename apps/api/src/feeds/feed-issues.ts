import type { JobRow } from '../db/row-types.js';
import type { Issue } from '../jobs/issues.js';
import type { FeedStore } from './feed.store.js';
import { followedConnections } from './followed.js';

const FIELD = ['schedule', 'followsChanges'];

/** Why platforms do not tell a job of changes that follows them; its schedule goes on. */
export async function feedIssues(store: Pick<FeedStore, 'problems'>, job: JobRow): Promise<Issue[]> {
  if (job.schedule?.followsChanges !== true) return [];
  const feeds = await store.problems(followedConnections(job));
  const none = { capability: null, limit: null, itemCount: null };
  return feeds.flatMap(({ problem }) =>
    problem === null
      ? []
      : {
          ...none,
          severity: 'WARNING' as const,
          code: problem.code,
          message: `Changes are not told, and are found by the schedule only. ${problem.message}`,
          field: FIELD,
        },
  );
}
