import type { Item } from '../platform/index.js';

/** What listings tell about two contents; `OPEN` where only reading them could tell. */
export type Comparison = 'EQUAL' | 'DIFFERENT' | 'OPEN';

export type Told = Pick<Item, 'size' | 'sha256'>;

/** Sizes that differ and checksums on both sides are proof; nothing else is. */
export function compareContents(one: Told, other: Told): Comparison {
  if (one.size !== null && other.size !== null && one.size !== other.size) return 'DIFFERENT';
  if (one.sha256 !== null && other.sha256 !== null) return one.sha256 === other.sha256 ? 'EQUAL' : 'DIFFERENT';
  return 'OPEN';
}

/** On first contact a size and a time, to the second, that both sides have are taken for equal content too. */
export function isEqualOnContact(one: Item, other: Item): boolean {
  const comparison = compareContents(one, other);
  if (comparison !== 'OPEN') return comparison === 'EQUAL';
  return one.size !== null && one.size === other.size && isSameSecond(one.modifiedAt, other.modifiedAt);
}

const isSameSecond = (one: Date | null, other: Date | null) =>
  one !== null && other !== null && Math.floor(one.getTime() / 1000) === Math.floor(other.getTime() / 1000);
