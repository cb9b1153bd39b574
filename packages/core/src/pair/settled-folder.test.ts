import { describe, expect, it } from 'vitest';
import { packItems, readFingerprints, type Item } from '../platform/index.js';
import { item, ledgerEntry } from '../testing/store-contract/samples.js';
import type { LedgerEntry } from '../plan/index.js';
import { ChildFingerprints, FolderComparison, knownChildOf, restingListings } from './index.js';

const folder = { kind: 'FOLDER', size: null, version: null } as const;
const fingerprintsOf = (items: Item[]) => readFingerprints(packItems([], items).fingerprints);

interface Case {
  source?: Item[];
  known?: LedgerEntry[];
  destination?: Item[];
}

const there = (path: string, over: Partial<Item> = {}) => item(path, { id: `d:${path}`, version: '7', ...over });
const SETTLED: Required<Case> = {
  source: [item('f/a'), item('f/g', folder)],
  known: [ledgerEntry('f/a'), ledgerEntry('f/g', { kind: 'FOLDER', sourceVersion: null, destinationVersion: null })],
  destination: [there('f/a'), there('f/g', folder)],
};
const [a, g] = SETTLED.known as [LedgerEntry, LedgerEntry];

const caseless = (name: string) => name.toLowerCase();

function compared(key: string, source: Item[], known: LedgerEntry[], destination: Item[]) {
  const comparison = new FolderComparison(key, fingerprintsOf(source));
  const there = new Map([[key, new ChildFingerprints(fingerprintsOf(destination), caseless)]]);
  for (const child of known.map(knownChildOf)) {
    const otherHalf = comparison.otherHalfOf(child);
    if (otherHalf !== null) comparison.compare(child, there.get(otherHalf));
  }
  return comparison.settled;
}

function settledIn(changes: Case) {
  const { source, known, destination } = { ...SETTLED, ...changes };
  return compared('f', source, known, destination);
}

describe('a folder', () => {
  it('is settled where all its children are on both sides as the ledger knows them', () => {
    expect(settledIn({})).toMatchObject({
      destinationKey: 'f',
      folders: [{ sourceKey: 'f/g', destinationKey: 'f/g' }],
    });
  });

  it.each<[string, Case]>([
    ['what else the destination holds', { destination: [...SETTLED.destination, there('f/x')] }],
    ['what the ledger knows of an item that is gone', { known: [...SETTLED.known, ledgerEntry('f/x')] }],
    ['the place of an item that is gone', { known: [ledgerEntry('f/x', { destinationKey: 'h/x' }), ...SETTLED.known] }],
    [
      'a description that it had then',
      {
        source: [item('f/a', { description: 'd', metaVersion: '2' }), item('f/g', folder)],
        known: [{ ...a, sourceMetaVersion: '2' }, g],
      },
    ],
    ['a description that it had then and that is gone', { known: [{ ...a, sourceMetaVersion: '2' }, g] }],
  ])('is settled whatever %s', (_, changes) => expect(settledIn(changes)).not.toBeNull());

  it.each<[string, Case]>([
    ['an item is new', { source: [...SETTLED.source, item('f/x')] }],
    ['an item takes the place of one that is gone', { source: [item('f/x'), item('f/g', folder)] }],
    ['the ledger knows nothing', { known: [] }],
    ['another file stands in its place', { source: [item('f/a', { id: 'x' }), item('f/g', folder)] }],
    ['a file has another version', { source: [item('f/a', { version: '2' }), item('f/g', folder)] }],
    ['a version is not told', { source: [item('f/a', { version: null })], known: [{ ...a, sourceVersion: null }] }],
    ['a file became a folder', { source: [item('f/a', folder), item('f/g', folder)] }],
    ['a folder became a file', { source: [item('f/a'), item('f/g')] }],
    ['a folder became a file at the destination', { destination: [there('f/a'), there('f/g')] }],
    ['a description changed', { source: [item('f/a', { description: 'd', metaVersion: '2' }), item('f/g', folder)] }],
    ['an item is told twice', { source: [item('f/a'), item('f/a')] }],
    ['the destination lacks it', { destination: [there('f/g', folder)] }],
    ['the destination has another one', { destination: [there('f/a', { id: 'x' }), there('f/g', folder)] }],
    ['two items have one name at the destination', { destination: [...SETTLED.destination, there('f/A')] }],
    ['it was edited at the destination', { destination: [there('f/a', { version: '8' }), there('f/g', folder)] }],
    ['the destination has it under another name', { known: [{ ...a, destinationKey: 'f/b' }, g] }],
    ['the ledger has it for the destination itself', { known: [{ ...a, destinationKey: '' }, g] }],
    ['the destination has them in several folders', { known: [a, { ...g, destinationKey: 'h/g' }] }],
    [
      'the folder was not listed at the destination',
      { known: [{ ...a, destinationKey: 'h/a' }], source: [item('f/a')] },
    ],
  ])('is not settled where %s', (_, changes) => expect(settledIn(changes)).toBeNull());

  it('may be the root, and hold any names', () => {
    const names = ['x', 'a/b', '\u2215', '日本'];
    const items = names.map((name) => ({ ...item(name), path: [name] }));
    const known = ['x', 'a\u2215b', '\u2216\u2215', '日本'].map((key, index) =>
      ledgerEntry(key, { sourceId: items[index]!.id, destinationId: items[index]!.id, destinationVersion: '1' }),
    );
    expect(compared('', items, known, items)).toEqual({ destinationKey: '', folders: [] });
  });
});

describe('what the ledger knows of a folder', () => {
  const restingIn = (changes: Case) => {
    const { source, known, destination } = { ...SETTLED, ...changes };
    const listings = restingListings(known.map(knownChildOf), caseless);
    const [from, to] = [source, destination].map((items) => packItems(['f'], items).fingerprints);
    return (
      listings && {
        destinationKey: listings.destinationKey,
        isSo: listings.source === from && listings.destination === to,
      }
    );
  };

  it('tells how both halves of it are listed as long as nothing changes, whatever it was learned in', () => {
    const isSo = { destinationKey: 'f', isSo: true };
    expect(restingIn({})).toEqual(isSo);
    expect(restingIn({ known: SETTLED.known.toReversed() })).toEqual(isSo);
  });

  it.each<[string, Case]>([
    ['another file stands in its place', { source: [item('f/a', { id: 'x' }), item('f/g', folder)] }],
    ['a file has another version', { source: [item('f/a', { version: '2' }), item('f/g', folder)] }],
    ['a file is new', { source: [...SETTLED.source, item('f/x')] }],
    ['a file is gone', { source: [item('f/g', folder)] }],
    ['an item has a description', { source: [item('f/a', { description: 'd' }), item('f/g', folder)] }],
    ['the destination holds something else', { destination: [...SETTLED.destination, there('f/x')] }],
    ['it was edited at the destination', { destination: [there('f/a', { version: '8' }), there('f/g', folder)] }],
    ['the ledger knows one more', { known: [...SETTLED.known, ledgerEntry('f/x')] }],
  ])('tells another listing where %s', (_, changes) => expect(restingIn(changes)).toMatchObject({ isSo: false }));

  it.each<[string, LedgerEntry[]]>([
    ['it knows nothing', []],
    ['a version is not told', [{ ...a, sourceVersion: null }, g]],
    ['a version is not told at the destination', [{ ...a, destinationVersion: null }, g]],
    ['the destination has it under another name', [{ ...a, destinationKey: 'f/b' }, g]],
    ['the destination has them in several folders', [a, { ...g, destinationKey: 'h/g' }]],
    ['two have one name at the destination', [a, g, { ...a, sourceKey: 'f/A', destinationKey: 'f/A' }]],
  ])('tells nothing where %s', (_, known) => expect(restingIn({ known })).toBeNull());
});
