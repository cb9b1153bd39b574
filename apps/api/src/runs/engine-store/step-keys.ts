import type { Step } from '@sluice/core/plan';

/*
 * What a step says of places repeats the key of its item, which is therefore left out of it. The key of an item is `s:` and
 * the key at the source or, for an item that only the destination has, `d:` and the key there.
 */

/** Stands for the key of the item. */
const AS_ITEM = '=';
/** Before a text that has nothing in common with the key of the item. */
const OTHER = ':';
const SIDE_CHARACTERS = 2;

/** Names an item across the runs of a job. */
export function itemKeyOf(step: Pick<Step, 'sourceKey' | 'destinationKey'>): string {
  return step.sourceKey === null ? `d:${step.destinationKey ?? ''}` : `s:${step.sourceKey}`;
}

export const sourceKeyOf = (itemKey: string): string | null => (itemKey.startsWith('s:') ? keyOf(itemKey) : null);

const keyOf = (itemKey: string): string => itemKey.slice(SIDE_CHARACTERS);

/** A key on either side. */
export function packKey(itemKey: string, key: string | null): string | null {
  if (key === null) return null;
  return key === keyOf(itemKey) ? AS_ITEM : OTHER + key;
}

export function unpackKey(itemKey: string, text: string | null): string | null {
  return text === AS_ITEM ? keyOf(itemKey) : (text?.slice(OTHER.length) ?? null);
}

/** An address or a path at a platform: on a share both end with the key of the item. */
export function packAddress(itemKey: string, address: string): string {
  const key = keyOf(itemKey);
  return key !== '' && address.endsWith(key) ? AS_ITEM + address.slice(0, -key.length) : OTHER + address;
}

export function unpackAddress(itemKey: string, text: string): string {
  return text.startsWith(AS_ITEM) ? text.slice(AS_ITEM.length) + keyOf(itemKey) : text.slice(OTHER.length);
}

export const packRemoteId = (itemKey: string, id: string | null): string | null =>
  id === null ? null : packAddress(itemKey, id);

export const unpackRemoteId = (itemKey: string, text: string | null): string | null =>
  text === null ? null : unpackAddress(itemKey, text);
