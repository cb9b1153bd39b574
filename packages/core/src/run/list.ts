import { PlatformError, type Call, type Item, type Platform } from '../platform/index.js';
import { pathKey, type Side } from '../plan/index.js';
import { callTo, type ActiveContext } from './context.js';
import type { StagedItem, StagedProblem } from './ports.js';
import type { RootItems } from './question.js';

const BATCH_ENTRIES = 500;

/** Items seen at each side. */
export type SeenCounts = Record<Side, number>;

/** The folders at both places. The destination may be missing: it will be created. */
export async function findRoots(context: ActiveContext): Promise<RootItems> {
  const { signal } = context.control;
  const source = await context.source.find({ path: context.sourceRoot }, callTo('SOURCE', context, signal));
  if (!source) throw missing('source', context.sourceRoot);
  const call = callTo('DESTINATION', context, signal);
  const destination = await context.destination.find({ path: context.destinationRoot }, call);
  if (destination && destination.kind !== 'FOLDER') throw missing('destination', context.destinationRoot);
  return { source, destination };
}

/** Lists both sides at the same time into the store. */
export async function listBothSides({ destination }: RootItems, context: ActiveContext): Promise<SeenCounts> {
  const failed = new AbortController();
  const signal = AbortSignal.any([context.control.signal, failed.signal]);
  const seen: SeenCounts = { SOURCE: 0, DESTINATION: 0 };
  const listings = [listSource(context, seen, signal), listDestination(destination, context, seen, signal)];
  const guarded = listings.map((listing) =>
    listing.catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  const [first] = (await Promise.allSettled(guarded)).filter((result) => result.status === 'rejected');
  if (first) throw failed.signal.reason;
  return seen;
}

async function listSource(context: ActiveContext, seen: SeenCounts, signal: AbortSignal): Promise<void> {
  const call = callTo('SOURCE', context, signal);
  seen.SOURCE = await stageAll('SOURCE', context.source, context.sourceRoot, context, call);
}

async function listDestination(
  root: Item | null,
  context: ActiveContext,
  seen: SeenCounts,
  signal: AbortSignal,
): Promise<void> {
  if (!root) return;
  const call = callTo('DESTINATION', context, signal);
  await context.store.stage('DESTINATION', [{ key: '', item: root }]);
  seen.DESTINATION = await stageAll('DESTINATION', context.destination, context.destinationRoot, context, call);
}

function missing(side: string, path: readonly string[]): PlatformError {
  return new PlatformError('NOT_FOUND', `The ${side} folder "/${path.join('/')}" does not exist.`, {
    remedy: 'Choose another folder in the job, or create it.',
  });
}

async function stageAll(
  side: Side,
  platform: Platform,
  root: readonly string[],
  context: ActiveContext,
  call: Call,
): Promise<number> {
  if (!platform.source) throw new PlatformError('REJECTED', `The ${side.toLowerCase()} cannot be listed.`);
  let seen = 0;
  const batch = { items: [] as StagedItem[], problems: [] as StagedProblem[] };
  const flush = async () => {
    const items = batch.items.splice(0);
    seen += items.length;
    await context.store.stage(side, items);
    await context.store.stageProblems(side, batch.problems.splice(0));
    if (side === 'SOURCE')
      context.report.discovered(
        items.length,
        items.reduce((sum, { item }) => sum + (item.size ?? 0), 0),
      );
  };
  for await (const entry of platform.source.list({ folder: { path: root } }, call)) {
    if (entry.type === 'item') batch.items.push({ key: relativeKey(entry.item.path, root), item: entry.item });
    else batch.problems.push({ key: relativeKey(entry.problem.path, root), problem: entry.problem });
    if (batch.items.length + batch.problems.length >= BATCH_ENTRIES) await flush();
  }
  await flush();
  return seen;
}

const relativeKey = (path: readonly string[], root: readonly string[]) => pathKey(path.slice(root.length));
