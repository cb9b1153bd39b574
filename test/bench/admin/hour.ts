import type { CDPSession } from 'playwright-core';
import type { Figure } from '../engine/figure.js';
import { WatchedApp } from './watched.js';

const ITEMS = 100_000;
/** Of an hour at four events a second, told as fast as the page takes them. */
const EVENTS = 4 * 3_600;
const PORTION = 100;
const BOUND = 1.15;

/** The page's heap after an hour of events against that after its first tenth. */
export async function measureHour(): Promise<Figure[]> {
  await using app = await WatchedApp.open(ITEMS);
  const { page, protocol } = await app.runPage('log');
  const heaps: number[] = [];
  for (let told = 0; told < EVENTS; told += PORTION) {
    await app.tell(PORTION);
    // The log of the page shows the last line of each portion before the next one comes.
    await page
      .getByText(`Line ${told + PORTION - 1} of the log.`)
      .first()
      .waitFor({ state: 'attached' });
    if ((told + PORTION) % (EVENTS / 10) === 0) heaps.push(await heapOf(protocol));
  }
  const [first = Number.NaN] = heaps;
  return [
    { name: 'heap of the page after an hour of events', found: heaps.at(-1)! / first, unit: '×', atMost: BOUND },
    { name: 'heap after its first tenth', found: first / 1_000_000, unit: 'MB' },
  ];
}

async function heapOf(protocol: CDPSession): Promise<number> {
  await protocol.send('HeapProfiler.collectGarbage');
  return (await protocol.send('Runtime.getHeapUsage')).usedSize;
}
