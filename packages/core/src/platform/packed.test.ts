import { describe, expect, it } from 'vitest';
import type { Item } from './item.js';
import { packItems, readFingerprints, unpackItems } from './packed.js';

const item = (name: string, over: Partial<Item> = {}): Item => ({
  id: `a/${name}`,
  identity: { value: `i ${name}`, strength: 'LASTING' },
  kind: 'FILE',
  path: ['a', name],
  parentId: 'a',
  size: 10,
  modifiedAt: new Date('2026-11-21T10:00:00.123Z'),
  modifiedNanoseconds: 456_789,
  createdAt: null,
  version: `v ${name}`,
  metaVersion: null,
  sha256: null,
  description: null,
  isPrivate: null,
  isReadOnly: false,
  lock: null,
  handle: null,
  ...over,
});

const { modifiedNanoseconds: _absent, ...coarse } = item('coarse');

describe('packed items', () => {
  it.each<[string, Item[]]>([
    ['none', []],
    ['alike', [item('x'), item('y')]],
    [
      'alike in nothing',
      [item('x'), item('y', { id: '7', size: null, modifiedAt: null, metaVersion: 'm', handle: 'h' })],
    ],
    ['of both kinds', [item('f', { kind: 'FOLDER', size: null, version: null }), item('x', { size: 0 })]],
    ['without what a platform does not tell', [coarse, item('x'), item('y', { identity: null, id: 'own' })]],
    [
      'locked',
      [
        item('x', { lock: { holder: 'Ivo', until: new Date(1) }, isReadOnly: true, isPrivate: true }),
        item('y', { lock: { holder: null, until: null }, identity: { value: '5', strength: 'PERMANENT' } }),
      ],
    ],
    ['with fields and tags', [item('x', { fields: { stage: 'Built' } }), item('y', { tags: ['a', 'b'] }), item('z')]],
    ['of any name', [item('nul \u0000'), item('lone \ud800'), item('"\n\\'), item('a/b'), item('日本 🙂')]],
  ])('are the same once they are unpacked: %s', (_, items) => {
    expect(unpackItems(packItems(['a'], items))).toEqual(items);
  });

  it('tell how many there are, and how large', () => {
    const items = [item('x', { size: 3 }), item('y', { size: null }), item('z', { kind: 'FOLDER', size: null })];
    expect(packItems(['a'], items)).toMatchObject({ folder: ['a'], count: 3, files: 2, bytes: 3 });
  });

  it('give what is compared without the rest', () => {
    const { fingerprints } = packItems(
      ['a'],
      [item('x'), item('f', { kind: 'FOLDER', version: null, identity: null })],
    );
    expect(readFingerprints(fingerprints)).toEqual({
      names: ['x', 'f'],
      ids: ['i x', 'a/f'],
      versions: ['v x', null],
      isFolder: [false, true],
      described: null,
    });
    const told = packItems(['a'], [item('x', { description: 'd', metaVersion: '1' }), item('y', { metaVersion: '2' })]);
    expect(readFingerprints(told.fingerprints).described).toEqual(['1', null]);
  });
});
