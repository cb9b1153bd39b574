/** Full listings are never further apart than so many listings of changes, and so long. */
export const MAX_DELTAS = 20;
const FULL_EVERY_DAYS = 7;
const DAY_MS = 24 * 3_600_000;

/** What a later listing of changes needs to know of the one that it goes on from. */
export interface KnownListing {
  /** See `ListingProof`. */
  token: string;
  /** Identity of the folder that stood there. */
  root: string;
  /** Of the connection and the policies that decide what is listed. */
  settings: string;
  /** Begin of the last full listing, epoch milliseconds. */
  fullAt: number;
  /** Listings of changes since then. */
  deltas: number;
}

export interface ListingWish extends Pick<KnownListing, 'root' | 'settings'> {
  /** Epoch milliseconds. */
  now: number;
  /** Whether somebody asked for a full listing. */
  isFull: boolean;
}

/** Why a place has to be listed as a whole, in a sentence for people; null when a listing of changes will do. */
export function fullBecause(known: KnownListing | null, { root, settings, now, isFull }: ListingWish): string | null {
  if (isFull) return 'A full listing was asked for.';
  if (known === null) return 'No complete listing of a finished run is known from which to go on.';
  if (known.root !== root) return 'Another folder stands there than at the last listing.';
  if (known.settings !== settings)
    return 'The connection, its sign-in or the policies of the job changed since the last listing.';
  if (known.deltas >= MAX_DELTAS) return `The last ${known.deltas} listings showed changes only.`;
  if (now < known.fullAt) return 'The clock was set back since the last full listing.';
  if (now - known.fullAt >= FULL_EVERY_DAYS * DAY_MS)
    return `The last full listing is ${FULL_EVERY_DAYS} days old or older.`;
  return null;
}
