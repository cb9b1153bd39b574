import { pathKey } from '../plan/path-key.js';
import type { Item } from '../platform/index.js';

/** What a mapping looks at: an item with the details that `Mapping.details` asks for. */
export type MappableItem = Pick<
  Item,
  'kind' | 'path' | 'size' | 'createdAt' | 'modifiedAt' | 'description' | 'isPrivate' | 'fields' | 'tags'
>;

/** Fields that every item has, whatever its platform keeps, and that none is asked for. A path is as everywhere: from the connection's root, with `/` first. */
const OF_EVERY_ITEM: Readonly<Record<string, (item: MappableItem) => string | null>> = {
  path: ({ path }) => (path.length === 0 ? null : `/${pathKey(path)}`),
  name: ({ path }) => path.at(-1) ?? null,
  extension: ({ kind, path }) => (kind === 'FILE' ? extensionOf(path.at(-1) ?? '') : null),
  size: ({ size }) => (size === null ? null : String(size)),
  createdAt: ({ createdAt }) => createdAt?.toISOString() ?? null,
  modifiedAt: ({ modifiedAt }) => modifiedAt?.toISOString() ?? null,
  description: ({ description }) => description,
  private: ({ isPrivate }) => (isPrivate === null ? null : String(isPrivate)),
};

export const isOfEveryItem = (field: string): boolean => Object.hasOwn(OF_EVERY_ITEM, field);

/** The field's value as text; null where the item has none. A value of spaces only is none. */
export function valueOf(item: MappableItem, field: string): string | null {
  const value = isOfEveryItem(field) ? OF_EVERY_ITEM[field]!(item) : keptValue(item, field);
  return value === null || value.trim() === '' ? null : value.normalize('NFC');
}

const keptValue = ({ fields = {} }: MappableItem, field: string) =>
  Object.hasOwn(fields, field) ? fields[field]! : null;

function extensionOf(name: string): string | null {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1) : null;
}

/** Fields whose value is the name of a person or of a group, which sets of that kind translate before anything else reads it. */
export const NAME_FIELDS: Readonly<Record<'ACCOUNT' | 'GROUP', readonly string[]>> = {
  ACCOUNT: ['owner', 'author', 'createdBy', 'updatedBy', 'lockedBy'],
  GROUP: ['group'],
};
