import { expect, test } from 'vitest';
import { Arrivals, arrivalsOf } from './arrivals.js';
import { StatRecord } from './stat-record.js';

function recordOf(byte: number): StatRecord {
  const record = new StatRecord();
  record.bytes.fill(byte);
  return record;
}

const back = (sent: ReturnType<Arrivals['take']>) =>
  [...arrivalsOf(structuredClone(sent))].map(([arrival, { bytes }]) => ({ ...arrival, bytes: [...new Set(bytes)] }));

test('nothing arrived until something did', () => {
  const arrivals = new Arrivals();
  expect(arrivals.count).toBe(0);
  expect(arrivals.take()).toEqual({ index: [], sha256: [], unkept: new Map(), stats: new Uint8Array() });
});

test('what arrived comes back in its order, with what was not kept of each', () => {
  const arrivals = new Arrivals();
  arrivals.add({ index: 5, sha256: 'a', unkept: [] }, recordOf(1));
  arrivals.add({ index: 7, sha256: 'b', unkept: ['owner', 'mode'] }, recordOf(2));
  expect(arrivals.count).toBe(2);
  const sent = arrivals.take();
  expect(sent.unkept).toEqual(new Map([[1, ['owner', 'mode']]]));
  expect(sent.stats).toHaveLength(512);
  expect(back(sent)).toEqual([
    { index: 5, sha256: 'a', unkept: [], bytes: [1] },
    { index: 7, sha256: 'b', unkept: ['owner', 'mode'], bytes: [2] },
  ]);
});

test('a report that was taken stays as it is, and the next one begins anew', () => {
  const arrivals = new Arrivals();
  arrivals.add({ index: 0, sha256: 'a', unkept: ['group'] }, recordOf(1));
  const first = arrivals.take();
  arrivals.add({ index: 1, sha256: 'b', unkept: [] }, recordOf(2));
  expect(back(first)).toEqual([{ index: 0, sha256: 'a', unkept: ['group'], bytes: [1] }]);
  expect(back(arrivals.take())).toEqual([{ index: 1, sha256: 'b', unkept: [], bytes: [2] }]);
});

test('more than there is room for at first come back all the same', () => {
  const arrivals = new Arrivals();
  for (let index = 0; index < 1_100; index += 1)
    arrivals.add({ index, sha256: `${index}`, unkept: [] }, recordOf(index % 251));
  const all = back(arrivals.take());
  expect(all.map(({ bytes }) => bytes)).toEqual(all.map((_, index) => [index % 251]));
  expect(all).toHaveLength(1_100);
});
