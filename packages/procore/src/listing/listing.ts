import { PlatformError } from '@sluice/core/platform';
import type { Call, Item, ListEntry, ListProblem, Scope } from '@sluice/core/platform';
import type { Document } from '../api/adapter.js';
import { diagnose } from '../sign-in/diagnosis.js';
import { isKind } from '../errors.js';
import { nameOf } from './folder-tree.js';
import { isFlatListingAbsent } from './project.js';
import type { Project } from './project.js';
import { pause, throwIfAborted } from '../api/waits.js';

/** Rows so young may lack their version for a moment. */
const YOUNG = 2 * 60_000;
const MOMENT = 1500;
/** So many young files are shown one by one; more are read from the listing again. */
const FEW = 10;

/** Lists a folder: everything below it from the flat listing, folder by folder only where that does not serve. */
export async function* listFolder(project: Project, scope: Scope, call: Call): AsyncGenerator<ListEntry> {
  throwIfAborted(call.signal);
  try {
    const folder = await project.find(scope.folder, call);
    if (folder?.kind !== 'FOLDER') throw new PlatformError('NOT_FOUND', 'The folder does not exist in Procore.');
    if (scope.isShallow) yield* listChildren(project, folder, call);
    else yield* new Listing(project, folder, call).entries();
  } catch (error) {
    throw await diagnose(error, project.client, call);
  }
}

async function* listChildren(project: Project, folder: Item, call: Call): AsyncGenerator<ListEntry> {
  let { folder: told, children } = await contentsOf(project, folder, call);
  if (children.length === 0 && isFull(told)) ({ folder: told, children } = await contentsOf(project, folder, call));
  if (children.length === 0 && isFull(told) && folder.path.length > 0) {
    throw new PlatformError('PLATFORM_ERROR', 'Procore says that the folder has content and shows none.');
  }
  for (const child of children) {
    if (child.kind === 'FOLDER' && !child.isRecycled) project.tree.put(child);
    const item = project.itemOf(child);
    if (item) yield { type: 'item', item };
  }
}

function isFull({ hasFiles, hasFolders }: Document): boolean {
  return hasFiles === true || hasFolders === true;
}

function contentsOf(project: Project, folder: Item, call: Call) {
  const id = folder.path.length === 0 ? null : folder.id;
  return project.contents(id, { show_latest_file_version_only: true }, call);
}

/** One run through everything below a folder. */
class Listing {
  private readonly shownFolders = new Set<string>();
  /** Rows whose parent is not known yet. */
  private orphans: Document[] = [];
  /** Files that lack their version for the moment. */
  private young: Document[] = [];
  private fileCount = 0;

  constructor(
    private readonly project: Project,
    private readonly folder: Item,
    private readonly call: Call,
  ) {
    this.shownFolders.add(folder.id);
  }

  async *entries(): AsyncGenerator<ListEntry> {
    if (!(await this.project.listFolders(this.call))) {
      yield* this.walk();
      return;
    }
    yield* this.folders();
    let isServed = yield* this.files();
    if (isServed && (await this.areFilesMissing())) isServed = (yield* this.files()) && this.fileCount > 0;
    if (isServed) {
      yield* this.adopted();
      yield* this.grownUp();
    } else yield* this.walk();
  }

  private *folders(): Generator<ListEntry> {
    for (const folder of this.project.tree.below(this.folder.id)) yield* this.folderEntry(folder);
  }

  private *folderEntry(folder: Document): Generator<ListEntry> {
    if (this.shownFolders.has(folder.id)) return;
    const item = this.project.itemOf(folder);
    if (!item) return;
    this.shownFolders.add(folder.id);
    yield { type: 'item', item };
  }

  private fileRows() {
    const isRoot = this.folder.path.length === 0;
    return this.project.pages.read(
      { 'filters[document_type]': 'file', ...(!isRoot && { 'filters[folder_id]': this.folder.id }) },
      this.call,
    );
  }

  /** Returns false, before it yielded any file, when the flat listing does not tell what a file needs. */
  private async *files(): AsyncGenerator<ListEntry, boolean> {
    try {
      for await (const rows of this.fileRows()) {
        if (this.fileCount === 0 && this.lackVersions(rows)) return false;
        for (const row of rows) yield* this.rowEntry(row);
      }
    } catch (error) {
      if (this.fileCount === 0 && isFlatListingAbsent(error)) return false;
      throw error;
    }
    return true;
  }

  private lackVersions(rows: readonly (Document | null)[]): boolean {
    const files = rows.filter((row) => row?.kind === 'FILE');
    return files.every((file) => file && lacksVersion(file)) && files.some((file) => file && !this.isYoung(file));
  }

  private isYoung(file: Document): boolean {
    const time = Math.max(file.createdAt?.getTime() ?? 0, file.updatedAt?.getTime() ?? 0);
    return time > this.project.waits.clock.now() - YOUNG;
  }

  private *rowEntry(row: Document | null): Generator<ListEntry> {
    if (row === null) yield this.problem('FILE', ['(no identifier)'], 'Procore listed an item without identifier.');
    else if (row.isRecycled) return;
    else if (row.kind === 'FOLDER') yield* this.lateFolder(row);
    else yield* this.fileEntry(row);
  }

  /** A platform that does not filter by type shows folders among the files. */
  private *lateFolder(folder: Document): Generator<ListEntry> {
    if (this.shownFolders.has(folder.id) || folder.id === this.project.tree.rootId) return;
    this.project.tree.put(folder);
    yield* this.placed(folder);
  }

  private *fileEntry(file: Document): Generator<ListEntry> {
    this.fileCount += 1;
    if (lacksVersion(file) && this.isYoung(file)) this.young.push(file);
    else yield* this.placed(file);
  }

  /** What lies elsewhere or in the recycle bin is passed over; what has an unknown parent waits. */
  private *placed(document: Document): Generator<ListEntry> {
    const place = this.project.tree.placeIn(document.parentId);
    if (place.state === 'UNKNOWN') this.orphans.push(document);
    if (place.state !== 'LIVE' || !place.ids.includes(this.folder.id)) return;
    if (document.kind === 'FOLDER') yield* this.folderEntry(document);
    else yield* this.itemEntry(document);
  }

  private *itemEntry(document: Document): Generator<ListEntry> {
    const item = this.project.itemOf(document);
    if (item) yield { type: 'item', item };
  }

  /** No file at all, although a folder says that it holds some: one look there decides. */
  private async areFilesMissing(): Promise<boolean> {
    if (this.fileCount > 0) return false;
    const { tree } = this.project;
    const folders = [tree.get(this.folder.id), ...tree.below(this.folder.id)];
    const full = folders.find((folder) => folder?.hasFiles === true);
    if (!full) return false;
    const query = { exclude_folders: true, show_latest_file_version_only: true };
    const { children } = await this.project.contents(full.id, query, this.call);
    return children.some((child) => !child.isRecycled);
  }

  /** Folders that came after the folders were read are read now; rows still without parent are reported. */
  private async *adopted(): AsyncGenerator<ListEntry> {
    if (this.orphans.length === 0) return;
    const waiting = this.orphans;
    this.orphans = [];
    await this.project.reloadFolders(this.call);
    yield* this.folders();
    for (const row of waiting) yield* this.placed(row);
    for (const row of this.orphans) {
      yield this.problem(
        row.kind,
        [nameOf(row)],
        'The folder that holds the item cannot be seen by the account.',
        'NOT_FOUND',
      );
    }
  }

  private async *grownUp(): AsyncGenerator<ListEntry> {
    if (this.young.length === 0) return;
    await pause(this.project.waits, MOMENT, this.call.signal);
    const known = this.young.length <= FEW ? await this.shownAgain() : await this.listedAgain();
    for (const file of this.young) yield* this.placed(known.get(file.id) ?? file);
  }

  private async shownAgain(): Promise<Map<string, Document>> {
    const files = new Map<string, Document>();
    for (const { id } of this.young) {
      const file = await this.project.fileOf(id, this.call);
      if (file) files.set(id, file);
    }
    return files;
  }

  private async listedAgain(): Promise<Map<string, Document>> {
    const ids = new Set(this.young.map((file) => file.id));
    const files = new Map<string, Document>();
    for await (const rows of this.fileRows()) {
      for (const row of rows) if (row && ids.has(row.id)) files.set(row.id, row);
    }
    return files;
  }

  /** Folder by folder: many calls, but every platform can do it. */
  private async *walk(): AsyncGenerator<ListEntry> {
    const queue = [this.folder];
    for (let at = queue.shift(); at; at = queue.shift()) {
      for await (const entry of this.walkFolder(at)) {
        if (entry.type === 'item' && entry.item.kind === 'FOLDER') queue.push(entry.item);
        if (entry.type === 'problem' || this.isUnshown(entry.item)) yield entry;
      }
    }
  }

  private isUnshown(item: Item): boolean {
    if (item.kind === 'FILE') return true;
    const isUnshown = !this.shownFolders.has(item.id);
    this.shownFolders.add(item.id);
    return isUnshown;
  }

  private async *walkFolder(folder: Item): AsyncGenerator<ListEntry> {
    try {
      yield* listChildren(this.project, folder, this.call);
    } catch (error) {
      const isOwnTrouble = isKind(error, 'ACCESS_DENIED', 'NOT_FOUND', 'REJECTED', 'PLATFORM_ERROR');
      if (!isOwnTrouble || folder.id === this.folder.id) throw error;
      yield { type: 'problem', problem: { path: folder.path, kind: 'FOLDER', error } };
    }
  }

  private problem(
    kind: ListProblem['kind'],
    below: string[],
    message: string,
    error: 'NOT_FOUND' | 'PLATFORM_ERROR' = 'PLATFORM_ERROR',
  ): ListEntry {
    return {
      type: 'problem',
      problem: { path: [...this.folder.path, ...below], kind, error: new PlatformError(error, message) },
    };
  }
}

function lacksVersion(file: Document): boolean {
  return file.version === null || file.size === null;
}
