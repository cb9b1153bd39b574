/*
 * listing/ finds out what a project holds: pages of a flat index (document-pages.ts), read until they are proven complete
 * (complete-listing.ts), the folders that give items their paths (folder-cache.ts), and single items (finder.ts).
 */
import { PlatformError } from '@sluice/core/platform';
import type { Call, Item, ListEntry, ListProblem, ListRequest } from '@sluice/core/platform';
import type { Document } from '../api/adapter.js';
import type { Query } from '../api/sender.js';
import type { AccessLadder } from '../sign-in/ladder.js';
import { isNotServed } from '../errors.js';
import { nameOf } from './folder-tree.js';
import { listChildren, walkFolders } from './folder-walk.js';
import type { Project } from './project.js';
import type { Completeness } from './tally.js';
import { pause, throwIfAborted } from '../api/waits.js';

/** Files this new may lack their version for a moment. */
const NEW_FOR_MS = 2 * 60_000;
/** Time after which files without version are looked at again. */
const VERSION_LAG_MS = 1500;
/** So many new files are shown one by one; more are listed again. */
const FILES_SHOWN_SINGLY = 10;
/** The filter by folder reaches 100 levels down; one less, in case it counts the folder itself. */
const FILTER_DEPTH = 99;
/** The clocks of Procore and of this machine differ by no more. */
const CHANGE_TIME_TOLERANCE_MS = 60 * 60_000;

/** Lists a folder: everything below it from the flat listing, folder by folder only where that does not serve. */
export async function* listFolder(
  project: Project,
  ladder: AccessLadder,
  request: ListRequest,
  call: Call,
): AsyncGenerator<ListEntry> {
  throwIfAborted(call.signal);
  try {
    const folder = await project.finder.find(request.folder, call);
    if (folder?.kind !== 'FOLDER') throw new PlatformError('NOT_FOUND', 'The folder does not exist in Procore.');
    if (request.isShallow) yield* listChildren(project, folder, call);
    else yield* new Listing(project, folder, call).entries();
  } catch (error) {
    throw await ladder.explained(error, call);
  }
}

/** One run through everything below a folder. */
class Listing {
  private readonly shownFolders = new Set<string>();
  /** Files shown so far, where several readings may bring the same one; else null. */
  private shownFiles: Set<string> | null = null;
  /** Rows whose parent is not known yet. */
  private orphans: Document[] = [];
  /** Files that lack their version for the moment. */
  private unfinished: Document[] = [];
  private fileCount = 0;
  /** Readings of the flat index in which fewer rows came than it counts. */
  private readonly unproven: Completeness[] = [];

  constructor(
    private readonly project: Project,
    private readonly folder: Item,
    private readonly call: Call,
  ) {
    this.shownFolders.add(folder.id);
  }

  async *entries(): AsyncGenerator<ListEntry> {
    const { folders } = this.project;
    if (!(await folders.readForListing(this.call))) {
      yield* this.walk();
      return;
    }
    this.judge(folders.completeness);
    yield* this.folders();
    let isServed = yield* this.files();
    if (isServed && (await this.areFilesMissing())) isServed = (yield* this.files()) && this.fileCount > 0;
    if (isServed) {
      yield* this.withParentsReadAgain();
      yield* this.withVersionsReadAgain();
      for (const completeness of this.unproven) yield this.unprovenProblem(completeness);
    } else yield* this.walk();
  }

  private judge(completeness: Completeness): void {
    if (!completeness.isProven) this.unproven.push(completeness);
  }

  private *folders(): Generator<ListEntry> {
    for (const folder of this.project.folders.tree.below(this.folder.id)) yield* this.folderEntry(folder);
  }

  private *folderEntry(folder: Document): Generator<ListEntry> {
    if (this.shownFolders.has(folder.id)) return;
    const item = this.project.folders.itemOf(folder);
    if (!item) return;
    this.shownFolders.add(folder.id);
    yield { type: 'item', item };
  }

  /** Folders from which the filter by folder reaches everything; null is the whole project, without that filter. */
  private startFolders(): (string | null)[] {
    const { tree } = this.project.folders;
    if (this.folder.path.length === 0) return [null];
    const depthOf = (id: string) => {
      const place = tree.placeIn(id);
      return place.state === 'LIVE' ? place.ids.length : 0;
    };
    const top = depthOf(this.folder.id);
    const deep = [...tree.below(this.folder.id)].filter(({ id }) => (depthOf(id) - top) % FILTER_DEPTH === 0);
    return [this.folder.id, ...deep.map(({ id }) => id)];
  }

  private fileRows(more: Query, folderId: string | null) {
    const filters = { 'filters[document_type]': 'file', ...(folderId && { 'filters[folder_id]': folderId }), ...more };
    return this.project.folders.listing.read(filters, this.call);
  }

  /** Returns false, before it yielded any file, when the flat index does not tell what a file needs. */
  private async *files(): AsyncGenerator<ListEntry, boolean> {
    const starts = this.startFolders();
    if (starts.length > 1) this.shownFiles ??= new Set();
    this.unproven.splice(0);
    this.judge(this.project.folders.completeness);
    for (const start of starts) if (!(yield* this.filesFrom(start))) return false;
    return true;
  }

  private async *filesFrom(start: string | null): AsyncGenerator<ListEntry, boolean> {
    const pages = this.fileRows({}, start);
    try {
      for (;;) {
        const next = await pages.next();
        if (next.done) {
          this.judge(next.value);
          return true;
        }
        if (this.fileCount === 0 && this.lackVersions(next.value)) return false;
        await this.project.session.meetHolders(next.value, this.call);
        for (const row of next.value) yield* this.rowEntry(row);
      }
    } catch (error) {
      if (this.fileCount === 0 && isNotServed(error)) return false;
      throw error;
    } finally {
      await pages.return({ isProven: true, seen: 0, total: null });
    }
  }

  private lackVersions(rows: readonly (Document | null)[]): boolean {
    const files = rows.filter((row) => row?.kind === 'FILE');
    return files.every((file) => file && lacksVersion(file)) && files.some((file) => file && !this.isNew(file));
  }

  private isNew(file: Document): boolean {
    return changeTimeOf(file) > this.project.session.waits.clock.now() - NEW_FOR_MS;
  }

  private *rowEntry(row: Document | null): Generator<ListEntry> {
    if (row === null) yield this.problem('FILE', ['(no identifier)'], 'Procore listed an item without identifier.');
    else if (row.isRecycled) return;
    else if (row.kind === 'FOLDER') yield* this.folderAmongFiles(row);
    else yield* this.fileEntry(row);
  }

  /** A platform that does not filter by type shows folders among the files. */
  private *folderAmongFiles(folder: Document): Generator<ListEntry> {
    const { tree } = this.project.folders;
    if (this.shownFolders.has(folder.id) || folder.id === tree.rootId) return;
    tree.put(folder);
    yield* this.inPlace(folder);
  }

  private *fileEntry(file: Document): Generator<ListEntry> {
    if (this.shownFiles?.has(file.id)) return;
    this.shownFiles?.add(file.id);
    this.fileCount += 1;
    if (lacksVersion(file) && this.isNew(file)) this.unfinished.push(file);
    else yield* this.inPlace(file);
  }

  /** What lies outside the folder or in the recycle bin is passed over; what has an unknown parent waits. */
  private *inPlace(document: Document): Generator<ListEntry> {
    const place = this.project.folders.tree.placeIn(document.parentId);
    if (place.state === 'UNKNOWN') this.orphans.push(document);
    if (place.state !== 'LIVE' || !place.ids.includes(this.folder.id)) return;
    if (document.kind === 'FOLDER') yield* this.folderEntry(document);
    else yield* this.itemEntry(document);
  }

  private *itemEntry(document: Document): Generator<ListEntry> {
    const item = this.project.folders.itemOf(document);
    if (item) yield { type: 'item', item };
  }

  /** No file at all, although a folder says that it holds some: one look into it decides. */
  private async areFilesMissing(): Promise<boolean> {
    if (this.fileCount > 0) return false;
    const { tree } = this.project.folders;
    const folders = [tree.get(this.folder.id), ...tree.below(this.folder.id)];
    const full = folders.find((folder) => folder?.hasFiles === true);
    if (!full) return false;
    const query = { exclude_folders: true, show_latest_file_version_only: true };
    const { children } = await this.project.session.contents(full.id, query, this.call);
    return children.some((child) => !child.isRecycled);
  }

  /** Folders that were made after the folders were read are read now; rows still without parent are reported. */
  private async *withParentsReadAgain(): AsyncGenerator<ListEntry> {
    if (this.orphans.length === 0) return;
    const waiting = this.orphans;
    this.orphans = [];
    await this.project.folders.readAgain(this.call);
    yield* this.folders();
    for (const row of waiting) yield* this.inPlace(row);
    for (const row of this.orphans) {
      const message = 'The folder that holds the item cannot be seen by the account.';
      yield this.problem(row.kind, [nameOf(row)], message, 'NOT_FOUND');
    }
  }

  private async *withVersionsReadAgain(): AsyncGenerator<ListEntry> {
    if (this.unfinished.length === 0) return;
    await pause(this.project.session.waits, VERSION_LAG_MS, this.call.signal);
    const isFew = this.unfinished.length <= FILES_SHOWN_SINGLY;
    const known = isFew ? await this.shownAgain() : await this.listedAgain();
    for (const file of this.unfinished) yield* this.inPlace(known.get(file.id) ?? file);
  }

  private async shownAgain(): Promise<Map<string, Document>> {
    const files = new Map<string, Document>();
    for (const { id } of this.unfinished) {
      const file = await this.project.finder.fileOf(id, this.call);
      if (file) files.set(id, file);
    }
    return files;
  }

  /** Only what changed since the oldest of them, which is a page or two. */
  private async listedAgain(): Promise<Map<string, Document>> {
    const ids = new Set(this.unfinished.map((file) => file.id));
    const since = Math.min(...this.unfinished.map(changeTimeOf)) - NEW_FOR_MS;
    const until = this.project.session.waits.clock.now() + CHANGE_TIME_TOLERANCE_MS;
    const range = `${new Date(since).toISOString()}...${new Date(until).toISOString()}`;
    const files = new Map<string, Document>();
    for await (const rows of this.fileRows({ 'filters[updated_at]': range }, null)) {
      for (const row of rows) if (row && ids.has(row.id)) files.set(row.id, row);
    }
    return files;
  }

  private async *walk(): AsyncGenerator<ListEntry> {
    for await (const entry of walkFolders(this.project, this.folder, this.call)) {
      const isShown = entry.type === 'item' && entry.item.kind === 'FOLDER' && this.shownFolders.has(entry.item.id);
      if (!isShown) yield entry;
    }
  }

  private unprovenProblem({ seen, total }: Completeness): ListEntry {
    const message = `Procore counts ${total} documents and showed ${seen} of them, also when asked again; some may be missing.`;
    return this.problem('FOLDER', [], message);
  }

  private problem(
    kind: ListProblem['kind'],
    below: string[],
    message: string,
    error: 'NOT_FOUND' | 'PLATFORM_ERROR' = 'PLATFORM_ERROR',
  ): ListEntry {
    return {
      type: 'problem',
      problem: {
        path: [...this.folder.path, ...below],
        kind,
        error: new PlatformError(error, message, { remedy: REMEDIES[error] }),
      },
    };
  }
}

const REMEDIES = {
  NOT_FOUND:
    'Give the account the level Admin in the Documents tool of the project, so that it sees private folders too.',
  PLATFORM_ERROR: 'Run the job again later; if it stays so, give the account the level Admin in the Documents tool.',
};

function changeTimeOf(file: Document): number {
  return Math.max(file.createdAt?.getTime() ?? 0, file.updatedAt?.getTime() ?? 0);
}

function lacksVersion(file: Document): boolean {
  return file.version === null || file.size === null;
}
