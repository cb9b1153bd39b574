import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PlatformError } from '@sluice/core/platform';
import type { Item } from '@sluice/core/platform';
import { itemOf } from '../adapter.js';
import { systemError } from '../testing/hooked-disk.js';
import { present } from '../testing/share-fixture.js';
import { arrivalsOf } from './arrivals.js';
import { DirectNews } from './direct-news.js';
import type { DirectReport } from './direct-news.js';
import type { Wish } from './messages.js';
import type { DirectFile } from './packed-files.js';
import { StatRecord } from './stat-record.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function fileAt(index: number): DirectFile {
  const source = { path: ['from', `${index}`], size: 4, version: 'v' };
  const how = { replaces: null, trash: null, given: null, run: 'run', suffix: `${index}`, fsync: 'never' as const };
  return { index, source, file: { path: ['to', `${index}`], ...how }, time: null, isInDoubt: false, isProved: false };
}

function itemNamed(name: string): Item {
  const stats = { mtimeNs: 1n, ctimeNs: 1n, birthtimeNs: 1n, dev: 1n, ino: 1n, nlink: 1n, uid: 0n, gid: 0n };
  const is = { isFile: () => true, isDirectory: () => false };
  return present(itemOf([name], { ...stats, ...is, size: 4n, mode: 0n }, true));
}

function reported(news: DirectNews, wish: Wish = 'GO_ON', progress: DirectReport['progress'] = null): DirectReport {
  const report = news.report(progress);
  const { value } = report.next();
  expect(report.next(wish).done).toBe(true);
  if (!value) throw new Error('Expected a report.');
  return value;
}

test.each([
  ['256 files were begun', (news: DirectNews, is: boolean) => (news.files = is ? 256 : 255)],
  ['8 MiB were read', (news: DirectNews, is: boolean) => (news.bytes = 8 * 1024 * 1024 - (is ? 0 : 1))],
  ['a tenth of a second went by', (_: DirectNews, is: boolean) => vi.advanceTimersByTime(is ? 100 : 99)],
])('a report is due once %s, and begins anew with each', (_, work) => {
  const news = new DirectNews();
  work(news, false);
  expect(news.isDue).toBe(false);
  reported(news);
  work(news, true);
  expect(news.isDue).toBe(true);
  reported(news);
  expect([news.isDue, news.files, news.bytes]).toEqual([false, 0, 0]);
});

test('a file that was there already is told once, with how far the one under way is', () => {
  const news = new DirectNews();
  expect(news.isEmpty).toBe(true);
  const result = { index: 3, item: itemNamed('a'), sha256: 'abc' };
  news.add(result);
  expect(news.isEmpty).toBe(false);
  const told = reported(news, 'GO_ON', { index: 4, bytesDone: 17 });
  expect([told.results, told.progress]).toEqual([[result], { index: 4, bytesDone: 17 }]);
  expect(news.isEmpty).toBe(true);
  expect(reported(news)).toMatchObject({ results: [], progress: null });
});

test.each([
  ['SOURCE' as const, '“/from/7” is in use by another program.'],
  ['DESTINATION' as const, '“/to/7” is in use by another program.'],
])('a file that failed at its %s is told by its path there', (side, message) => {
  const news = new DirectNews();
  news.failed(fileAt(7), side, systemError('EBUSY'));
  expect(reported(news).results).toMatchObject([{ index: 7, side, fault: { kind: 'LOCKED', message } }]);
});

test('files that have their names are told with what is seen of them, and those that do not get theirs as failed', () => {
  const news = new DirectNews();
  const stats = new StatRecord();
  stats.bytes.fill(9);
  news.published([
    { about: { file: fileAt(1), sha256: 'one' }, outcome: { stats, unkept: ['owner'] } },
    { about: { file: fileAt(2), sha256: 'two' }, outcome: { error: new PlatformError('NAME_TAKEN', 'Taken.') } },
  ]);
  expect(news.isEmpty).toBe(false);
  const { arrived, results } = reported(news);
  expect([...arrivalsOf(arrived)].map(([arrival, seen]) => [arrival, seen.bytes[5]])).toEqual([
    [{ index: 1, sha256: 'one', unkept: ['owner'] }, 9],
  ]);
  expect(results).toMatchObject([{ index: 2, side: 'DESTINATION', fault: { kind: 'NAME_TAKEN' } }]);
  expect(news.isEmpty).toBe(true);
});

test.each<[Wish[], Wish]>([
  [[], 'GO_ON'],
  [['GO_ON'], 'GO_ON'],
  [['FINISH'], 'FINISH'],
  [['FINISH', 'GO_ON'], 'FINISH'],
  [['FINISH', 'STOP'], 'STOP'],
  [['STOP', 'FINISH'], 'STOP'],
  [['STOP', 'GO_ON'], 'STOP'],
])('a wish to end is not taken back, but may become urgent: %j', (wishes, last) => {
  const news = new DirectNews();
  for (const wish of wishes) reported(news, wish);
  expect(news.wish).toBe(last);
});
