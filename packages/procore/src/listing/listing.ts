/*
 * listing/ finds out what a project holds: pages of a flat index (document-pages.ts), read until they are proven complete
 * (complete-listing.ts), the folders that give items their paths (folder-cache.ts), single items (finder.ts), files whose
 * version is still to come (late-versions.ts), and what cannot be listed (list-problems.ts).
 */
import { PlatformError } from '@sluice/core/platform';
import type { Call, Item, ListEntry, ListRequest } from '@sluice/core/platform';
import type { Document } from '../api/adapter.js';
import type { AccessLadder } from '../sign-in/ladder.js';
import { isNotServed } from '../errors.js';
import { tokenOf } from './changes.js';
import { FILTER_DEPTH, nameOf } from './folder-tree.js';
import { deletedItems } from './deleted-items.js';
import { listChildren, walkFolders } from './folder-walk.js';
import { fileRows, isLate, lackVersions, readVersionsAgain } from './late-versions.js';
import { entryOf, listProblem, unprovenProblem } from './list-problems.js';
import type { Project } from './project.js';
import type { Completeness } from './tally.js';
import { throwIfAborted } from '../api/waits.js';

/** Lists a folder: everything below it from the flat listing, folder by folder only where that does not serve. */
export async function* listFolder(
  project: Project,
  ladder: AccessLadder,
  request: ListRequest,
  call: Call,
): AsyncGenerator<ListEntry> {
  throwIfAborted(call.signal);
  try {
    const begunAt = project.session.waits.clock.now();
    const folder = await project.finder.find(request.folder, call);
    if (folder?.kind !== 'FOLDER') throw new PlatformError('NOT_FOUND', 'The folder does not exist in Procore.');
    const listing = new Listing(project, folder, call);
    const entries = request.isShallow ? listChildren(project, folder, call) : listing.entries();
    const deleted = request.withDeleted ? deletedItems(project, call) : null;
    yield* proven(folder, deleted ? both(entries, deleted) : entries, listing, (files) =>
      tokenOf(project, begunAt, files),
    );
  } catch (error) {
    throw await ladder.explained(error, call);
  }
}

async function* both<T>(first: AsyncIterable<T>, second: AsyncIterable<T>): AsyncGenerator<T> {
  yield* first;
  yield* second;
}

/** Passes a listing on and ends it with its proof: a token only where the flat index showed all that it counts. */
async function* proven(
  folder: Item,
  entries: AsyncIterable<ListEntry>,
  listing: Listing,
  tokenFor: (files: number) => Promise<string | null>,
): AsyncGenerator<ListEntry> {
  let seen = 0;
  for await (const entry of entries) {
    seen += Number(entry.type === 'item');
    yield entry;
  }
  const missing = listing.lacking;
  const proof = { root: folder.id, seen, total: missing === null ? null : seen + missing };
  const token = missing === 0 ? await tokenFor(listing.fileCount) : null;
  yield { type: 'end', proof: token === null ? proof : { ...proof, token } };
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
  fileCount = 0;
  /** Whether the flat index served the whole listing. */
  private isCounted = false;
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
      this.isCounted = true;
      for (const completeness of this.unproven) yield unprovenProblem(this.folder, completeness);
    } else yield* this.walk();
  }

  private get now(): number {
    return this.project.session.waits.clock.now();
  }

  /** Rows that the index counts and did not show; null where it was not read, or does not count. */
  get lacking(): number | null {
    return this.isCounted ? this.unproven.reduce((sum, { seen, total }) => sum + (total ?? seen) - seen, 0) : null;
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
    yield entryOf(folder, item);
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
    const pages = fileRows(this.project, {}, start, this.call);
    try {
      for (;;) {
        const next = await pages.next();
        if (next.done) {
          this.judge(next.value);
          return true;
        }
        if (this.fileCount === 0 && lackVersions(next.value, this.now)) return false;
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

  private *rowEntry(row: Document | null): Generator<ListEntry> {
    if (row === null)
      yield listProblem(this.folder, 'FILE', ['(no identifier)'], 'Procore listed an item without identifier.');
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
    if (isLate(file, this.now)) this.unfinished.push(file);
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
    if (item) yield entryOf(document, item);
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
      yield listProblem(this.folder, row.kind, [nameOf(row)], message, 'NOT_FOUND');
    }
  }

  private async *withVersionsReadAgain(): AsyncGenerator<ListEntry> {
    if (this.unfinished.length === 0) return;
    const known = await readVersionsAgain(this.project, this.unfinished, this.call);
    for (const file of this.unfinished) yield* this.inPlace(known.get(file.id) ?? file);
  }

  private async *walk(): AsyncGenerator<ListEntry> {
    for await (const entry of walkFolders(this.project, this.folder, this.call)) {
      const isShown = entry.type === 'item' && entry.item.kind === 'FOLDER' && this.shownFolders.has(entry.item.id);
      if (!isShown) yield entry;
    }
  }
}
