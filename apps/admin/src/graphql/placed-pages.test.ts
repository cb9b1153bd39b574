import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ListError } from './pages.js';
import { PLACED_PAGE, PlacedPages } from './placed-pages.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function listOf(count: number) {
  const list = {
    count,
    delay: 50,
    asked: [] as number[],
    aborted: [] as number[],
    failure: null as Error | null,
    counts: 0,
  };
  const pages = new PlacedPages<number>({
    readPage: async (offset, signal) => {
      list.asked.push(offset / PLACED_PAGE);
      signal.addEventListener('abort', () => list.aborted.push(offset / PLACED_PAGE));
      await new Promise((done) => setTimeout(done, list.delay));
      if (list.failure) throw list.failure;
      const length = Math.max(0, Math.min(PLACED_PAGE, list.count - offset));
      const nodes = Array.from({ length }, (_, index) => offset + index);
      return { nodes, hasNextPage: offset + PLACED_PAGE < list.count };
    },
    readTotal: async () => {
      list.counts++;
      await new Promise((done) => setTimeout(done, 2_000));
      return list.count;
    },
  });
  return { list, pages };
}
const later = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

it('shows the first entries before all of them are counted', async () => {
  const { pages } = listOf(1_000_000);
  pages.open();
  expect(pages.known).toBeNull();
  await later(60);
  expect([pages.at(0), pages.at(99), pages.at(100), pages.known, pages.total]).toEqual([0, 99, null, 100, null]);
  await later(2_000);
  expect([pages.known, pages.total]).toEqual([1_000_000, 1_000_000]);
});

it('reads what somebody stays at, and nothing of what is passed', async () => {
  const { list, pages } = listOf(1_000_000);
  pages.open();
  await later(2_100);
  list.delay = 500;
  for (let index = 1_000; index < 500_000; index += 5_000) {
    pages.see(index, index + 30);
    await later(5);
  }
  pages.see(500_090, 500_120);
  await later(600);
  expect([pages.at(500_090), pages.at(500_120)]).toEqual([500_090, 500_120]);
  expect(list.asked.length).toBeLessThan(18);
  expect(list.aborted).toHaveLength(list.asked.length - 3);
});

it('keeps 2,000 entries, those of the latest places', async () => {
  const { list, pages } = listOf(1_000_000);
  pages.open();
  for (let page = 0; page < 60; page++) {
    pages.see(page * PLACED_PAGE, page * PLACED_PAGE + 10);
    await later(200);
  }
  const kept = Array.from({ length: 60 }, (_, page) => page).filter((page) => pages.at(page * PLACED_PAGE) !== null);
  expect(kept).toEqual(Array.from({ length: 20 }, (_, page) => 40 + page));
  pages.see(0, 10);
  await later(200);
  expect(pages.at(0)).toBe(0);
  expect(list.asked.filter((page) => page === 0)).toHaveLength(2);
});

it('shows what it had until what is in sight was read again', async () => {
  const { list, pages } = listOf(1_000);
  pages.open();
  pages.see(0, 150);
  await later(2_100);
  pages.refresh();
  expect(pages.at(150)).toBe(150);
  await later(60);
  expect(list.asked).toEqual([0, 1, 0, 1]);
  expect(list.counts).toBe(2);
});

it('ends where the list has become shorter since it was counted', async () => {
  const { list, pages } = listOf(1_000);
  pages.open();
  await later(2_100);
  list.count = 650;
  pages.see(600, 699);
  await later(200);
  expect(pages.total).toBe(650);
});

it('says why it cannot be read, asks no more, and goes on when it is asked to', async () => {
  const { list, pages } = listOf(1_000);
  pages.open();
  list.failure = new ListError('It is gone.');
  await later(100);
  expect(pages.failure).toBe('It is gone.');
  pages.see(500, 510);
  await later(200);
  expect(list.asked).toEqual([0]);
  list.failure = null;
  pages.refresh();
  await later(100);
  expect([pages.failure, pages.at(500)]).toEqual([null, 500]);
});

it('gives up what it reads when nobody looks any more', async () => {
  const { list, pages } = listOf(1_000);
  const told = vi.fn();
  pages.subscribe(told);
  pages.open();
  pages.close();
  await later(5_000);
  expect(list.aborted).toEqual([0]);
  expect(told).not.toHaveBeenCalled();
});
