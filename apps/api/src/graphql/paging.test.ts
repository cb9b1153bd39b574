import { expect, it } from 'vitest';
import { mapPage, pageOf, withTotal } from './paging.js';

const page = () => pageOf(['a', 'b'], (node) => `at ${node}`, true, false);
const INFO = { hasNextPage: true, hasPreviousPage: false, startCursor: 'at a', endCursor: 'at b' };

it('shows the entries of a page with their cursors, in another form too, and counts when it is asked to', async () => {
  let counts = 0;
  const other = mapPage(page(), (node) => node.toUpperCase());
  const counted = withTotal(other, async () => ++counts);
  for (const each of [other, counted]) {
    expect(each.nodes).toEqual(['A', 'B']);
    expect(each.edges).toEqual([
      { cursor: 'at a', node: 'A' },
      { cursor: 'at b', node: 'B' },
    ]);
    expect(each.pageInfo).toEqual(INFO);
  }
  expect(counts).toBe(0);
  expect(await counted.totalCount).toBe(1);
  // The same page may be counted in another way.
  expect(await withTotal(counted, async () => null).totalCount).toBeNull();
});

it('makes no page with getters of its own, for which V8 would keep its rows', () => {
  const own = (value: object) => Object.values(Object.getOwnPropertyDescriptors(value));
  for (const each of [page(), mapPage(page(), (node) => node), withTotal(page(), async () => 1)])
    expect(own(each).filter((property) => 'get' in property)).toEqual([]);
});
