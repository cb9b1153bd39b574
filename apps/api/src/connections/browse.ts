import { pathKey, pathSegments } from '@sluice/core/plan';
import type { Address, Call, Item, Platform } from '@sluice/core/platform';
import { decodeCursor, encodeCursor, invalidCursor } from '../graphql/cursors.js';
import { LARGE_PAGE_ROWS, pageOf, pageSize, type Page } from '../graphql/paging.js';
import { requestError } from '../graphql/errors.js';
import { takeSnapshot, type FolderSnapshots } from './folder-snapshots.js';
import type { AddressInput, RemoteEntry } from './remote.types.js';

export interface BrowseArguments {
  in?: AddressInput | null;
  foldersOnly: boolean;
  nameStartsWith?: string | null;
  first?: number | null;
  after?: string | null;
}

export interface Browsed {
  platform: Platform;
  /** Connection and version that a listing belongs to: after a change of the connection its earlier listings are not used. */
  connection: { id: string; version: number };
  snapshots: FolderSnapshots;
}

/**
 * One page of a folder's content: folders first, each by name. All pages come from one listing: a folder that has changed
 * since the first page is CURSOR_INVALID rather than mixed. Throws `PlatformError`.
 */
export async function browse(
  { platform, connection, snapshots }: Browsed,
  { in: place, foldersOnly, nameStartsWith, first, after }: BrowseArguments,
  call: Call,
): Promise<Page<RemoteEntry>> {
  const folder = addressOf(place);
  const list = ['browse', connection.id, folder, foldersOnly, nameStartsWith ?? null];
  const { size } = pageSize({ first }, LARGE_PAGE_ROWS);
  const from = after == null ? null : readCursor(list, after);
  const owner = JSON.stringify([connection.id, connection.version]);
  const key = { owner, folder: JSON.stringify(folder) };
  const known = from === null ? null : snapshots.find(key, from.snapshotId);
  const snapshot = known ?? takeSnapshot(await contentOf(platform, folder, call));
  if (known === null) snapshots.keep(key, snapshot);
  if (from !== null && from.snapshotId !== snapshot.id) throw changedFolder();
  const beginning = (nameStartsWith ?? '').normalize('NFC').toLowerCase();
  const wanted = snapshot.entries.filter(
    ({ sortName, entry }) => (!foldersOnly || entry.kind === 'FOLDER') && sortName.startsWith(beginning),
  );
  const start = from === null ? 0 : from.position + 1;
  const shown = wanted.slice(start, start + size).map(({ entry }, index) => ({ entry, position: start + index }));
  const page = pageOf(
    shown,
    ({ position }) => encodeCursor(list, [snapshot.id, position]),
    start + size < wanted.length,
    start > 0,
  );
  const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: node.entry }));
  return { edges, nodes: edges.map(({ node }) => node), pageInfo: page.pageInfo };
}

function readCursor(list: readonly unknown[], cursor: string): { snapshotId: string; position: number } {
  const [snapshotId, position] = decodeCursor(list, cursor);
  if (typeof snapshotId !== 'string' || !Number.isSafeInteger(position)) throw invalidCursor();
  return { snapshotId, position: position as number };
}

function changedFolder(): Error {
  return requestError(
    'CURSOR_INVALID',
    'The folder has changed since its first page; begin with the first page again.',
  );
}

async function contentOf(platform: Platform, folder: Address, call: Call): Promise<RemoteEntry[]> {
  const entries: RemoteEntry[] = [];
  for await (const found of platform.source?.list({ folder, isShallow: true }, call) ?? []) {
    if (found.type === 'item') entries.push(entryOf(found.item));
  }
  return entries;
}

/** The folder that a caller names; the root when nothing is named. Throws BAD_USER_INPUT for a path that does not begin with a slash. */
export function addressOf(place: AddressInput | null | undefined): Address {
  if (place?.remoteId !== undefined) return { id: place.remoteId };
  const path = place?.path ?? '/';
  const segments = pathSegments(path);
  if (!path.startsWith('/') || segments.some((segment) => segment === '.' || segment === '..')) {
    throw requestError('BAD_USER_INPUT', 'A path begins with a slash and has no segments "." or "..".');
  }
  return { path: segments };
}

export function entryOf(item: Item): RemoteEntry {
  return {
    remoteId: item.id,
    kind: item.kind,
    name: item.path.at(-1) ?? '',
    path: `/${pathKey(item.path)}`,
    byteSize: item.size,
    modifiedAt: item.modifiedAt,
  };
}
