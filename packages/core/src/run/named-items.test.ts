import { describe, expect, it } from 'vitest';
import { SHARE } from '../naming/limits.testing.js';
import { packItems, type Item, type ItemKind } from '../platform/index.js';
import { item, ledgerEntry } from '../testing/index.js';
import { FOLDER } from './active-room.testing.js';
import { ListedChildren } from './listed-children.js';
import { NamedItems } from './named-items.js';

const named = (name: string, id: string, over: Partial<Item> = {}) => item('', { path: ['f', name], id, ...over });

function standing(items: Item[], isCaseSensitive = false): NamedItems {
  return new NamedItems(new ListedChildren('f', [packItems(['f'], items)]), { ...SHARE, isCaseSensitive });
}

const mixed = [
  named('A', 'file A'),
  named('A', 'folder A', FOLDER),
  named('a', 'file a'),
  named('b', 'b'),
  named('c', 'folder c', FOLDER),
];

describe('what stands under a name', () => {
  it.each<[string, string, ItemKind, string | null, string | undefined]>([
    ['is the one of that name', 'b', 'FILE', null, 'b'],
    ['is nothing where none has it', 'x', 'FILE', null, undefined],
    ['is the one that is spelled otherwise', 'B', 'FILE', null, 'b'],
    ['is of the kind that is asked for', 'A', 'FOLDER', null, 'folder A'],
    ['is the one that is spelled so', 'a', 'FILE', null, 'file a'],
    ['is the one that is spelled so, if it comes first', 'A', 'FILE', null, 'file A'],
    ['is any of that kind where none is spelled so', 'a', 'FOLDER', null, 'folder A'],
    ['is of the other kind where there is none', 'c', 'FILE', null, 'folder c'],
    ['is the one that the ledger knows, however it is spelled', 'A', 'FILE', 'file a', 'file a'],
    ['is the one that the ledger knows, of whichever kind', 'a', 'FILE', 'folder A', 'folder A'],
    ['is as ever where the ledger knows one that stands elsewhere', 'a', 'FILE', 'elsewhere', 'file a'],
  ])('%s', (_, name, kind, destinationId, id) => {
    const entry = destinationId === null ? null : ledgerEntry(name, { destinationId });
    expect(standing(mixed).find(name, kind, entry)?.item.id).toBe(id);
  });

  it('is told with its key', () => {
    expect(standing(mixed).find('b', 'FILE', null)?.key).toBe('f/b');
  });

  it('is nothing for another spelling where letters of either case differ', () => {
    expect(standing(mixed, true).find('B', 'FILE', null)).toBeNull();
  });
});

describe('names that several have', () => {
  it('are told once each, as one of them spells it', () => {
    expect(standing(mixed).shared).toEqual(['f/A']);
  });

  it('are none where each has its own', () => {
    expect(standing([named('a', '1'), named('b', '2')]).shared).toEqual([]);
  });
});
