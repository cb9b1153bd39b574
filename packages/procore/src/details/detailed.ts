import { wantedFields } from '@sluice/core/platform';
import type { Details, Item } from '@sluice/core/platform';
import type { TagsOf } from './tags.js';

/** The item with what is asked for of its fields and tags, and nothing else of them. */
export async function detailed(item: Item, details: Details | undefined, tagsOf: TagsOf | null): Promise<Item> {
  const { fields = {}, tags: _known, ...bare } = item;
  const tags = tagsOf ? await tagsOf(item.id) : [];
  const { metaVersion } = item;
  return {
    ...bare,
    ...wantedFields(fields, details?.fields),
    ...(tags.length > 0 ? { tags, metaVersion: metaVersion && `${metaVersion}, tags ${JSON.stringify(tags)}` } : {}),
  };
}

/** Entries of a listing, their items with what is asked for. */
export async function* withDetails<Entry extends { type: string }>(
  entries: AsyncIterable<Entry>,
  details: Details | undefined,
  tagsOf: () => Promise<TagsOf>,
): AsyncGenerator<Entry> {
  let tags: TagsOf | null = null;
  for await (const entry of entries) {
    if (!isItem(entry)) yield entry;
    else {
      if (details?.tags) tags ??= await tagsOf();
      yield { ...entry, item: await detailed(entry.item, details, tags) };
    }
  }
}

const isItem = <Entry extends { type: string }>(entry: Entry): entry is Entry & { item: Item } => entry.type === 'item';
