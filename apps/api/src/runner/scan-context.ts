import type { ScanContext } from '@sluice/core/run';
import type { Policies } from '@sluice/core/plan';
import type { JobRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import { CATALOG } from '../connections/catalog.js';
import type { ConnectionAccess } from '../jobs/ports.js';
import { createScanStore } from '../runs/reading/scan.store.js';
import type { StoreContext } from '../runs/engine-store/store-context.js';

type Given = Omit<ScanContext, 'scans' | 'maxParallelReads' | 'mayRead' | 'others'> & {
  policies: Pick<Policies, 'maxParallelTransfers' | 'readBack' | 'verification'>;
};

/** Contents are read where calls are not counted, or the job allows it; and nowhere where it wants no proof of equality. */
export async function scanContext(
  { connections, base }: { connections: ConnectionAccess; base: Pick<Base, 'db'> },
  job: Pick<JobRow, 'sourceConnectionId'>,
  { policies, ...given }: Given,
  storeContext: StoreContext,
): Promise<ScanContext> {
  const isCounted = (await connections.budgetIdOf(job.sourceConnectionId)) !== null;
  return {
    ...given,
    scans: createScanStore(base.db, storeContext),
    maxParallelReads: policies.maxParallelTransfers,
    mayRead: policies.verification === 'CHECKSUM' && (!isCounted || policies.readBack),
    others: CATALOG.filter(({ kind }) => kind !== given.source.kind),
  };
}
