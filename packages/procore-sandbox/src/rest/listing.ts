import { badRequest } from '../errors.js';
import type { Viewer } from '../model/rights.js';
import { subtree } from '../model/tree.js';
import type { Item, Project } from '../model/types.js';
import type { World } from '../model/world.js';
import { sorted } from './order.js';
import type { Query } from './query.js';

const MAX_PREPARED_LISTINGS = 16;
const UPDATED_AT = 'filters[updated_at]';
const TAGS = 'filters[custom_tag_ids]';
const DAY_MS = 24 * 3_600_000;

interface Prepared {
  revision: number;
  rows: Item[];
}

/** Keeps filtered and sorted listings, so that the pages of one listing are not each filtered and sorted anew. */
export class Listings {
  private readonly prepared = new Map<string, Prepared>();

  constructor(private readonly world: World) {}

  /** The rows of the flat list that the user sees, filtered and in order. */
  documents(project: Project, viewer: Viewer, query: Query): Item[] {
    const { listLagMs, updateLagMs, updatedAtFilter, tagFilter, shuffleTies } = this.world.options.behaviour;
    if (query.has(TAGS) && tagFilter === 'refused') throw badRequest('Unknown filter custom_tag_ids');
    const isOfChanges = query.has(UPDATED_AT);
    if (isOfChanges && updatedAtFilter === 'refused') throw badRequest('Unknown filter updated_at');
    const known = this.prepare(project, viewer, query);
    const now = this.world.now();
    const lag = isOfChanges && updatedAtFilter === 'obeyed' ? updateLagMs : 0;
    const rows =
      listLagMs > 0 || lag > 0
        ? known.filter((item) => item.createdAt <= now - listLagMs && item.updatedAt <= now - lag)
        : known;
    return shuffleTies ? sorted(this.world, rows, query.text('sort')) : rows;
  }

  private prepare(project: Project, viewer: Viewer, query: Query): Item[] {
    const key = `${project.id} ${viewer.user.id} ${viewer.access.level} ${query.listingKey()}`;
    const known = this.prepared.get(key);
    this.prepared.delete(key);
    const fresh =
      known?.revision === project.revision
        ? known
        : { revision: project.revision, rows: select(this.world, project, viewer, query) };
    this.prepared.set(key, fresh);
    for (const [oldest] of this.prepared) {
      if (this.prepared.size <= MAX_PREPARED_LISTINGS) break;
      this.prepared.delete(oldest);
    }
    return fresh.rows;
  }
}

function select(world: World, project: Project, viewer: Viewer, query: Query): Item[] {
  const { updatedAtFilter, tagFilter } = world.options.behaviour;
  const wanted = documentFilter(query, { changes: updatedAtFilter === 'ignored', tags: tagFilter === 'ignored' });
  const rows = baseItems(world, project, query).filter((item) => wanted(item) && viewer.sees(item));
  return sorted(world, rows, query.text('sort'));
}

function baseItems(world: World, project: Project, query: Query): Item[] {
  const folderId = query.id('filters[folder_id]');
  if (folderId === undefined) return [...project.items.values()];
  const folder = project.items.get(folderId);
  return folder?.kind === 'folder' ? subtree(project, folder, world.options.behaviour.folderFilterDepth) : [];
}

type Test = (item: Item) => boolean;

/** All filters of the flat list but the folder; refuses an unreadable range with 400. */
export function documentFilter(query: Query, ignored = { changes: false, tags: false }): Test {
  const type = query.text('filters[document_type]');
  const bin = query.choice('filters[is_in_recycle_bin]');
  const parentId = query.id('filters[parent_id]') ?? query.id('parent_id');
  const authors = new Set(query.list('filters[created_by_id]').map(Number));
  const types = new Set(query.list('filters[file_type]').map((each) => each.toLowerCase()));
  const tags = ignored.tags ? [] : query.list(TAGS).map(Number);
  const search = query.text('filters[search]')?.toLowerCase();
  const tests: (Test | false)[] = [
    type !== undefined && ((item) => item.kind === type),
    bin !== undefined && ((item) => item.isDeleted === bin),
    parentId !== undefined && ((item) => item.parentId === parentId),
    authors.size > 0 && ((item) => authors.has(item.createdBy)),
    types.size > 0 &&
      ((item) => item.kind === 'file' && types.has(/\.([^.]+)$/.exec(item.name)?.[1]?.toLowerCase() ?? '')),
    tags.length > 0 && ((item) => tags.some((tag) => item.tagIds.has(tag))),
    search !== undefined && ((item) => searchedText(item).includes(search)),
    query.choice('filters[private]') === true && ((item) => item.isPrivate),
    rangeTest(query.text('filters[created_at]'), (item) => item.createdAt),
    !ignored.changes && rangeTest(query.text(UPDATED_AT), (item) => item.updatedAt),
  ];
  const active = tests.filter((test) => test !== false);
  return (item) => active.every((test) => test(item));
}

const searchedText = (item: Item): string =>
  `${item.name}\n${item.kind === 'file' ? (item.description ?? '') : ''}`.toLowerCase();

/** `FROM...TO`, each a date or a date-time, both inclusive; a date stands for its whole day. */
function rangeTest(range: string | undefined, timeOf: (item: Item) => number): Test | false {
  if (range === undefined) return false;
  const [from = '', to = '', ...rest] = range.replace(/^"|"$/g, '').split('...');
  const start = Date.parse(from);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(to);
  const end = Date.parse(to) + (isDay ? DAY_MS - 1 : 0);
  if (Number.isNaN(start) || Number.isNaN(end) || rest.length > 0) throw badRequest('Invalid date range');
  return (item) => timeOf(item) >= start && timeOf(item) <= end;
}
