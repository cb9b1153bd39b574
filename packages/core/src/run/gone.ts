import { decideContent, putsBack } from '../decide/index.js';
import { seen, stateOf, type Sighting, type Triple } from '../pair/index.js';
import type { LedgerEntry } from '../plan/index.js';
import { identityOf } from '../platform/index.js';
import type { ActiveContext } from './context.js';
import type { MovedPlaces } from './moved-places.js';
import { replacementOf } from './replacement.js';

/** Whether the source shows what the ledger knows: by itself, or by what took its place, as programs save files. */
export async function isShown(
  { id, kind, sourceId, sourceKey }: LedgerEntry,
  store: ActiveContext['store'],
): Promise<boolean> {
  if (await store.destinationById(sourceId, 'SOURCE')) return true;
  const there = await store.sourceByKey(sourceKey);
  if (there?.item.kind !== kind || (await store.entryOf('SOURCE', identityOf(there.item)))) return false;
  return (await store.placeOwner('SOURCE', sourceKey, kind))?.id === id;
}

/** Evidence that an item which the source does not show is gone: a whole listing, and the recycle bin where there is one. */
export async function isProvedGone(
  { sourceKey: key, sourceId: id }: LedgerEntry,
  { store, source }: Pick<ActiveContext, 'store' | 'source'>,
): Promise<boolean> {
  const absence = source.source?.absence;
  if (absence === undefined || (await store.coverage('SOURCE', key)) !== 'WHOLE') return false;
  return absence === 'LISTING' || store.isSeenDeleted({ key, id });
}

/**
 * What the source does not show, with what the destination has of it. `asked` is what the source is asked about: the entry, or that
 * of the file whose former version it is.
 */
export async function tripleOfLost(base: LedgerEntry, asked: LedgerEntry, context: ActiveContext): Promise<Triple> {
  const { store } = context;
  const source: Sighting = (await isProvedGone(asked, context)) ? 'ABSENT' : 'UNKNOWN';
  const there = (await store.destinationById(base.destinationId)) ?? (await replacementOf(base, context));
  if (there?.item.kind === base.kind) return { source, base, destination: there };
  // In a bin or hidden: a destination of which only the bin proves deletions is not asked for it.
  const isProved = context.destination.source?.absence === 'LISTING';
  const isWhole = isProved && (await store.coverage('DESTINATION', base.destinationKey)) === 'WHOLE';
  return { source, base, destination: isWhole ? 'ABSENT' : 'UNKNOWN' };
}

/** Whether what the source does not show is removed at the destination, if it is a file or an emptied folder. */
export const isRemoved = (triple: Triple, table: ActiveContext['table'], followed: Pick<MovedPlaces, 'now'>): boolean =>
  decideContent(table, stateOf(triple)) === 'REMOVE_DESTINATION' && (putsBack(table) || isInPlace(triple, followed));

/**
 * Whether it stands at the destination where the ledger has it; what people moved survives. `followed`: where folders are that came
 * along with one which is followed, by the keys that the ledger has.
 */
export function isInPlace(
  { base, destination }: Pick<Triple, 'base' | 'destination'>,
  followed: Pick<MovedPlaces, 'now'>,
): boolean {
  return base !== null && seen(destination)?.key === followed.now(base.destinationKey, base.kind);
}
