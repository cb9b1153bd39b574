import type { Call } from '@sluice/core/platform';
import type { RunContext } from '@sluice/core/run';
import type { Base } from '../base.js';
import type { JobRow } from '../db/row-types.js';
import { openLocation } from '../jobs/open-location.js';
import type { ConnectionAccess } from '../jobs/ports.js';
import { requireDestination, sourceOf } from '../jobs/stored-location.js';
import type { StoreContext } from '../runs/engine-store/store-context.js';
import { jobMapping, type CompleteSets } from './job-mapping.js';
import { listingChoice } from './listing-choice.js';

/** Who takes the calls. */
type Caller = Pick<Call, 'owner' | 'share' | 'signal'>;

interface PlaceParts {
  connections: ConnectionAccess;
  mappings: CompleteSets;
}

type OpenSource = Pick<RunContext, 'source' | 'sourceRoot'>;
type OpenPlaces = OpenSource &
  Pick<RunContext, 'destination' | 'destinationRoot' | 'mapping' | 'listing' | 'transferType'>;

/** What the store is told by the task that holds this plan, and the run that carries it out, if any. */
export function storeContextOf(
  base: Pick<Base, 'changes' | 'clock' | 'config'>,
  held: Pick<StoreContext, 'jobId' | 'planId' | 'runId' | 'lease'>,
): Omit<StoreContext, 'onEvents'> {
  return {
    ...held,
    now: () => new Date(base.clock.now()),
    planValidity: base.config.limits.planValidity,
    changes: base.changes,
  };
}

/** The place that a job reads. Throws `PlatformError` where it cannot be opened. */
export async function openSource(
  { connections }: Pick<PlaceParts, 'connections'>,
  job: JobRow,
  caller: Caller,
): Promise<OpenSource> {
  const { platform: source, root: sourceRoot } = await openLocation(connections, sourceOf(job), caller);
  return { source, sourceRoot };
}

/**
 * Both places of a job, and what its mappings make of items on the way between them. `isFull`: both are listed as a whole.
 * Throws `PlatformError` where a place cannot be opened.
 */
export async function openPlaces(
  { connections, mappings }: PlaceParts,
  job: JobRow,
  caller: Caller,
  isFull: boolean,
): Promise<OpenPlaces> {
  const { source, sourceRoot } = await openSource({ connections }, job, caller);
  const { platform: destination, root } = await openLocation(connections, requireDestination(job), caller);
  return {
    source,
    sourceRoot,
    destination,
    destinationRoot: root,
    ...(await jobMapping(mappings, job, { source, destination }, caller)),
    listing: await listingChoice(connections, job, isFull),
    transferType: job.transferType,
  };
}
