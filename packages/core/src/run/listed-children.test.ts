import { expect, it } from 'vitest';
import { packItems, type Item } from '../platform/index.js';
import { item } from '../testing/store-contract/samples.js';
import { ListedChildren } from './listed-children.js';

const part = (...items: Item[]) => packItems(['f'], items);
const named = (name: string, over: Partial<Item> = {}) => item('', { path: ['f', name], id: `id:${name}`, ...over });

const children = (...packed: ReturnType<typeof part>[]) => new ListedChildren('f', packed);
const keysOf = (listed: ListedChildren) => listed.slice(0, listed.length).map(({ key }) => key);

it('are in order of their keys, however they were listed', () => {
  const listed = children(part(named('c'), named('a')), part(named('d'), named('b')));
  expect(keysOf(listed)).toEqual(['f/a', 'f/b', 'f/c', 'f/d']);
  expect([...listed.names()]).toEqual(['a', 'b', 'c', 'd']);
  expect(listed.at(1)).toEqual({ key: 'f/b', item: named('b') });
});

it('are what was listed last of an item that came twice, and both of two items at one place', () => {
  const listed = children(
    part(named('a', { size: 1 }), named('b', { id: '2', kind: 'FOLDER', size: null })),
    part(named('b', { id: '1' }), named('a', { size: 2 })),
  );
  expect(listed.length).toBe(3);
  expect(listed.at(0).item.size).toBe(2);
  expect([1, 2].map((at) => [listed.identityAt(at), listed.kindAt(at), listed.nameAt(at)])).toEqual([
    ['1', 'FILE', 'b'],
    ['2', 'FOLDER', 'b'],
  ]);
});

it('are given in portions up to the last one', () => {
  const listed = children(part(named('a'), named('b'), named('c')));
  expect(listed.slice(1, 9).map(({ key }) => key)).toEqual(['f/b', 'f/c']);
  expect(listed.slice(3, 9)).toEqual([]);
  expect(() => listed.at(3)).toThrow('no such child');
});

it('have keys of their own whatever is in their names', () => {
  expect(keysOf(children(part(named('a/b'), named('a\0'))))).toEqual(['f/a\u2215b', 'f/a\u2216\u2400']);
});
