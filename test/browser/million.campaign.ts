import { DELETES_EVERY, fillItems, mixPlan, type LongRun } from '@sluice/api/reads/fill-items-store.js';
import { ADMIN } from '@sluice/api/testing.js';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFilledApp, type FilledApp } from '../bench/api/filled-app.js';
import { openChromium, openTab, signInAs } from '../support/chromium.js';

/** The table itself: the destructive steps stand apart in another one. */
const ROWS = ':is([role=table][aria-label=Steps], [role=table][aria-label=Items]) [role=row][data-index]';
const MANY = Number(process.env['SLUICE_BROWSER_STEPS'] ?? 1_000_000);
const MIDDLE = MANY / 2;
const LONGEST_TASK_MS = 100;
const MORE_HEAP_BYTES = 8 * 1024 * 1024;

describe(`a plan of ${MANY} steps, and the run that carries it out`, () => {
  let filled: FilledApp;
  let run: LongRun;
  let browser: Browser;
  beforeAll(async () => {
    [filled, browser] = await Promise.all([openFilledApp(), openChromium()]);
    const { db } = filled.test.app.base;
    run = await fillItems(db, MANY);
    await mixPlan(db, run, MANY);
  });
  afterAll(async () => {
    await browser?.close();
    await filled?.[Symbol.asyncDispose]();
  });

  async function openPage(path: string, width = 1400): Promise<{ page: Page; protocol: CDPSession }> {
    const page = await openTab(browser, { viewport: { width, height: 900 } });
    const protocol = await page.context().newCDPSession(page);
    await page.goto(filled.url + path);
    await signInAs(page, ADMIN);
    await page.getByRole('row').nth(5).waitFor();
    return { page, protocol };
  }
  const table = (page: Page) => page.getByRole('table', { name: /^(Steps|Items)$/ });
  const row = (page: Page, number: number) => table(page).locator(`[role=row][aria-rowindex="${number + 1}"]`);
  const isShown = async (page: Page, number: number) => {
    await row(page, number).waitFor();
    await expect.poll(() => row(page, number).innerText()).toMatch(/file_\d+\.pdf/);
    const box = await row(page, number).boundingBox();
    expect(box && box.y >= 0 && box.y + box.height <= 901, `row ${number} in view: ${JSON.stringify(box)}`).toBe(true);
  };
  const counted = (page: Page, count: number) =>
    expect.poll(() => table(page).getAttribute('aria-rowcount')).toBe(String(count + 1));

  it.each([
    ['the plan', () => `/plans/${run.planId}`, 1400],
    ['the run', () => `/runs/${run.id}?tab=items`, 1400],
    ['the plan on a narrow screen, as cards', () => `/plans/${run.planId}`, 390],
  ])('%s: a person scrolls to its middle and its end, and back', async (_name, pathOf, width) => {
    const { page } = await openPage(pathOf(), width);
    await counted(page, MANY);
    await scrollToShare(page, 0.5);
    await isSomeRowShown(page, MIDDLE);
    await scrollToShare(page, 1);
    await isShown(page, MANY);
    await scrollToShare(page, 0);
    await isShown(page, 1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.context().close();
  });

  /** Whether rows around that number are here and fill the view: some height is not that of a row on average. */
  async function isSomeRowShown(page: Page, about: number): Promise<void> {
    const numbers = () =>
      page.evaluate(
        (rows) =>
          [...document.querySelectorAll<HTMLElement>(rows)]
            .filter((one) => one.getBoundingClientRect().bottom > 0 && one.getBoundingClientRect().top < innerHeight)
            .map((one) => [
              Number(one.ariaRowIndex) - 1,
              Number(/file_(\d+)\.pdf/.exec(one.innerText)?.[1] ?? Number.NaN),
            ]),
        ROWS,
      );
    const areHere = (rows: (readonly number[])[]) => rows.length > 3 && rows.every(([, file]) => !Number.isNaN(file));
    await expect.poll(async () => areHere(await numbers())).toBe(true);
    const shown = await numbers();
    // Each row shows the step of its number, and those in sight follow each other without a gap.
    const shift = shown[0]![1]! - shown[0]![0]!;
    expect(shown.map(([number, file]) => file! - number!)).toEqual(shown.map(() => shift));
    expect(shown.map(([number]) => number)).toEqual(shown.map((_, index) => shown[0]![0]! + index));
    expect(Math.abs(shown[0]![0]! - about)).toBeLessThan(40);
  }

  it('goes by keys from row to row, by views, to the end and back, with the focus in sight', async () => {
    const { page } = await openPage(`/plans/${run.planId}`);
    await counted(page, MANY);
    await row(page, 1).getByRole('button').focus();
    const focused = () =>
      page.evaluate(() => Number(document.activeElement?.closest('[role=row]')?.ariaRowIndex ?? 0) - 1);
    const press = async (key: string, number: number) => {
      await page.keyboard.press(key);
      await expect.poll(focused).toBe(number);
      await isShown(page, number);
      await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON');
    };
    await press('ArrowDown', 2);
    await press('End', MANY);
    await press('ArrowUp', MANY - 1);
    await page.keyboard.press('PageUp');
    await expect.poll(focused).toBeLessThan(MANY - 8);
    const there = await focused();
    await isShown(page, there);
    await press('ArrowDown', there + 1);
    await press('Home', 1);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.context().close();
  });

  it('narrows to what is asked for, by action and by a part of the path', async () => {
    const { page } = await openPage(`/plans/${run.planId}`);
    await page
      .getByRole('list', { name: 'Filter the steps' })
      .getByRole('link', { name: /Delete/ })
      .click();
    await counted(page, MANY / DELETES_EVERY);
    await scrollToShare(page, 1);
    await isShown(page, MANY / DELETES_EVERY);
    await scrollToShare(page, 0);
    await page.getByRole('list', { name: 'Filter the steps' }).getByRole('link', { name: /All/ }).click();
    await page.getByRole('searchbox', { name: 'Search steps by path' }).fill('77777.PDF');
    await counted(page, MANY / 100_000);
    await isShown(page, 1);
    await page.getByRole('searchbox', { name: 'Search steps by path' }).fill('no such file');
    await page.getByText('No step matches').waitFor();
    await page.context().close();
  });

  it(`has no task over ${LONGEST_TASK_MS} ms and a heap that stays while a person scrolls everywhere`, async () => {
    const { page, protocol } = await openPage(`/plans/${run.planId}`);
    await counted(page, MANY);
    for (let place = 0; place < 25; place++) await scrollToShare(page, (place * 0.37) % 1, 250);
    const before = await heapOf(protocol);
    await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
    for (let place = 0; place < 60; place++) {
      await scrollToShare(page, (place * 0.618_034) % 1, 100);
      await page.mouse.wheel(0, 700);
    }
    await page.waitForTimeout(500);
    const tasks = cpuOfTasks(await browser.stopTracing());
    const after = await heapOf(protocol);
    const rows = await page.getByRole('row').count();
    console.log({ tasks: tasks.length, longestMs: Math.max(...tasks), heapBefore: before, heapAfter: after, rows });
    expect(tasks.length).toBeGreaterThan(100);
    expect(Math.max(...tasks)).toBeLessThan(LONGEST_TASK_MS);
    expect(after - before).toBeLessThan(MORE_HEAP_BYTES);
    expect(rows).toBeLessThan(100);
    await page.context().close();
  });
});

/** Scrolls so that the share of the way is done; the page grows when what is around the table has come. */
async function scrollToShare(page: Page, share: number, wait = 0): Promise<void> {
  await page.evaluate(
    ([part, rows]) => {
      const box = document.querySelector(rows)?.parentElement?.parentElement?.getBoundingClientRect();
      if (!box) throw new Error('There are no rows.');
      const top = box.top + scrollY;
      scrollTo(0, part === 0 ? top - 200 : top + part * (box.height - innerHeight));
    },
    [share, ROWS] as const,
  );
  if (wait > 0) await page.waitForTimeout(wait);
}

async function heapOf(protocol: CDPSession): Promise<number> {
  await protocol.send('HeapProfiler.collectGarbage');
  return (await protocol.send('Runtime.getHeapUsage')).usedSize;
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** CPU time in microseconds. */
  tdur?: number;
  args?: { name?: string };
}

/** CPU time of each task of the page in milliseconds: other work of the machine does not count. */
function cpuOfTasks(trace: Buffer): number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const isMain = ({ name, args }: TraceEvent) => name === 'thread_name' && args?.name === 'CrRendererMain';
  const mains = new Set(traceEvents.filter(isMain).map(threadOf));
  return traceEvents
    .filter((event) => /RunTask$/.test(event.name) && mains.has(threadOf(event)))
    .flatMap(({ tdur }) => (tdur === undefined ? [] : tdur / 1_000));
}
