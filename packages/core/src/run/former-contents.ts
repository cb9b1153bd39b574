import {
  fileIdentityOf,
  isVersionFile,
  mostVersionFiles,
  versionFilesOf,
  type Policies,
  type VersionFile,
} from '../plan/index.js';
import {
  packItems,
  PlatformError,
  unpackItems,
  type ByteRange,
  type Call,
  type Item,
  type Platform,
} from '../platform/index.js';
import type { EngineStore, StagedFolder } from './ports/index.js';
import { ofSource } from './source-errors.js';

/** Files whose former contents are remembered: those that are under way, and some more. */
export const REMEMBERED_FILES = 200;

interface Given {
  source: Platform;
  destination: Pick<Platform, 'capabilities'>;
  policies: Policies;
}

/** How many of the newest contents of a file come, the former ones as files of their own; 1 where none does. */
export const versionFilesIn = ({ source, destination, policies }: Given): number =>
  source.source?.versions ? mostVersionFiles(policies, destination.capabilities) : 1;

/** What was listed in folders, each file with its former contents beside it where they come as files. */
export function withVersionFiles(folders: readonly StagedFolder[], given: Given): readonly StagedFolder[] {
  const most = versionFilesIn(given);
  return most === 1 ? folders : folders.map((folder) => withFormer(folder, most));
}

function withFormer({ key, items }: StagedFolder, most: number): StagedFolder {
  const listed = unpackItems(items);
  const former = listed.flatMap((item) => versionFilesOf(item, most));
  return { key, items: former.length === 0 ? items : packItems(items.folder, [...listed, ...former]) };
}

/** Finds the former contents that come as files; the source is asked once for all of one file that come one after the other. */
export class FormerContents {
  private readonly known = new Map<string, Promise<readonly Item[] | null>>();

  constructor(private readonly context: { source: Platform; store: Pick<EngineStore, 'destinationById'> }) {}

  /** What can be opened for an item of the source; null for a former content of a file that is gone. */
  async of(item: Item, call: Call): Promise<Item | null> {
    if (!isVersionFile(item)) return item;
    const all = await this.contentsOf(item, call);
    return all && (all[item.versionNumber - 1] ?? null);
  }

  async *open(item: Item, call: Call, range?: ByteRange): AsyncGenerator<Uint8Array> {
    const content = await this.of(item, call);
    if (!content) throw new PlatformError('NOT_FOUND', 'The file of that version is not there any more.');
    yield* this.context.source.source!.open(content, call, range);
  }

  private contentsOf(item: VersionFile, call: Call): Promise<readonly Item[] | null> {
    const id = fileIdentityOf(item);
    const known = this.known.get(id) ?? this.read(item, call);
    this.known.delete(id);
    this.known.set(id, known);
    if (this.known.size > REMEMBERED_FILES) this.known.delete(this.known.keys().next().value!);
    known.catch(() => this.known.delete(id));
    return known;
  }

  private async read(item: VersionFile, call: Call): Promise<readonly Item[] | null> {
    try {
      const listed = (await this.context.store.destinationById(fileIdentityOf(item), 'SOURCE'))?.item;
      return (listed && (await this.versions(listed, call))) ?? (await this.readNow(item, call));
    } catch (error) {
      throw error instanceof PlatformError ? ofSource(error) : error;
    }
  }

  /** Those of the file as it stands now, which has another content than it was listed with. */
  private async readNow({ id }: Item, call: Call): Promise<readonly Item[] | null> {
    const now = await this.context.source.find({ id }, call);
    if (now?.kind !== 'FILE') return null;
    const all = await this.versions(now, call);
    if (all) return all;
    throw new PlatformError('CHANGED_DURING_READ', 'The file gets new versions while they are read.');
  }

  /** Null where the file is not as it was listed any more. Throws where one of its contents is not told: their numbers would be wrong. */
  private async versions(file: Item, call: Call): Promise<readonly Item[] | null> {
    const all = await this.context.source.source!.versions!(file, call).catch(changed);
    if (all === null || all.length === (file.formerVersions ?? 0) + 1) return all;
    const message = `The source has ${(file.formerVersions ?? 0) + 1} versions of the file and tells of ${all.length}.`;
    throw new PlatformError('PLATFORM_ERROR', message, { retry: 'later' });
  }
}

function changed(error: unknown): null {
  const isChanged = error instanceof PlatformError && ['CHANGED_DURING_READ', 'NOT_FOUND'].includes(error.kind);
  if (isChanged) return null;
  throw error;
}
