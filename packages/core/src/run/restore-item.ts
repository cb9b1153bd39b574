import { pathKey, pathSegments, type Restore } from '../plan/index.js';
import { identityOf, PlatformError, type Destination, type Item } from '../platform/index.js';
import { callTo, type RunContext } from './context.js';
import type { Claimed, FinishedStep } from './finished.js';
import type { StepTools } from './step-tools.js';

/** Brings back what a run took away. Where something else stands meanwhile, or has changed, that stays. */
export async function restoreItem(
  claimed: Claimed<Restore>,
  destination: Destination,
  { context, folders, signal, begin }: StepTools,
): Promise<FinishedStep> {
  const { step, inDoubtSince } = claimed;
  const parent = await folders.get(step.parentKey, step.afterMove?.folderId);
  await begin();
  const item = await destination.restore!(
    {
      ...{ former: step.source, parent, name: step.name, replaces: step.existing },
      trash: { root: context.destinationRoot, at: new Date(step.trashedAt) },
      ...(step.keptAt === undefined
        ? {}
        : { replacedTo: { root: context.destinationRoot, at: new Date(step.keptAt) } }),
      inDoubtSince: inDoubtSince ?? undefined,
    },
    callTo('DESTINATION', context, signal),
  ).catch((error: unknown) => {
    throw error instanceof PlatformError && error.kind === 'NOT_FOUND' ? notKept(error) : error;
  });
  return restored(claimed, item, context);
}

const notKept = (cause: PlatformError) =>
  new PlatformError('CONFLICT', cause.message, {
    remedy: 'Bring it back by hand, such as from a backup.',
    retry: 'never',
    cause,
  });

/** The ledger does not learn of it: the next run of the job decides by what it sees. */
export const restored = (
  { id, step }: Pick<Claimed<Restore>, 'id' | 'step'>,
  item: Item,
  { destinationRoot }: Pick<RunContext, 'destinationRoot'>,
): FinishedStep => ({
  stepId: id,
  outcome: step.action === 'UPDATE' ? 'UPDATED' : 'CREATED',
  reason: step.reason,
  message: step.message,
  remedy: null,
  sha256: null,
  verifiedBy: null,
  destination: { key: pathKey(item.path.slice(destinationRoot.length)), item },
  ledger: null,
  byteCount: 0,
});

/** What stands at the place of what was to come back, if it is that; a former content is looked for by the step itself. */
export function broughtBack({ step }: Pick<Claimed<Restore>, 'step'>, found: Item | null): boolean {
  if (!found || found.kind !== step.kind || step.action === 'UPDATE') return false;
  return step.kind === 'FOLDER' || identityOf(found) === identityOf(step.source);
}

/** From the connection's root. */
export const placeOfRestored = (
  { destinationKey }: Pick<Restore, 'destinationKey'>,
  { destinationRoot }: Pick<RunContext, 'destinationRoot'>,
): string[] => [...destinationRoot, ...pathSegments(destinationKey)];
