import { expect, it } from 'vitest';
import { isOfEveryItem, valueOf } from './item-values.js';
import { anItem } from './mapping.testing.js';

const file = anItem({
  createdAt: new Date(0),
  isPrivate: false,
  description: 'Plan',
  fields: { owner: 'ann', size: '9' },
});

it.each([
  ['path', file, '/Drawings/A-101.pdf'],
  ['path', anItem({ path: ['Drawings', 'A/B.pdf'] }), '/Drawings/A∕B.pdf'],
  ['name', file, 'A-101.pdf'],
  ['extension', file, 'pdf'],
  ['extension', anItem({ path: ['README'] }), null],
  ['extension', anItem({ path: ['.profile'] }), null],
  ['extension', anItem({ path: ['a.b'], kind: 'FOLDER' }), null],
  ['size', file, '1234'],
  ['size', anItem({ size: null }), null],
  ['createdAt', file, '1970-01-01T00:00:00.000Z'],
  ['createdAt', anItem(), null],
  ['modifiedAt', file, '2019-03-04T05:06:07.008Z'],
  ['modifiedAt', anItem({ modifiedAt: null }), null],
  ['description', file, 'Plan'],
  ['description', anItem({ description: ' ' }), null],
  ['private', file, 'false'],
  ['private', anItem(), null],
  ['owner', file, 'ann'],
  ['owner', anItem(), null],
  ['toString', file, null],
  ['path', anItem({ path: [] }), null],
  ['name', anItem({ path: [] }), null],
  ['extension', anItem({ path: [] }), null],
])('the field %s', (field, item, value) => {
  expect(valueOf(item, field)).toBe(value);
});

it('tells which fields are never asked for', () => {
  expect([isOfEveryItem('path'), isOfEveryItem('owner'), isOfEveryItem('toString')]).toEqual([true, false, false]);
});
