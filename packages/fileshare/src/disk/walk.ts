import type { BigIntStats } from 'node:fs';
import { identityOf, PlatformError } from '@sluice/core/platform';
import type { ListEntry, ListProblem } from '@sluice/core/platform';
import { platformError } from '../errors.js';
import { isOurs, shown } from '../paths.js';
import type { HeldFolder, RawEntry } from './held-folder.js';
import type { ShareRoot } from './share-root.js';

type PlacedEntry = Extract<ListEntry, { type: 'item' | 'problem' }>;
export type WalkEntry = Exclude<ListEntry, { type: 'deleted' }>;

export interface Walk {
  start: readonly string[];
  isShallow: boolean;
}

/**
 * Streams everything below the start in batches, folder by folder and parents first. Holds the names of folders still to
 * visit and one batch of entries. Changes nothing: what killed runs left is for those who write there.
 */
export function* walk(share: ShareRoot, { start, isShallow }: Walk): Generator<WalkEntry[]> {
  const pending: (readonly string[])[] = [start];
  let seen = 0;
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    try {
      for (const entries of children(share, path)) {
        for (const entry of entries) {
          if (entry.type === 'item' && entry.item.kind === 'FOLDER' && !isShallow) pending.push(entry.item.path);
        }
        seen += entries.filter(({ type }) => type === 'item').length;
        yield entries;
      }
    } catch (cause) {
      const error = platformError(cause, path);
      if (path === start && error.kind !== 'ACCESS_DENIED') throw error;
      yield [problem(path, 'FOLDER', error)];
    }
  }
  yield [{ type: 'end', proof: { root: rootOf(share, start), seen, total: null } }];
}

/** Identity of the folder that stands at the start now, whatever stood there when the walk began. */
function rootOf(share: ShareRoot, start: readonly string[]): string {
  const folder = share.find(start);
  if (folder?.kind === 'FOLDER') return identityOf(folder);
  throw new PlatformError('NOT_FOUND', `“${shown(start)}” was taken away while it was listed.`);
}

function* children(share: ShareRoot, path: readonly string[]): Generator<PlacedEntry[]> {
  const folder = share.hold(path);
  try {
    for (const batch of folder.batches()) {
      yield batch.map((raw) => entryOf(share, folder, raw)).filter((entry) => entry !== null);
    }
  } finally {
    folder.close();
  }
}

/** The entry of a name; null when Sluice itself made the file (a temporary one, the trash), and when it vanished meanwhile. */
function entryOf(share: ShareRoot, folder: HeldFolder, raw: RawEntry): PlacedEntry | null {
  const name = raw.name.toString();
  const path = [...folder.path, name];
  if (!Buffer.from(name).equals(raw.name))
    return problem(path, raw.isDirectory ? 'FOLDER' : 'FILE', unreadableName(path));
  if (isOurs(name)) return null;
  try {
    const stats = folder.stats(name);
    if (!stats) return null;
    const item = share.itemOf(path, stats);
    return item ? { type: 'item', item } : problem(path, 'SPECIAL', special(share, folder, name, stats));
  } catch (cause) {
    return problem(path, raw.isDirectory ? 'FOLDER' : 'FILE', platformError(cause, path));
  }
}

function problem(path: readonly string[], kind: ListProblem['kind'], error: PlatformError): PlacedEntry {
  return { type: 'problem', problem: { path, kind, error } };
}

function unreadableName(path: readonly string[]): PlatformError {
  return new PlatformError('NAME_INVALID', `The name of “${shown(path)}” is not valid UTF-8.`, {
    remedy: 'Rename it, for example with convmv.',
  });
}

function special(share: ShareRoot, folder: HeldFolder, name: string, stats: BigIntStats): PlatformError {
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

function kindOf(stats: BigIntStats): string {
  if (stats.isFIFO()) return 'a named pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}
