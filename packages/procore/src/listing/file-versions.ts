import { PlatformError } from '@sluice/core/platform';
import type { Call, Item } from '@sluice/core/platform';
import { isNewer, readFile, readVersions, versionKey } from '../api/adapter.js';
import type { Version } from '../api/adapter.js';
import { idOf, objectOf, recordOf, rowsOf } from '../api/json.js';
import { RecentMap } from '../api/recent-map.js';
import type { Session } from '../api/session.js';
import { throwIfAborted, untilAborted } from '../api/waits.js';
import { isKind, statusOf } from '../errors.js';

/** Folders whose versions are remembered: those that are worked on, and some more. */
const REMEMBERED_FOLDERS = 50;
/** Folders of which is known whether several of their files have former versions. */
const KNOWN_FOLDERS = 100_000;
const ALL_VERSIONS = { exclude_folders: true };

type OfFolder = ReadonlyMap<string, readonly Version[]>;

/**
 * The versions of files: of all files of a folder by one call, where several of them have former ones, or else of the file alone.
 * So each folder that holds such files costs a call at most.
 */
export class FileVersions {
  /** By folder: the file of it of which alone former versions were listed; null where there are several. */
  private readonly alone = new RecentMap<string, string | null>(KNOWN_FOLDERS);
  /** Null for a folder whose reply did not tell them. */
  private readonly folders = new RecentMap<string, Promise<OfFolder | null>>(REMEMBERED_FOLDERS);

  /** Whether a folder told fewer versions than its files have, so that no other one is asked for them. */
  private isShort = false;

  constructor(private readonly session: Session) {}

  /** Learns from what a listing tells, on its way. */
  async *learnt<Entry extends { type: string; item?: Item }>(entries: AsyncIterable<Entry>): AsyncGenerator<Entry> {
    for await (const entry of entries) {
      if (entry.item?.formerVersions) this.learn(entry.item);
      yield entry;
    }
  }

  private learn({ id, parentId }: Item): void {
    if (parentId === null || this.alone.get(parentId) === id) return;
    this.alone.set(parentId, this.alone.has(parentId) ? null : id);
  }

  /** All versions of the file, oldest first, the listed one among them. Throws `NOT_FOUND` for one that is gone. */
  async of(item: Item, call: Call): Promise<readonly Version[]> {
    throwIfAborted(call.signal);
    const { parentId, formerVersions = 0 } = item;
    const isAlone = this.isShort || parentId === null || this.alone.get(parentId) === item.id;
    const known = isAlone ? undefined : (await this.ofFolder(parentId, call))?.get(item.id);
    const isListed = known?.some((version) => versionKey(version) === item.version);
    if (known && isListed && known.length > formerVersions) return known;
    this.isShort ||= isListed === true;
    return this.ofFile(item.id, call);
  }

  /** As they are now, likewise. */
  async ofFile(id: string, call: Call): Promise<readonly Version[]> {
    const reply = await this.session.client.file(id, call).catch(nothingAt404);
    const file = reply && readFile(reply.json);
    if (!file || file.isRecycled) throw new PlatformError('NOT_FOUND', 'The file does not exist in Procore any more.');
    return inOrder(readVersions(reply.json));
  }

  /** Several files ask at the same time, and the one that asked first may be broken off. */
  private async ofFolder(id: string, call: Call): Promise<OfFolder | null> {
    for (;;) {
      const known = this.folders.get(id);
      if (!known) return untilAborted(this.begin(id, call), call.signal);
      const found = await untilAborted(known, call.signal).catch((error: unknown) => {
        throwIfAborted(call.signal);
        if (isKind(error, 'ABORTED')) return undefined;
        throw error;
      });
      if (found !== undefined) return found;
    }
  }

  private begin(id: string, call: Call): Promise<OfFolder | null> {
    const reading = this.readFolder(id, call);
    this.folders.set(id, reading);
    reading.catch(() => this.folders.delete(id));
    return reading;
  }

  private async readFolder(id: string, call: Call): Promise<OfFolder | null> {
    try {
      const { json } = await this.session.client.folder(id, ALL_VERSIONS, call);
      const files = (rowsOf(objectOf(json)?.['files']) ?? []).map((row) => recordOf(row) ?? {});
      return new Map(files.map((file) => [idOf(file['id']) ?? '', inOrder(readVersions(file))]));
    } catch (error) {
      throwIfAborted(call.signal);
      if (error instanceof PlatformError && !error.concernsAccount) return null;
      throw error;
    }
  }
}

const inOrder = (versions: Version[]): readonly Version[] =>
  versions.sort((one, other) => (isNewer(one, other) ? 1 : -1));

function nothingAt404(error: unknown): null {
  if (statusOf(error) === 404) return null;
  throw error;
}
