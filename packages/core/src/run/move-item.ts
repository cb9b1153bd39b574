import { nameOf, pathKey, pathSegments, type Move } from '../plan/index.js';
import { identityOf, PlatformError, type Call, type Destination, type Item } from '../platform/index.js';
import { callTo, type RunContext } from './context.js';
import type { Claimed, FinishedStep } from './finished.js';
import type { StepTools } from './step-tools.js';

const OUTCOMES = { MOVE: 'MOVED', RENAME: 'RENAMED' } as const;

/** Brings an item to its new place, unless an earlier try did. What stands there, and what is another item, is left alone. */
export async function moveItem(
  claimed: Claimed<Move>,
  destination: Destination,
  tools: StepTools,
): Promise<FinishedStep> {
  const { step } = claimed;
  const call = callTo('DESTINATION', tools.context, tools.signal);
  await tools.moves.at(placesOf(step, tools.context));
  const there = await tools.context.destination.find({ path: newPath(step, tools.context) }, call);
  const isThere = there !== null && identityOf(there) === identityOf(step.existing) && nameOf(there) === step.name;
  return finishedMove(claimed, isThere ? there : await move(step, destination, there, tools, call), tools.context);
}

/** Keys of the places that the move empties and fills. */
export const placesOf = (step: Move, { destinationRoot }: Pick<RunContext, 'destinationRoot'>): string[] => [
  step.asideKey ?? pathKey(step.existing.path.slice(destinationRoot.length)),
  step.destinationKey,
];

/** From the connection's root. */
export const newPath = ({ destinationKey }: Move, { destinationRoot }: Pick<RunContext, 'destinationRoot'>) => [
  ...destinationRoot,
  ...pathSegments(destinationKey),
];

async function move(
  step: Move,
  destination: Destination,
  there: Item | null,
  { context, folders, begin }: StepTools,
  call: Call,
): Promise<Item> {
  if (there && identityOf(there) !== identityOf(step.existing))
    throw new PlatformError('NAME_TAKEN', 'Another item stands at its new place.', { remedy: 'Rename one of them.' });
  const now = await context.destination.find(addressOf(step, context), call);
  if (!now || identityOf(now) !== identityOf(step.existing))
    throw new PlatformError('CONFLICT', 'The item at the destination changed meanwhile; the next run looks again.');
  const parent = await folders.get(step.parentKey);
  await begin();
  return destination.move!(now, { parent, name: step.name }, call);
}

/** Where it is before: what stands aside may have another address than it was listed with. */
export const addressOf = ({ asideKey, existing }: Move, { destinationRoot }: Pick<RunContext, 'destinationRoot'>) =>
  asideKey === undefined ? { id: existing.id } : { path: [...destinationRoot, ...pathSegments(asideKey)] };

/** Only the places change in the ledger: a change of the content is still to be seen by the next run. */
export function finishedMove(
  { id, step }: Pick<Claimed<Move>, 'id' | 'step'>,
  item: Item,
  { destinationRoot }: Pick<RunContext, 'destinationRoot'>,
): FinishedStep {
  const destinationKey = pathKey(item.path.slice(destinationRoot.length));
  const { sourceKey, base } = step;
  return {
    stepId: id,
    outcome: OUTCOMES[step.action],
    reason: step.reason,
    message: step.message,
    remedy: null,
    sha256: base.sha256,
    verifiedBy: null,
    destination: { key: destinationKey, item },
    ledger: {
      ...base,
      sourceKey: step.isAside ? base.sourceKey : sourceKey,
      destinationKey,
      destinationId: identityOf(item),
    },
    moved: step.kind === 'FOLDER' ? base : undefined,
    byteCount: 0,
  };
}
