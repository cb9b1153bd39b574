import type { Item } from '../platform/index.js';
import {
  expectationOf,
  inertStep,
  nameOf,
  parentKey,
  type Describe,
  type Move,
  type Remove,
  type Restore,
} from '../plan/index.js';

/** Steps of each type about an item whose key is its path; `over` lays others over what they say. */
const about = (existing: Item) => {
  const key = existing.path.join('/');
  return {
    ...inertStep(key, null),
    ...{ kind: existing.kind, destinationKey: key, existing, expects: expectationOf(existing) },
  };
};

const placedAt = (key: string, name: string) => ({ destinationKey: key, parentKey: parentKey(key) ?? '', name });

export const moveStep = (existing: Item, to: string, over: Partial<Move> = {}): Move => ({
  ...{ ...about(existing), ...placedAt(to, to.slice(to.lastIndexOf('/') + 1)), sourceKey: to },
  ...{ type: 'MOVE', action: 'MOVE', base: null, expects: { id: existing.id, version: null } },
  ...over,
});

export const removeStep = (existing: Item, over: Partial<Remove> = {}): Remove => ({
  ...{ ...about(existing), type: 'REMOVE', action: 'DELETE', trashedAt: 0 },
  ...over,
});

/** Brings it back as it was; with `existing` the content that the file had then. */
export function restoreStep(source: Item, over: Partial<Restore> = {}): Restore {
  const { destinationKey, ...back } = about(source);
  return {
    ...{ ...back, ...placedAt(destinationKey, nameOf(source)), type: 'RESTORE', action: 'CREATE' },
    ...{ source, existing: null, expects: null, trashedAt: 0 },
    ...over,
  };
}

export const describeStep = (existing: Item, over: Partial<Describe> = {}): Describe => ({
  ...{ ...about(existing), type: 'DESCRIBE', action: 'DESCRIBE', source: existing, fields: {}, knownSha256: null },
  ...over,
});
