import { changesSource, removesMoved, writesSource } from '../decide/index.js';
import type { ListProblem } from '../platform/index.js';
import { nameKey } from '../naming/index.js';
import { SIDES, type PlanAction } from '../plan/index.js';
import { activate, callTo, type ActiveContext, type RunContext } from './context.js';
import { FrozenScope } from './frozen-scope.js';
import { tellLeftOut } from './left-out-steps.js';
import { findRoots, listBothSides, type SeenCounts } from './list.js';
import { BothSides, ExchangedWriter, planningOfSource } from './both-sides.js';
import { swapped } from './swapped.js';
import { makeUndoPlan } from './make-undo-plan.js';
import { planRemovals, type RemovalPlan } from './plan-removals.js';
import { Planner } from './planner.js';
import type { Planning } from './planning.js';
import { askIfEmptied, chooseLedger, countRemembered } from './question.js';
import { problemStep } from './problem-step.js';
import { Reapply } from './reapply.js';
import { Restriction } from './restriction.js';
import { StepWriter } from './step-writer.js';

/** Problems behind which the source may have more than was shown. */
const IS_PARTIAL: Readonly<Record<ListProblem['kind'], boolean>> = {
  FILE: false,
  FOLDER: true,
  PART: true,
  SPECIAL: false,
};

/** Places that a line of the log names. */
const MAX_NAMED_KEYS = 3;

export interface PlanResult {
  /** Fingerprint of all steps, hex. */
  digest: string;
}

/**
 * Lists both sides anew, decides about every item and stores the steps. Starts from nothing if it was interrupted. Throws a
 * `Question` where a person has to say first that what stands there is right.
 */
export async function makePlan(
  given: RunContext,
  /** Done once the ledger is known and before anything is listed; a plan that nobody carries out needs nothing. */
  beforeListing?: (context: ActiveContext) => Promise<void>,
): Promise<PlanResult> {
  const context = { ...activate(given), isPreview: beforeListing === undefined };
  if (context.undo) return makeUndoPlan(context, context.undo, beforeListing);
  await context.store.reset();
  await context.store.enter('LISTING');
  const roots = await findRoots(context);
  await chooseLedger(roots, context);
  await beforeListing?.(context);
  const remembered = await countRemembered(context);
  const counts = await listBothSides(roots, context);
  await askIfEmptied(removesMoved(context.table) ? ['DESTINATION'] : SIDES, counts, remembered, context);
  await context.store.enter('PLANNING');
  return context.isReapply ? planReapply(context) : planAll(context, counts, remembered);
}

async function planReapply(context: ActiveContext): Promise<PlanResult> {
  const writer = new StepWriter(context.store, context.clock);
  const at = new Date(context.clock.now());
  await new Reapply(context, { writer, scope: new Restriction(context.only), at }).plan();
  const digest = await writer.finish();
  await warnOfDenials(context, writer);
  await context.store.finishPlan(digest);
  return { digest };
}

async function planAll(context: ActiveContext, counts: SeenCounts, remembered: number): Promise<PlanResult> {
  const { store } = context;
  const scope = new Restriction(context.only);
  const writer = new StepWriter(store, context.clock);
  const at = new Date(context.clock.now());
  const frozen = await FrozenScope.begin(context);
  const both = writesSource(context.table) ? new BothSides() : null;
  const given = { writer, scope, frozen, at, counts, remembered, both };
  const planner = new Planner(context, { ...given, unlisted: await unlistedFolders(context) });
  let isListed = true;
  await planFolders(planner, context);
  const second = both && (await planSource(context, { ...given, both }, planner));
  for await (const problem of store.sourceProblems()) {
    planner.noteProblem(problem.key);
    isListed &&= !IS_PARTIAL[problem.problem.kind];
    const step = problemStep(problem);
    if (scope.includes(problem.key) && context.table.kinds.includes(step.kind)) await writer.add(step);
  }
  await planner.finish();
  await frozen.finish(isListed, writer);
  await tellLeftOut(context, store, writer, scope);
  const removals = { counts, remembered, at, ...seenBy(planner), surviving: both?.surviving.DESTINATION };
  await planRemovals(removals, context, writer);
  if (both && second) await planRemovalsAtSource({ ...removals, surviving: both.surviving.SOURCE }, second);
  await tellSharedNames(planner.sharedNames, context);
  const digest = await writer.finish();
  await warnOfDenials(context, writer);
  await planner.tellUnheld();
  await store.finishPlan(digest);
  await planner.planStands();
  return { digest };
}

async function planFolders(planner: Planner, { store, control, destination }: ActiveContext): Promise<void> {
  for await (const folder of store.sourceFolders((name) => nameKey(name, destination.limits))) {
    control.signal.throwIfAborted();
    await planner.planFolder(folder);
  }
  await planner.settleAside();
}

interface Second {
  context: ActiveContext;
  planner: Planner;
  writer: ExchangedWriter;
}

/** Plans what is made, changed and moved at the source, as that of a destination. */
async function planSource(
  context: ActiveContext,
  given: Omit<Planning, 'unlisted' | 'isSecond'> & { both: BothSides },
  { places }: Planner,
): Promise<Second> {
  const exchanged = planningOfSource(context);
  given.both.places = places;
  const writer = new ExchangedWriter(given.writer, given.both, exchanged.words);
  const unlisted = await unlistedFolders(exchanged);
  const counts = otherCounts(given.counts);
  const planner = new Planner(exchanged, { ...given, counts, writer, unlisted, isSecond: true });
  await planFolders(planner, exchanged);
  return { context: exchanged, planner, writer };
}

async function planRemovalsAtSource(
  { counts, ...given }: RemovalPlan,
  { context, planner, writer }: Second,
): Promise<void> {
  await planRemovals({ ...given, counts: otherCounts(counts), ...seenBy(planner) }, context, writer);
}

const seenBy = ({ places, followed, extras, claims, settledItems }: Planner) => ({
  ...{ places, followed, extras, claims, settledItems },
});

const otherCounts = ({ SOURCE, DESTINATION }: SeenCounts): SeenCounts => ({ SOURCE: DESTINATION, DESTINATION: SOURCE });

/** Items of one name are kept apart, and people should know that there are some. */
async function tellSharedNames(keys: readonly string[], { store }: ActiveContext): Promise<void> {
  if (keys.length === 0) return;
  const which = keys.slice(0, MAX_NAMED_KEYS).map((key) => `"/${key}"`);
  await store.log(
    'WARNING',
    `At the destination several items have one name in ${keys.length} places, such as ${which.join(', ')}. Each is kept as it is; what has the kind and the spelling of the source's item is taken for it.`,
  );
}

/** Source folders that could not be listed: they are reported, and nothing is done about them. */
async function unlistedFolders({ store }: ActiveContext): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const { key, problem } of store.sourceProblems()) if (problem.kind === 'FOLDER') keys.add(key);
  return keys;
}

/** Tells by name what the account may not do of what is planned; a try would show it only item by item. */
async function warnOfDenials(context: ActiveContext, { planned }: StepWriter): Promise<void> {
  await warnAtSide(context, planned.DESTINATION);
  if (changesSource(context.table)) await warnAtSide(swapped(context), planned.SOURCE);
}

async function warnAtSide(context: ActiveContext, planned: ReadonlyMap<PlanAction, number>): Promise<void> {
  const { destination, store, control } = context;
  if (planned.size === 0 || !destination.destination?.denials) return;
  const denials = await destination.destination.denials(callTo('DESTINATION', context, control.signal));
  for (const { action, message, remedy } of denials) {
    const count = planned.get(action) ?? 0;
    if (count > 0) await store.log('WARNING', `${message} ${count} of the planned steps need it. ${remedy}`);
  }
}
