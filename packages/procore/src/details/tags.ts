import { PlatformError } from '@sluice/core/platform';
import type { Call, Item } from '@sluice/core/platform';
import { allRows } from '../api/all-rows.js';
import type { ProcoreClient } from '../api/client.js';
import { idOf, textOf } from '../api/json.js';
import type { Json } from '../api/json.js';
import type { Waits } from '../api/waits.js';
import { isKind, isNotServed } from '../errors.js';
import type { FolderCache } from '../listing/folder-cache.js';

/** The names of tags are asked for again after so long. */
const SERVE_MS = 60_000;
const TAGS_PER_PAGE = 100;

export interface Tag {
  id: string;
  name: string;
}

/** Tells the tags of an item, in order of their names. */
export type TagsOf = (documentId: string) => Promise<readonly string[]>;

/** The tags of a project, and which of its documents have them. */
export class Tags {
  private known: { at: number; tags: readonly Tag[] } | null = null;

  constructor(
    private readonly client: ProcoreClient,
    private readonly folders: FolderCache,
    private readonly waits: Waits,
  ) {}

  async all(call: Call): Promise<readonly Tag[]> {
    const now = this.waits.clock.monotonic();
    if (this.known && now - this.known.at < SERVE_MS) return this.known.tags;
    const tags = await allRows((paging) => this.client.tags(paging, call), TAGS_PER_PAGE, readTag);
    this.known = { at: now, tags };
    return tags;
  }

  /** One series of pages for each tag; document by document only where Procore does not filter by tag. */
  async ofAll(call: Call): Promise<TagsOf> {
    const byDocument = new Map<string, string[]>();
    for (const tag of await this.all(call)) {
      const ids = await this.documentsWith(tag, call);
      if (ids === null) return (documentId) => this.of(documentId, call);
      for (const id of ids) byDocument.set(id, [...(byDocument.get(id) ?? []), tag.name]);
    }
    for (const names of byDocument.values()) names.sort();
    return async (documentId) => byDocument.get(documentId) ?? [];
  }

  /** Null where the filter is refused, or shows what cannot have a tag: the root folder. */
  private async documentsWith(tag: Tag, call: Call): Promise<string[] | null> {
    const ids: string[] = [];
    const pages = this.folders.listing.read({ 'filters[custom_tag_ids][]': tag.id }, call);
    try {
      for (;;) {
        const next = await pages.next();
        if (next.done && next.value.isProven) return ids;
        if (next.done) throw new PlatformError('PLATFORM_ERROR', `Procore did not show all items with “${tag.name}”.`);
        const found = next.value.flatMap((row) => row?.id ?? []);
        if (found.includes(this.folders.tree.rootId ?? '')) return null;
        ids.push(...found);
      }
    } catch (error) {
      if (isNotServed(error)) return null;
      throw error;
    } finally {
      await pages.return({ isProven: true, seen: 0, total: null });
    }
  }

  /** Of one document. */
  async of(documentId: string, call: Call): Promise<readonly string[]> {
    const query = { 'filters[document_id]': documentId };
    const tags = await allRows((paging) => this.client.tags({ ...query, ...paging }, call), TAGS_PER_PAGE, readTag);
    return tags.map(({ name }) => name).sort();
  }

  /** Gives an item tags beside those that it has, one call each; that it has one already is no fault. */
  async add(item: Item, wanted: readonly string[], call: Call): Promise<Item> {
    const missing = wanted.filter((name) => !item.tags?.includes(name));
    if (missing.length === 0) return item;
    for (const name of missing) await this.addOne(item.id, name, call);
    const names = new Set(this.known?.tags.map((tag) => tag.name));
    if (missing.some((name) => !names.has(name))) this.known = null;
    return { ...item, tags: [...new Set([...(item.tags ?? []), ...wanted])].sort() };
  }

  private async addOne(documentId: string, name: string, call: Call): Promise<void> {
    try {
      await this.client.addTag(documentId, name, call);
    } catch (error) {
      if (!isKind(error, 'NAME_TAKEN')) throw error;
    }
  }
}

function readTag(row: Json): { key: string; value: Tag } | null {
  const id = idOf(row['id']);
  const name = textOf(row['name']);
  return id === null || name === null ? null : { key: id, value: { id, name } };
}
