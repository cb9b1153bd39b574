import { expect, it } from 'vitest';
import { ledgerEntry } from '../testing/store-contract/samples.js';
import { placeOwner } from './place-owner.js';

const claim = (key: string, over: { isSeen?: boolean; isOtherInPlace?: boolean } = {}) => ({
  entry: ledgerEntry(key),
  isSeen: false,
  isOtherInPlace: false,
  ...over,
});
const ownerOf = (...claims: Parameters<typeof placeOwner>[0]) => placeOwner(claims)?.sourceKey ?? null;

it('a place belongs to the only entry whose item is gone, wherever its other half is', () => {
  expect(ownerOf(claim('a'))).toBe('a');
  expect(ownerOf(claim('seen', { isSeen: true, isOtherInPlace: true }), claim('gone'))).toBe('gone');
  expect(ownerOf(claim('seen', { isSeen: true }))).toBeNull();
  expect(ownerOf()).toBeNull();
});

it('of several it belongs to the one whose other half is in place, and to none where that is not one', () => {
  const inPlace = { isOtherInPlace: true };
  expect(ownerOf(claim('left'), claim('owner', inPlace))).toBe('owner');
  expect(ownerOf(claim('left'), claim('left too'))).toBeNull();
  expect(ownerOf(claim('one', inPlace), claim('another', inPlace))).toBeNull();
});
