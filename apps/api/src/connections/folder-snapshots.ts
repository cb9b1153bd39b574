import { createHash } from 'node:crypto';
import type { Clock } from '@sluice/core/http';
import type { RemoteEntry } from './remote.types.js';

const KEPT_MS = 5 * 60_000;
const MAX_ENTRIES = 100_000;
const MAX_SNAPSHOTS_PER_OWNER = 8;

/** The content of a folder at one moment, in the order in which it is shown. */
export interface FolderSnapshot {
  /** Hash of the content: equal content has the same identifier in every process. */
  id: string;
  entries: readonly { sortName: string; entry: RemoteEntry }[];
}

interface FolderKey {
  owner: string;
  folder: string;
}

interface KeptSnapshot extends FolderKey {
  snapshot: FolderSnapshot;
  expiresAt: number;
}

/** Orders what a listing found: folders first, each by name. */
export function takeSnapshot(content: readonly RemoteEntry[]): FolderSnapshot {
  const entries = content.map((entry) => ({ sortName: entry.name.normalize('NFC').toLowerCase(), entry }));
  const rank = ({ entry }: { entry: RemoteEntry }) => (entry.kind === 'FOLDER' ? 0 : 1);
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  entries.sort(
    (a, b) => rank(a) - rank(b) || order(a.sortName, b.sortName) || order(a.entry.remoteId, b.entry.remoteId),
  );
  const hash = createHash('sha256');
  for (const { entry } of entries) hash.update(JSON.stringify([entry.kind, entry.name, entry.remoteId]));
  return { id: hash.digest('base64url').slice(0, 16), entries };
}

/**
 * Listings of folders that somebody is paging through, so that a further page costs no listing. Beyond the bounds the
 * listing that was used least recently is dropped; the caller then lists the folder again and compares the identifiers.
 */
export class FolderSnapshots {
  /** Snapshots by folder, the most recently used one last. */
  private readonly kept = new Map<string, KeptSnapshot>();

  constructor(private readonly clock: Pick<Clock, 'monotonic'>) {}

  find(key: FolderKey, id: string): FolderSnapshot | null {
    const kept = this.kept.get(nameOf(key));
    if (kept === undefined || kept.snapshot.id !== id || kept.expiresAt <= this.clock.monotonic()) return null;
    this.keep(key, kept.snapshot);
    return kept.snapshot;
  }

  /** Keeps a snapshot in place of an earlier one of the same folder. */
  keep(key: FolderKey, snapshot: FolderSnapshot): void {
    const now = this.clock.monotonic();
    this.kept.delete(nameOf(key));
    this.kept.set(nameOf(key), { ...key, snapshot, expiresAt: now + KEPT_MS });
    for (const [name, { expiresAt }] of this.kept) if (expiresAt <= now) this.kept.delete(name);
    this.shrink(
      ({ owner }) => owner === key.owner,
      (all) => all.length > MAX_SNAPSHOTS_PER_OWNER,
    );
    this.shrink(
      () => true,
      (all) => all.reduce((sum, each) => sum + each.snapshot.entries.length, 0) > MAX_ENTRIES,
    );
  }

  private shrink(isMeant: (kept: KeptSnapshot) => boolean, isTooMuch: (all: KeptSnapshot[]) => boolean): void {
    const meant = [...this.kept.values()].filter(isMeant);
    while (meant.length > 0 && isTooMuch(meant)) this.kept.delete(nameOf(meant.shift() as KeptSnapshot));
  }
}

function nameOf({ owner, folder }: FolderKey): string {
  return JSON.stringify([owner, folder]);
}
