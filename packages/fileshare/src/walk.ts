import { realpath } from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';
import { PlatformError } from '@sluice/core/platform';
import type { ListEntry, ListProblem } from '@sluice/core/platform';
import type { HeldFolder, RawEntry, ShareClient } from './client.js';
import { codeOf, platformError } from './errors.js';
import { isOurs, shown } from './paths.js';
import { removeIfAbandoned } from './temporary.js';

export interface Walk {
  start: readonly string[];
  isShallow: boolean;
  /** Epoch milliseconds, to tell abandoned temporary files. */
  now: number;
}

/**
 * Streams everything below the start, folder by folder and parents first. Holds the names of folders still to visit and
 * one batch of entries. Clears away temporary files of processes that are gone.
 */
export async function* walk(client: ShareClient, { start, isShallow, now }: Walk): AsyncGenerator<ListEntry> {
  const pending: (readonly string[])[] = [start];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    try {
      for await (const entry of children(client, path, now)) {
        if (entry.type === 'item' && entry.item.kind === 'FOLDER' && !isShallow) pending.push(entry.item.path);
        yield entry;
      }
    } catch (cause) {
      const error = platformError(cause, path);
      if (path === start && error.kind !== 'ACCESS_DENIED') throw error;
      yield problem(path, 'FOLDER', error);
    }
  }
}

async function* children(client: ShareClient, path: readonly string[], now: number): AsyncGenerator<ListEntry> {
  const folder = await client.hold(path);
  try {
    for await (const batch of folder.batches()) {
      const entries = await Promise.all(batch.map((raw) => entryOf(client, folder, raw, now)));
      for (const entry of entries) if (entry) yield entry;
    }
  } finally {
    await folder.close();
  }
}

/** The entry of a name; null when Sluice itself made the file (a temporary one, the trash), and when it vanished meanwhile. */
async function entryOf(client: ShareClient, folder: HeldFolder, raw: RawEntry, now: number): Promise<ListEntry | null> {
  const name = raw.name.toString();
  const path = [...folder.path, name];
  if (!Buffer.from(name).equals(raw.name))
    return problem(path, raw.isDirectory ? 'FOLDER' : 'FILE', unreadableName(path));
  if (isOurs(name)) {
    await removeIfAbandoned(folder, name, now);
    return null;
  }
  try {
    const stats = await folder.stats(name);
    if (!stats) return null;
    const item = client.itemOf(path, stats);
    return item ? { type: 'item', item } : problem(path, 'SPECIAL', await special(client, folder, name, stats));
  } catch (cause) {
    return problem(path, raw.isDirectory ? 'FOLDER' : 'FILE', platformError(cause, path));
  }
}

function problem(path: readonly string[], kind: ListProblem['kind'], error: PlatformError): ListEntry {
  return { type: 'problem', problem: { path, kind, error } };
}

function unreadableName(path: readonly string[]): PlatformError {
  return new PlatformError('NAME_INVALID', `The name of “${shown(path)}” is not valid UTF-8.`, {
    remedy: 'Rename it, for example with convmv.',
  });
}

async function special(
  client: ShareClient,
  folder: HeldFolder,
  name: string,
  stats: BigIntStats,
): Promise<PlatformError> {
  const what = stats.isSymbolicLink() ? `a symbolic link ${await whereTo(client, folder, name)}` : kindOf(stats);
  return new PlatformError('SPECIAL_FILE', `“${shown([...folder.path, name])}” is ${what} and is left alone.`, {
    remedy: 'Replace it by a file or folder if its content is wanted.',
  });
}

async function whereTo(client: ShareClient, folder: HeldFolder, name: string): Promise<string> {
  const root = await client.realRoot();
  const target = await realpath(folder.at(name)).catch((cause: unknown) => codeOf(cause));
  if (target === null || !target.startsWith('/')) return 'to nowhere';
  return `${target}/`.startsWith(root === '/' ? root : `${root}/`)
    ? 'to a place inside the share'
    : 'to a place outside the share';
}

function kindOf(stats: BigIntStats): string {
  if (stats.isFIFO()) return 'a named pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}
