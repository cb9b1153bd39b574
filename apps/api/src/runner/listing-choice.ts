import { createHash } from 'node:crypto';
import type { Side } from '@sluice/core/plan';
import type { ListingChoice } from '@sluice/core/run';
import type { ConnectionRow, JobRow } from '../db/row-types.js';
import { connectionIdsOf } from '../jobs/job.service.js';
import type { ConnectionAccess } from '../jobs/ports.js';

/** Whether both sides are to be listed as a whole, and what has to be as before so that a side need not be. */
export async function listingChoice(
  connections: ConnectionAccess,
  job: Pick<JobRow, 'sourceConnectionId' | 'destinationConnectionId'>,
  isFull: boolean,
): Promise<ListingChoice> {
  const [source, destination] = await connections.byIds(connectionIdsOf(job));
  const settings: Record<Side, string> = { SOURCE: fingerprint(source), DESTINATION: fingerprint(destination) };
  return { isFull, settings };
}

/** Another account may see other items: a new sign-in or credential counts as a change of settings. */
function fingerprint(row: ConnectionRow | null | undefined): string {
  const what = row && [row.id, row.settings, row.method, row.credential, row.signInId];
  return createHash('sha256')
    .update(JSON.stringify(what ?? null))
    .digest('hex');
}
