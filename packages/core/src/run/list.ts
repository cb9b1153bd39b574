import { PlatformError, type Call, type Platform } from '../platform/index.js';
import { pathKey, type Side } from '../plan/index.js';
import { callTo, type ActiveContext } from './context.js';
import type { StagedItem, StagedProblem } from './ports.js';

const BATCH_ENTRIES = 500;

/** Lists both sides at the same time into the store. The destination may be missing: it will be created. */
export async function listBothSides(context: ActiveContext): Promise<void> {
  const failed = new AbortController();
  const signal = AbortSignal.any([context.control.signal, failed.signal]);
  const listings = [listSource(context, signal), listDestination(context, signal)].map((listing) =>
    listing.catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  const [first] = (await Promise.allSettled(listings)).filter((result) => result.status === 'rejected');
  if (first) throw failed.signal.reason;
}

async function listSource(context: ActiveContext, signal: AbortSignal): Promise<void> {
  const call = callTo('SOURCE', context, signal);
  const root = await context.source.find({ path: context.sourceRoot }, call);
  if (!root) throw missing('source', context.sourceRoot);
  await stageAll('SOURCE', context.source, context.sourceRoot, context, call);
}

async function listDestination(context: ActiveContext, signal: AbortSignal): Promise<void> {
  const call = callTo('DESTINATION', context, signal);
  const root = await context.destination.find({ path: context.destinationRoot }, call);
  if (!root) return;
  if (root.kind !== 'FOLDER') throw missing('destination', context.destinationRoot);
  await context.store.stage('DESTINATION', [{ key: '', item: root }]);
  await stageAll('DESTINATION', context.destination, context.destinationRoot, context, call);
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
): Promise<void> {
  if (!platform.source) throw new PlatformError('REJECTED', `The ${side.toLowerCase()} cannot be listed.`);
  const batch = { items: [] as StagedItem[], problems: [] as StagedProblem[] };
  const flush = async () => {
    const items = batch.items.splice(0);
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
}

const relativeKey = (path: readonly string[], root: readonly string[]) => pathKey(path.slice(root.length));
