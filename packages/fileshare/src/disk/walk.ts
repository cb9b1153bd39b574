import { ItemFilter } from '@sluice/core/filter';
import { identityOf, PlatformError } from '@sluice/core/platform';
import type { Details, Item, ItemRule, ListEntry, ListingProof, ListProblem } from '@sluice/core/platform';
import { platformError } from '../errors.js';
import { isOurs, shown } from '../paths.js';
import { readerOf, type DetailReader } from './details.js';
import { folderEntries } from './folder-entries.js';
import type { FolderEntry } from './folder-entries.js';
import type { FolderManifest } from './folder-manifest.js';
import type { HeldFolder } from './held-folder.js';
import type { ShareRoot } from './share-root.js';
import type { StatRecord } from './stat-record.js';

type PlacedEntry = Extract<ListEntry, { type: 'item' | 'problem' }>;
export type WalkEntry = Exclude<ListEntry, { type: 'deleted' }>;

export interface Walk {
  start: readonly string[];
  isShallow: boolean;
  /** Folders that they leave out by their places are not entered. */
  rules: readonly ItemRule[];
  /** What is told of items beyond what costs nothing. */
  details?: Details | undefined;
  /** Files that a manifest knows to be former contents of others are told as versions of these. */
  joinsVersions?: boolean | undefined;
  /** See `ListRequest`. */
  isMostlyKnown?: boolean | undefined;
}

/** What was made of some entries of one folder. */
export interface Seen<T> {
  value: T;
  items: number;
  /** Names of the folders among them. */
  folders: readonly string[];
}

/** What a walk makes of what it meets. */
export interface Visitor<T> {
  look(share: ShareRoot, folder: HeldFolder): Generator<Seen<T>>;
  fail(problem: ListProblem): T;
}

/**
 * Visits everything below the start, folder by folder and parents first. Holds the names of folders still to visit and
 * what the visitor makes of some entries. Changes nothing: what killed runs left is for those who write there.
 */
export function* visit<T>(
  share: ShareRoot,
  { start, isShallow, rules }: Omit<Walk, 'details'>,
  visitor: Visitor<T>,
): Generator<T, ListingProof> {
  const filter = new ItemFilter(rules, 0);
  const isEntered = (path: readonly string[]) => filter.mayBeIn(path.slice(start.length), 'FOLDER');
  const pending: (readonly string[])[] = [start];
  let seen = 0;
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    try {
      for (const { value, items, folders } of children(share, path, visitor)) {
        const below = isShallow ? [] : folders.map((name) => [...path, name]);
        for (const folder of below) if (rules.length === 0 || isEntered(folder)) pending.push(folder);
        seen += items;
        yield value;
      }
    } catch (cause) {
      const error = platformError(cause, path);
      if (path === start && error.kind !== 'ACCESS_DENIED') throw error;
      yield visitor.fail({ path, kind: 'FOLDER', error });
    }
  }
  return { root: rootOf(share, start), seen, total: null };
}

function* children<T>(share: ShareRoot, path: readonly string[], visitor: Visitor<T>): Generator<Seen<T>> {
  const folder = share.hold(path);
  try {
    yield* visitor.look(share, folder);
  } finally {
    folder.close();
  }
}

const entryByEntry = (reader: DetailReader | null, what: Walk): Visitor<WalkEntry[]> => ({
  *look(share, folder) {
    const manifest = share.manifestIn(folder, what.details);
    if (manifest?.problem) yield { value: [{ type: 'problem', problem: manifest.problem }], items: 0, folders: [] };
    const former = formerIn(manifest, what);
    const told = (item: Item) => manifest?.add(item, what.joinsVersions) ?? item;
    for (const batch of folderEntries(folder)) {
      const value = batch
        .filter(({ text }) => text === null || !former.has(text))
        .map((entry) => entryOf(share, folder, entry, reader))
        .filter((entry) => entry !== null)
        .map((entry) => (entry.type === 'item' ? { ...entry, item: told(entry.item) } : entry));
      const items = value.flatMap((entry) => (entry.type === 'item' ? [entry.item] : []));
      const folders = items.flatMap(({ kind, path }) => (kind === 'FOLDER' ? [path.at(-1) ?? ''] : []));
      yield { value, items: items.length, folders };
    }
  },
  fail: (problem) => [{ type: 'problem', problem }],
});

/** Names of files that are told as versions of others. */
export const formerIn = (manifest: FolderManifest | null, { joinsVersions = false }: Walk): ReadonlySet<string> =>
  joinsVersions && manifest ? manifest.former() : new Set();

/** Streams everything below the start in batches. */
export function* walk(share: ShareRoot, what: Walk): Generator<WalkEntry[]> {
  yield [{ type: 'end', proof: yield* visit(share, what, entryByEntry(readerOf(share.disk, what.details), what)) }];
}

/** Identity of the folder that stands at the start now, whatever stood there when the walk began. */
function rootOf(share: ShareRoot, start: readonly string[]): string {
  const folder = share.find(start);
  if (folder?.kind === 'FOLDER') return identityOf(folder);
  throw new PlatformError('NOT_FOUND', `“${shown(start)}” was taken away while it was listed.`);
}

/** The entry of a name; null when Sluice itself made the file (a temporary one, the trash), and when it vanished meanwhile. */
function entryOf(
  share: ShareRoot,
  folder: HeldFolder,
  entry: FolderEntry,
  reader: DetailReader | null,
): PlacedEntry | null {
  const found = lookAt(share, folder, entry);
  if (found === null) return null;
  if ('problem' in found) return { type: 'problem', problem: found.problem };
  const item = share.itemOf([...folder.path, found.name], found.stats);
  return item && { type: 'item', item: { ...item, ...reader?.of(folder, item, found.stats) } };
}

/** A file or folder, as long as nothing else is looked at. */
interface Found {
  name: string;
  stats: StatRecord;
}

/** What stands under a name: a file or folder, or why it is left alone; null likewise. */
export function lookAt(
  share: ShareRoot,
  folder: HeldFolder,
  entry: FolderEntry,
): Found | { problem: ListProblem } | null {
  const { text: name } = entry;
  const kind = entry.isDirectory ? 'FOLDER' : 'FILE';
  if (name === null) {
    const path = [...folder.path, entry.name.toString()];
    return { problem: { path, kind, error: unreadableName(path) } };
  }
  if (isOurs(name)) return null;
  try {
    const stats = folder.look(name);
    if (stats === null || stats.isFile() || stats.isDirectory()) return stats && { name, stats };
    return { problem: { path: [...folder.path, name], kind: 'SPECIAL', error: special(share, folder, name, stats) } };
  } catch (cause) {
    const path = [...folder.path, name];
    return { problem: { path, kind, error: platformError(cause, path) } };
  }
}

function unreadableName(path: readonly string[]): PlatformError {
  return new PlatformError('NAME_INVALID', `The name of “${shown(path)}” is not valid UTF-8.`, {
    remedy: 'Rename it, for example with convmv.',
  });
}

function special(share: ShareRoot, folder: HeldFolder, name: string, stats: StatRecord): PlatformError {
  const what = stats.isSymbolicLink() ? `a symbolic link ${whereTo(share, folder, name)}` : kindOf(stats);
  return new PlatformError('SPECIAL_FILE', `“${shown([...folder.path, name])}” is ${what} and is left alone.`, {
    remedy: 'Replace it by a file or folder if its content is wanted.',
  });
}

function whereTo(share: ShareRoot, folder: HeldFolder, name: string): string {
  const { root } = share.facts;
  const target = targetOf(folder, name);
  if (target === null) return 'to nowhere';
  return `${target}/`.startsWith(root === '/' ? root : `${root}/`)
    ? 'to a place inside the share'
    : 'to a place outside the share';
}

function targetOf(folder: HeldFolder, name: string): string | null {
  try {
    return folder.disk.realpath(folder.at(name));
  } catch {
    return null;
  }
}

function kindOf(stats: StatRecord): string {
  if (stats.isFIFO()) return 'a named pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}
