import type { Side } from '../plan/index.js';
import { findLedger, type LocationPair, type RootFinding } from '../prove/index.js';
import { identityOf, type Item } from '../platform/index.js';
import type { ActiveContext } from './context.js';

/** Stops a run before anything is compared; to go on with it is a person's answer that all is as it should be. */
export class Question extends Error {
  override readonly name = 'Question';
}

/** The folders at both places; null for a destination that does not exist yet. */
export interface RootItems {
  source: Item;
  destination: Item | null;
}

/** Chooses the ledger of the folders that stand there now. Throws a `Question` when others stood there. */
export async function chooseLedger({ source, destination }: RootItems, { store }: ActiveContext): Promise<void> {
  const roots = { source: identityOf(source), destination: destination && identityOf(destination) };
  const finding = findLedger(roots, await store.locationPairs());
  if (finding.found === 'CHANGED') {
    const asked = `${finding.sides.join(' ')} ${roots.source} ${roots.destination ?? ''}`;
    if (!(await store.isAccepted(asked))) throw new Question(rootQuestion(finding, roots.destination === null));
  }
  const pair: LocationPair | null = finding.found === 'LEDGER' ? finding.pair : null;
  await store.useLedger(pair?.number ?? null, roots);
}

/** Items in the ledger that is used. */
export async function countRemembered({ store }: ActiveContext): Promise<number> {
  const [used] = await store.locationPairs();
  return used?.itemCount ?? 0;
}

/**
 * Throws a `Question` when one of these sides, of which items are remembered, shows none at all. What a job itself empties is
 * not asked for.
 */
export async function askIfEmptied(
  sides: readonly Side[],
  seen: Readonly<Record<Side, number>>,
  remembered: number,
  { store }: ActiveContext,
): Promise<void> {
  const emptied = sides.filter((side) => remembered > 0 && seen[side] === 0);
  if (emptied.length === 0 || (await store.isAccepted(`EMPTY ${emptied.join(' ')}`))) return;
  throw new Question(
    `The ${namesOf(emptied)} is empty, and ${remembered} items were there before. If that is right, resume the run; else cancel it and look whether the share is mounted and the account sees everything.`,
  );
}

function rootQuestion({ sides }: Extract<RootFinding, { found: 'CHANGED' }>, isGone: boolean): string {
  const what =
    isGone && sides.at(-1) === 'DESTINATION'
      ? 'The folder that was the destination is not there any more.'
      : `Another folder than before stands at the ${namesOf(sides)}, such as after a restore or where a share is not mounted.`;
  return `${what} If that is right, resume the run: it begins a new ledger, and compares everything anew. Else cancel it.`;
}

const namesOf = (sides: readonly Side[]) => sides.map((side) => side.toLowerCase()).join(' and the ');
