import { describe, expect, it } from 'vitest';
import { packItems, readFingerprints, type Item } from '../platform/index.js';
import { item, ledgerEntry } from '../testing/store-contract/samples.js';
import { ChildFingerprints, settledFolder, type KnownChild } from './index.js';

const folder = { kind: 'FOLDER', size: null, version: null } as const;
const fingerprintsOf = (items: Item[]) => readFingerprints(packItems([], items).fingerprints);

interface Case {
  source?: Item[];
  known?: KnownChild[];
  destination?: Item[];
}

const there = (path: string, over: Partial<Item> = {}) => item(path, { id: `d:${path}`, version: '7', ...over });
const SETTLED: Required<Case> = {
  source: [item('f/a'), item('f/g', folder)],
  known: [ledgerEntry('f/a'), ledgerEntry('f/g', { kind: 'FOLDER', sourceVersion: null, destinationVersion: null })],
  destination: [there('f/a'), there('f/g', folder)],
};
const [a, g] = SETTLED.known as [KnownChild, KnownChild];

const caseless = (name: string) => name.toLowerCase();

function settledIn(changes: Case) {
  const { source, known, destination } = { ...SETTLED, ...changes };
  return settledFolder(
    'f',
    fingerprintsOf(source),
    known,
    new Map([['f', new ChildFingerprints(fingerprintsOf(destination), caseless)]]),
  );
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
    const children = new Map([['', new ChildFingerprints(fingerprintsOf(items), caseless)]]);
    expect(settledFolder('', fingerprintsOf(items), known, children)).toEqual({ destinationKey: '', folders: [] });
  });
});
