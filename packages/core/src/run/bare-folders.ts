import { nameKey } from '../naming/index.js';
import { changesSource } from '../decide/index.js';
import type { PolicyValue, Side } from '../plan/index.js';
import { pathSegments } from '../plan/index.js';
import { PlatformError } from '../platform/index.js';
import { givesBelongings } from './belongings.js';
import { callTo, type ActiveContext } from './context.js';
import { versionFilesIn } from './former-contents.js';
import { concernsOneItem } from './one-item.js';

const NEEDS_FILES: Readonly<Record<PolicyValue<'emptyFolders'>, boolean>> = { CREATE: false, SKIP: true };

/**
 * Whether folders that are as they were may be kept without their files. Where the plan is about some items only, and where
 * it asks of each folder what is in it, nearly all would have to be listed again; that is cheap on platforms only that list
 * many items at once; and a listing from which a later one goes on has to be whole.
 */
export function mayStayBare(context: ActiveContext): boolean {
  return context.only === null && mayRest(context);
}

function mayRest(context: ActiveContext): boolean {
  const { source, destination, policies, table } = context;
  if (versionFilesIn(context) > 1) return false;
  const isCheap = source.source?.listPacked !== undefined && destination.source?.listPacked !== undefined;
  const isKept = source.source?.changes !== undefined || destination.source?.changes !== undefined;
  const isSettled = !changesSource(table) && !NEEDS_FILES[policies.emptyFolders] && !givesBelongings(context);
  return isCheap && !isKept && isSettled;
}

/** Names that are one by these rules may be two by others, and what is in by these filters may be out. */
export const rulesOfListing = ({ destination: { limits }, sifter }: ActiveContext): string =>
  `${limits.isCaseSensitive} ${limits.isUnicodeFormSensitive}${sifter.digest}`;

/** A run at its end leaves what the next one needs to find folders as they are; a person who stops it need not wait for that. */
export async function recordRest(context: ActiveContext): Promise<void> {
  if (!mayRest(context)) return;
  const nameKeyOf = (name: string) => nameKey(name, context.destination.limits);
  for await (const _ of context.store.recordRest({ text: rulesOfListing(context), nameKeyOf }))
    if (context.control.isStopping) return;
}

/** Lists the two halves of a bare folder again, to decide about their items one by one. */
export async function listAgain(keys: Readonly<Record<Side, string>>, context: ActiveContext): Promise<void> {
  await stageAgain('SOURCE', keys.SOURCE, context);
  await stageAgain('DESTINATION', keys.DESTINATION, context);
}

async function stageAgain(side: Side, key: string, context: ActiveContext): Promise<void> {
  const { store, control, sifter } = context;
  const isSifted = side === 'SOURCE' && !sifter.isEmpty;
  const [platform, root] =
    side === 'SOURCE' ? [context.source, context.sourceRoot] : [context.destination, context.destinationRoot];
  const path = [...root, ...pathSegments(key)];
  const listing = platform.source!.listPacked!(
    { folder: { path }, isShallow: true },
    callTo(side, context, control.signal),
  );
  try {
    const parts = [];
    for await (const { folders } of listing)
      parts.push(...folders.map((items) => (isSifted ? sifter.keepOf(items) : items)));
    await store.stageAgain(side, key, parts);
  } catch (error) {
    if (!(error instanceof PlatformError) || !concernsOneItem(error)) throw error;
    // It vanished or was locked since the listing: as if it could not be listed at all.
    await store.stageAgain(side, key, []);
    await store.stageProblems(side, [{ key, problem: { path, kind: 'FOLDER', error } }]);
  }
}
