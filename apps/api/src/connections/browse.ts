import type { Address, Call, Item, Platform } from '@sluice/core/platform';
import { decodeCursor, encodeCursor } from '../graphql/cursors.js';
import { pageOf, pageSize, type Page } from '../graphql/paging.js';
import { requestError } from '../graphql/errors.js';
import type { AddressInput, RemoteEntry } from './types.js';

export interface BrowseArguments {
  in?: AddressInput | null;
  foldersOnly: boolean;
  nameStartsWith?: string | null;
  first?: number | null;
  after?: string | null;
}

const MAX_PAGE = 200;

/** One page of a folder's content: folders first, each by name. Throws `PlatformError`. */
export async function browse(
  platform: Platform,
  connectionId: string,
  { in: place, foldersOnly, nameStartsWith, first, after }: BrowseArguments,
  call: Call,
): Promise<Page<RemoteEntry>> {
  const folder = addressOf(place);
  const list = ['browse', connectionId, folder, foldersOnly, nameStartsWith ?? null];
  const { size } = pageSize({ first }, MAX_PAGE);
  const start = after == null ? '' : String(decodeCursor(list, after)[0]);
  const beginning = (nameStartsWith ?? '').normalize('NFC').toLowerCase();
  const entries: { key: string; entry: RemoteEntry }[] = [];
  for await (const found of platform.source?.list({ folder, isShallow: true }, call) ?? []) {
    if (found.type === 'problem') continue;
    const entry = entryOf(found.item);
    const isWanted = entry.kind === 'FOLDER' || !foldersOnly;
    if (isWanted && entry.name.normalize('NFC').toLowerCase().startsWith(beginning))
      entries.push({ key: keyOf(entry), entry });
  }
  entries.sort((a, b) => (a.key < b.key ? -1 : 1));
  const rest = entries.filter(({ key }) => key > start);
  const shown = rest.slice(0, size).map(({ entry }) => entry);
  return pageOf(shown, (entry) => encodeCursor(list, [keyOf(entry)]), rest.length > size, rest.length < entries.length);
}

/** The root without an address. Throws BAD_USER_INPUT for a path that does not begin with a slash. */
export function addressOf(place: AddressInput | null | undefined): Address {
  if (place?.remoteId !== undefined) return { id: place.remoteId };
  const path = place?.path ?? '/';
  const segments = path.split('/').filter((segment) => segment !== '');
  if (!path.startsWith('/') || segments.some((segment) => segment === '.' || segment === '..')) {
    throw requestError('BAD_USER_INPUT', 'A path begins with a slash and has no segments "." or "..".');
  }
  return { path: segments };
}

function keyOf({ kind, name, remoteId }: RemoteEntry): string {
  return `${kind === 'FOLDER' ? 0 : 1}${name.normalize('NFC').toLowerCase()}\u0000${remoteId}`;
}

function entryOf(item: Item): RemoteEntry {
  return {
    remoteId: item.id,
    kind: item.kind,
    name: item.path.at(-1) ?? '',
    path: `/${item.path.join('/')}`,
    byteSize: item.size,
    modifiedAt: item.modifiedAt,
  };
}
