import { PlatformError } from '@sluice/core/platform';
import type { Call, ChangeEntry, ChangesRequest, Item } from '@sluice/core/platform';
import type { Document } from '../api/adapter.js';
import type { AccessLadder } from '../sign-in/ladder.js';
import { throwIfAborted } from '../api/waits.js';
import { isCustomField } from '../details/field-values.js';
import { isNotServed } from '../errors.js';
import { FILTER_DEPTH } from './folder-tree.js';
import { changedSince, isLate, lacksVersion, readVersionsAgain } from './late-versions.js';
import type { Project } from './project.js';

/** What changed shortly before a listing may have come into the index after it. */
const NAMELESS = 'Procore does not tell the name of an item.';
const OVERLAP_MS = 10 * 60_000;
/** A project of so few pages costs as many calls by its changes: one for them, one for the count. */
const MIN_PAGES = 2;
/** Changes are not asked for again for so long after Procore did not obey the filter. */
const REFUSED_FOR_MS = 24 * 3_600_000;
/** Procore tells times in whole seconds. */
const ONE_SECOND_MS = 1000;
/** Both: the recycle bin too, which proves deletions. */
const LIVE_AND_RECYCLED = { 'filters[is_in_recycle_bin]': undefined };

/**
 * From when on to ask what changed since a full listing that began at that time, epoch milliseconds; null where a full
 * listing costs no more calls than asking, or Procore has not obeyed the filter lately.
 */
export async function tokenOf(project: Project, begunAt: number, files: number): Promise<string | null> {
  const { changesRefusedAt = 0 } = await project.session.notes.read();
  const age = project.session.waits.clock.now() - changesRefusedAt;
  const isRefused = age >= 0 && age < REFUSED_FOR_MS;
  return isRefused || files <= MIN_PAGES * project.pageSize ? null : timeBefore(project, begunAt);
}

const timeBefore = ({ folders }: Project, begunAt: number): string =>
  new Date(folders.listing.earliest(begunAt) - OVERLAP_MS).toISOString();

/**
 * What changed below a folder since the token: all folders, from one reading of the project's folders, and the files of which
 * Procore says that they changed. Throws where anything of it is not certain.
 */
export async function* listChanges(
  project: Project,
  ladder: AccessLadder,
  request: ChangesRequest,
  call: Call,
): AsyncGenerator<ChangeEntry> {
  throwIfAborted(call.signal);
  try {
    const folder = await project.finder.find(request.folder, call);
    if (folder?.kind !== 'FOLDER') throw new PlatformError('NOT_FOUND', 'The folder does not exist in Procore.');
    yield* new ChangeListing(project, folder, Date.parse(request.token), asksForMore(request), call).entries();
  } catch (error) {
    throw await ladder.explained(error, call);
  }
}

function asksForMore({ details }: ChangesRequest): boolean {
  if (!details) return false;
  return details.tags || details.fields === 'ALL' || details.fields.some(isCustomField);
}

class ChangeListing {
  private seen = 0;
  private readonly unfinished: Document[] = [];

  constructor(
    private readonly project: Project,
    private readonly folder: Item,
    /** Epoch milliseconds. */
    private readonly since: number,
    /** Whether tags or custom fields are asked for, of which Procore may not tell that they changed. */
    private readonly isOfDetails: boolean,
    private readonly call: Call,
  ) {}

  async *entries(): AsyncGenerator<ChangeEntry> {
    const { folders, session } = this.project;
    const begunAt = session.waits.clock.now();
    if (this.isOfDetails) throw uncertain('Whether a change of tags or custom fields is among them is not certain.');
    if (Number.isNaN(this.since)) throw uncertain('The time of the last listing cannot be read.');
    const isServed = await folders.readForListing(this.call);
    if (!isServed || !folders.completeness.isProven) throw uncertain('Procore did not show all folders.');
    yield* this.folders();
    yield* this.filesIfServed();
    const total = await this.countFiles();
    const below = [...folders.tree.below(this.folder.id)].length;
    const proof = {
      root: this.folder.id,
      seen: this.seen,
      total: total === null ? null : total + below,
      token: timeBefore(this.project, begunAt),
    };
    yield { type: 'end', proof };
  }

  private *folders(): Generator<ChangeEntry> {
    const { folders } = this.project;
    for (const folder of folders.tree.below(this.folder.id)) {
      const item = folders.itemOf(folder);
      if (!item) throw uncertain('A folder is not where Procore says that it is.');
      if (folder.name === null) throw uncertain(NAMELESS);
      yield this.shown(item, folder.createdAt !== null && folder.createdAt.getTime() >= this.since);
    }
  }

  private async *filesIfServed(): AsyncGenerator<ChangeEntry> {
    const { notes, waits } = this.project.session;
    try {
      yield* this.files();
    } catch (error) {
      if (error instanceof NotObeyedError || isNotServed(error))
        await notes.write({ changesRefusedAt: waits.clock.now() });
      throw error;
    }
  }

  private async *files(): AsyncGenerator<ChangeEntry> {
    const { session, folders } = this.project;
    const filters = { ...LIVE_AND_RECYCLED, ...changedSince(this.project, this.since) };
    const pages = folders.listing.read(filters, this.call);
    for (;;) {
      const next = await pages.next();
      if (next.done) {
        if (!next.value.isProven || next.value.total === null) throw uncertain('Procore did not show all changes.');
        break;
      }
      await session.meetHolders(next.value, this.call);
      for (const row of next.value) yield* this.row(row);
    }
    yield* this.withVersionsReadAgain();
  }

  private *row(row: Document | null): Generator<ChangeEntry> {
    if (row === null) throw uncertain('Procore listed an item without identifier.');
    if (row.updatedAt !== null && row.updatedAt.getTime() < this.since - ONE_SECOND_MS)
      throw new NotObeyedError('PLATFORM_ERROR', 'Procore shows more than what changed.');
    if (row.name === null && !row.isRecycled) throw uncertain(NAMELESS);
    if (row.isRecycled) yield { type: 'deleted', identity: row.id };
    else if (row.kind === 'FILE' && isLate(row, this.project.session.waits.clock.now())) this.unfinished.push(row);
    else if (row.kind === 'FILE') yield this.file(row);
  }

  private file(row: Document): ChangeEntry {
    const { folders } = this.project;
    const place = folders.tree.placeIn(row.parentId);
    if (place.state === 'UNKNOWN') throw uncertain('The folder that holds a file cannot be seen by the account.');
    const isBelow = place.state === 'LIVE' && place.ids.includes(this.folder.id);
    const item = isBelow ? folders.itemOf(row) : null;
    if (item && lacksVersion(row)) throw uncertain('Procore does not tell the version of a file.');
    return item ? this.shown(item, false) : { type: 'elsewhere', identity: row.id };
  }

  private shown(item: Item, isNew: boolean): ChangeEntry {
    this.seen += 1;
    return { type: 'item', item, isNew };
  }

  private async *withVersionsReadAgain(): AsyncGenerator<ChangeEntry> {
    if (this.unfinished.length === 0) return;
    const known = await readVersionsAgain(this.project, this.unfinished, this.call);
    for (const row of this.unfinished) yield this.file(known.get(row.id) ?? row);
  }

  /** Files below the folder as Procore counts them; null where the filter by folder may not reach all of them. */
  private async countFiles(): Promise<number | null> {
    const { tree, listing } = this.project.folders;
    const isWhole = this.folder.path.length === 0;
    const top = this.folder.path.length;
    const depthOf = (id: string) => {
      const place = tree.placeIn(id);
      return place.state === 'LIVE' ? place.path.length - top : 0;
    };
    if (!isWhole && [...tree.below(this.folder.id)].some(({ id }) => depthOf(id) >= FILTER_DEPTH)) return null;
    const within = isWhole ? {} : { 'filters[folder_id]': this.folder.id };
    return listing.count({ 'filters[document_type]': 'file', ...within }, this.call);
  }
}

class NotObeyedError extends PlatformError {}

const uncertain = (message: string) => new PlatformError('PLATFORM_ERROR', message);
