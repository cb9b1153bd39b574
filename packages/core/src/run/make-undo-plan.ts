import { PlatformError } from '../platform/index.js';
import type { ActiveContext } from './context.js';
import { findRoots, listBothSides } from './list.js';
import { chooseLedger } from './question.js';
import { Sifter } from './sifter.js';
import { StepWriter } from './step-writer.js';
import { UndoPlanner } from './undo-planner.js';
import type { UndoneRun } from './undo-records.js';

/**
 * Lists both sides anew, as a whole and whatever the filters of the job are, and stores the steps that undo what a run did. Throws
 * `REJECTED` where the job works between other folders by now.
 */
export async function makeUndoPlan(
  given: ActiveContext,
  undone: UndoneRun,
  beforeListing?: (context: ActiveContext) => Promise<void>,
): Promise<{ digest: string }> {
  const { store, clock, sourceRoot, destinationRoot, table } = given;
  const context = {
    ...given,
    sifter: new Sifter([], sourceRoot, clock.now(), table.kinds),
    sifterThere: new Sifter([], destinationRoot, clock.now(), table.kinds),
    // What an undo removes can always be had back.
    policies: { ...given.policies, deletePermanently: false },
    only: null,
  };
  await store.reset();
  await store.enter('LISTING');
  const roots = await findRoots(context);
  await chooseLedger(roots, context);
  await assertSamePlaces(context, undone);
  await beforeListing?.(context);
  await listBothSides(roots, { ...context, listing: undefined });
  await store.enter('PLANNING');
  const writer = new StepWriter(store, clock);
  await new UndoPlanner(context, undone, writer, new Date(clock.now())).planAll();
  const digest = await writer.finish();
  await store.log('INFO', AFTER_UNDO);
  await store.finishPlan(digest);
  return { digest };
}

/** What people are told of the runs after an undo. */
export const AFTER_UNDO =
  'The next run of the job decides by its tables and by what it sees then: it takes what the undo changed for changes that people made, and creates again what it lacks.';

async function assertSamePlaces({ store }: ActiveContext, { number, pair }: UndoneRun): Promise<void> {
  const [used] = await store.locationPairs();
  if (pair !== null && used?.number === pair) return;
  throw new PlatformError('REJECTED', `Run ${number} worked between other folders than the job does now.`, {
    remedy: 'Give the job the folders of that run again, then plan the undo again.',
  });
}
