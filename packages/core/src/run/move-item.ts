import { childKey, nameOf, parentKey, pathKey, pathSegments, type LedgerEntry, type Move } from '../plan/index.js';
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
  const there = await tools.context.destination.find({ path: newPath(step, tools.context) }, call);
  const isThere = await arrived(step, there, tools.context, call);
  const item = isThere ? there! : await move(step, destination, there, tools, call);
  return finishedMove(await withLatest(claimed, tools.context), item, tools.context);
}

/** The move with what the ledger knows of its item once the steps before it are carried out. */
export async function withLatest<T extends Pick<Claimed<Move>, 'step'>>(
  claimed: T,
  { store }: Pick<RunContext, 'store'>,
): Promise<T> {
  const { step } = claimed;
  if (!step.isBehindContent || step.base === null) return claimed;
  // What a program put to its place is known by an identity of its own since the step about its content.
  const latest =
    (await store.entryOf('DESTINATION', identityOf(step.existing))) ??
    (await store.entryOf('DESTINATION', step.base.destinationId));
  return latest ? { ...claimed, step: { ...step, base: latest } } : claimed;
}

/**
 * Waits for the moves that were announced so far and have to come before this one: those that empty or fill its places, and
 * those out of the folder that it takes along.
 */
export async function awaitTurn(step: Move, { moves, context }: Pick<StepTools, 'context' | 'moves'>): Promise<void> {
  const places = placesOf(step, context);
  const out = step.kind === 'FOLDER' ? moves.below(places[0]!) : undefined;
  await Promise.all([moves.at(places), out]);
}

/** Keys of the places that the move empties and fills. */
export const placesOf = (step: Move, { destinationRoot }: Pick<RunContext, 'destinationRoot'>): string[] => [
  step.afterMove?.existingKey ?? pathKey(step.existing.path.slice(destinationRoot.length)),
  step.destinationKey,
];

/** From the connection's root. */
export const newPath = ({ destinationKey }: Move, { destinationRoot }: Pick<RunContext, 'destinationRoot'>) => [
  ...destinationRoot,
  ...pathSegments(destinationKey),
];

/** Whether an earlier try moved it. What was brought back is told by its place: while something is at the former one, it did not. */
async function arrived(
  step: Move,
  there: Item | null,
  context: Pick<RunContext, 'destination' | 'destinationRoot'>,
  call: Call,
): Promise<boolean> {
  if (there === null || nameOf(there) !== step.name || !isMoved(there, step)) return false;
  return !step.isBroughtBack || (await context.destination.find(addressOf(step, context), call)) === null;
}

const isMoved = (found: Item, { existing, isBroughtBack }: Move): boolean =>
  isBroughtBack ? found.kind === existing.kind : identityOf(found) === identityOf(existing);

async function move(
  step: Move,
  destination: Destination,
  there: Item | null,
  { context, folders, begin }: StepTools,
  call: Call,
): Promise<Item> {
  if (there && (step.isBroughtBack || !isMoved(there, step)))
    throw new PlatformError('NAME_TAKEN', 'Another item stands at its new place.', { remedy: 'Rename one of them.' });
  const now = await context.destination.find(addressOf(step, context), call);
  if (!now || !isMoved(now, step))
    throw new PlatformError(
      'CONFLICT',
      `The item at the ${context.words.to} changed meanwhile; the next run looks again.`,
    );
  const parent = await folders.get(step.parentKey, step.afterMove?.folderId);
  await begin();
  return destination.move!(now, { parent, name: step.name }, call);
}

/** Where it is before: what an earlier move of the run took along may have another address than it was listed with. */
export function addressOf({ afterMove, existing }: Move, { destinationRoot }: Pick<RunContext, 'destinationRoot'>) {
  const key = afterMove?.existingKey ?? null;
  return key === null ? { id: existing.id } : { path: [...destinationRoot, ...pathSegments(key)] };
}

/** A key that no item has: what is below a folder under a temporary name is not mixed with what takes its place. */
export const temporaryKey = ({ sourceKey }: LedgerEntry, { name }: Move): string =>
  childKey(parentKey(sourceKey) ?? '', name);

/** Only the places change in the ledger: a change of the content is still to be seen by the next run. */
export function finishedMove(
  { id, step }: Pick<Claimed<Move>, 'id' | 'step'>,
  item: Item,
  { destinationRoot }: Pick<RunContext, 'destinationRoot'>,
): FinishedStep {
  const destinationKey = pathKey(item.path.slice(destinationRoot.length));
  const { sourceKey, base } = step;
  const ledger = base && {
    ...base,
    sourceKey: step.isTemporary ? temporaryKey(base, step) : sourceKey!,
    destinationKey,
    destinationId: identityOf(item),
  };
  return {
    stepId: id,
    outcome: OUTCOMES[step.action],
    reason: step.reason,
    message: step.message,
    remedy: null,
    sha256: base?.sha256 ?? null,
    verifiedBy: null,
    destination: { key: destinationKey, item },
    ledger,
    moved: (step.kind === 'FOLDER' && base) || undefined,
    byteCount: 0,
  };
}
