import type { JobRow } from '../db/row-types.js';
import { createHash } from 'node:crypto';
import { pathSegments, type Policies, type Side } from '@sluice/core/plan';
import { PlatformError, type Call } from '@sluice/core/platform';
import type { OpenLocation } from '../jobs/open-location.js';
import type { ConnectionAccess } from '../jobs/ports.js';
import type { ReadContent } from './verdicts.js';

export interface ReadPlaces {
  places: Readonly<Record<Side, OpenLocation>>;
  job: Pick<JobRow, 'sourceConnectionId' | 'destinationConnectionId'>;
  policies: Pick<Policies, 'verification' | 'readBack'>;
  call: Call;
}

/** Contents are read where the job wants checksums, and no counted calls are needed or the job allows them; else null. */
export async function contentReader(
  connections: Pick<ConnectionAccess, 'budgetIdOf'>,
  { places, job, policies, call }: ReadPlaces,
): Promise<ReadContent | null> {
  if (policies.verification !== 'CHECKSUM') return null;
  const ids = [job.sourceConnectionId, job.destinationConnectionId].filter((id) => id !== null);
  const budgets = await Promise.all(ids.map((id) => connections.budgetIdOf(id)));
  if (budgets.some((budget) => budget !== null) && !policies.readBack) return null;
  return async (side, { key, version }) => {
    const { platform, root } = places[side];
    const item = await platform.find({ path: [...root, ...pathSegments(key)] }, call);
    if (item === null || item.version !== version || platform.source === undefined) throw changed();
    const hash = createHash('sha256');
    for await (const bytes of platform.source.open(item, call)) hash.update(bytes);
    return hash.digest('hex');
  };
}

const changed = (): PlatformError =>
  new PlatformError('CHANGED_DURING_READ', 'The file changed while both sides were compared.');
