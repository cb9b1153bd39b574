import { expect, it } from 'vitest';
import { basePathOf } from './base-path.js';

it.each([
  ['/sluice/', '/sluice'],
  ['/tools/sluice/', '/tools/sluice'],
  ['/', ''],
  ['./', ''],
  [undefined, ''],
])('the entry page says %s: the product is below "%s"', (content, expected) => {
  expect(basePathOf(content)).toBe(expected);
});
