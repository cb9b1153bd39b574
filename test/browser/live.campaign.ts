import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium, openTab, signInAs } from '../support/chromium.js';
import { evenTree, plant } from '../support/files.js';
import { House } from '../support/house.js';
import { contentOf } from '../support/sandbox.js';
import { until } from '../support/until.js';
import { addJob, addShare, hasEnded, outcomesOf, readRun, runToEnd, startRun } from '../support/work.js';

const MANY = Number(process.env['SLUICE_BROWSER_ITEMS'] ?? 20_000);
const SLOW = [{ kind: 'slow' as const, ms: 200, match: { origin: 'storage' as const } }];

describe('what a person sees live', () => {
  let house: House;
  let browser: Browser;
  let share: string;
  beforeAll(async () => {
    [house, browser] = await Promise.all([House.open(), openChromium()]);
    const folder = await house.folder('site');
    await plant(folder, evenTree(60, 6));
    share = await addShare(house.client, folder, 'Site folder');
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  async function openPage(path: string): Promise<Page> {
    const page = await openTab(browser, { viewport: { width: 1400, height: 1000 } });
    await page.addInitScript(noteAxisLabels);
    await page.goto(house.server.url + path);
    await signInAs(page);
    return page;
  }

  it('is the same in two tabs, whichever of them acts', async () => {
    const job = await addSlowJob(house, share, 'Two tabs');
    const [acts, watches] = [await openPage(`/jobs/${job}`), await openPage('/jobs')];
    await acts.getByRole('button', { name: 'Run now' }).click();
    await acts.getByRole('heading', { level: 1, name: 'Two tabs, run 1' }).waitFor();
    const row = watches.getByRole('row').filter({ hasText: 'Two tabs' });
    await row.getByRole('link', { name: 'Run 1' }).click();
    await acts.getByRole('button', { name: 'Pause' }).click();
    for (const tab of [acts, watches]) await tab.getByText('Paused', { exact: true }).first().waitFor();
    await watches.getByRole('button', { name: 'Resume' }).click();
    await acts.getByText('Succeeded', { exact: true }).first().waitFor();
    await watches.getByText('Succeeded', { exact: true }).first().waitFor();
    expect(await figureOf(watches, 'Items done')).toBe(await figureOf(acts, 'Items done'));
    for (const tab of [acts, watches]) await tab.context().close();
  });

  it('is made up for after a time without the server: no line of the log is skipped, and the figures are those of now', async () => {
    const job = await addSlowJob(house, share, 'Away');
    const page = await openPage(`/jobs/${job}`);
    await page.getByRole('button', { name: 'Run now' }).click();
    await page.getByRole('heading', { level: 1, name: 'Away, run 1' }).waitFor();
    const run = new URL(page.url()).pathname.split('/')[2] ?? '';
    // The worker goes on with the run while nobody serves the page.
    await house.server.killApi();
    await page.getByRole('status').filter({ hasText: 'What you see is as of' }).waitFor();
    await until(
      async () => Object.keys((await contentOf(house.sandbox)).files).filter((path) => path.startsWith('Away/')),
      (paths) => paths.length === 60,
    );
    await house.server.run();
    await until(() => readRun(house.client, run), hasEnded);
    await page.getByText('Succeeded', { exact: true }).first().waitFor();
    expect(await figureOf(page, 'Items done')).toMatch(/^66\b/);
    await page.getByRole('link', { name: 'Log', exact: true }).click();
    await page.getByRole('table', { name: 'Whole log' }).getByText('Succeeded').waitFor();
    await page.context().close();
  });

  it(`of a run of ${MANY} items agrees with itself while it runs and at its end, and its table goes to the last row`, async () => {
    const [from, to] = [await house.folder('many'), await house.folder('kept')];
    await plant(from, evenTree(MANY, 100));
    const source = { connectionId: await addShare(house.client, from, 'Many') };
    const destination = { connectionId: await addShare(house.client, to, 'Kept') };
    const job = await addJob(house.client, 'Many files', source, destination);
    const run = await startRun(house.client, job);
    const page = await openPage(`/runs/${run}`);
    const seen = await watchFigures(page);
    expect(seen.faults).toEqual([]);
    expect(seen.looks, 'different figures seen while it ran').toBeGreaterThan(1);
    const told = await readRun(house.client, run);
    expect(outcomesOf(told)).toEqual({ CREATED: MANY + 100 });
    await page.getByRole('img', { name: /^Throughput over time/ }).waitFor();
    expect(await repeatedLabels(page)).toEqual([]);
    await page.getByRole('link', { name: 'Items', exact: true }).click();
    await scrollToEnd(page, MANY + 100);
    await page.context().close();
  });

  it('is drawn with marks that differ where the figures are small', async () => {
    const folder = await house.folder('few');
    await plant(folder, { 'a.txt': 'a', 'what?.txt': 'b' });
    const source = { connectionId: await addShare(house.client, folder, 'Few') };
    const policies = { invalidCharacters: 'FLAG' };
    const job = await addJob(house.client, 'Few', source, { connectionId: house.procoreId, path: '/few' }, policies);
    await runToEnd(house.client, job);
    const page = await openPage('/');
    await page.getByRole('img', { name: /flagged/i }).waitFor();
    expect(await repeatedLabels(page)).toEqual([]);
    await page.context().close();
  });
});

async function addSlowJob(house: House, share: string, name: string): Promise<string> {
  house.sandbox.control.setFaults(SLOW);
  return addJob(house.client, name, { connectionId: share }, { connectionId: house.procoreId, path: `/${name}` });
}

/** What stands below the name of a figure. */
async function figureOf(page: Page, name: string): Promise<string> {
  const term = page.locator('dt', { hasText: new RegExp(`^${name}$`) });
  return (await term.locator('xpath=following-sibling::dd').first().innerText()).trim();
}

/** Looks at the figures of a run's page until it has ended: those of one look have to agree. */
async function watchFigures(page: Page): Promise<{ faults: string[]; looks: number }> {
  const faults: string[] = [];
  const seen = new Set<number>();
  for (let isOver = false; !isOver;) {
    const look = await page.evaluate(readFigures);
    isOver = look.hasEnded;
    if (look.line !== null && look.done !== null) {
      seen.add(look.done);
      if (look.line !== look.done) faults.push(`${look.line} in the line, ${look.done} as figure`);
      if (look.outcomes > 0 && look.outcomes !== look.all)
        faults.push(`${look.outcomes} by outcome, ${look.all} in the line`);
    }
    await page.waitForTimeout(250);
  }
  return { faults, looks: seen.size };
}

/** Runs in the page: one look at all places that tell how many items are done. */
function readFigures() {
  const number = (text: string | null | undefined) =>
    text ? Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', '')) : null;
  const texts = [...document.querySelectorAll('main span')].map((one) => one.textContent ?? '');
  const term = [...document.querySelectorAll('dt')].find((one) => one.textContent === 'Items done');
  // The count of a bar comes first, and a note on the bytes behind it.
  const bars = [...document.querySelectorAll('[aria-label="Outcomes"] li > :nth-child(2)')].map(
    (one) => one.firstChild?.textContent,
  );
  const line = texts.find((text) => /^[\d,]+ of [\d,]+ items? done$/.test(text));
  return {
    line: number(line),
    all: number(line?.split(' of ')[1]),
    done: number(term?.nextElementSibling?.textContent),
    outcomes: bars.reduce((sum, text) => sum + (number(text) ?? 0), 0),
    hasEnded: texts.some((text) => /^Succeeded/.test(text.trim())),
  };
}

/** Scrolls on as long as rows come; the last one has to be seen, and told as such. */
async function scrollToEnd(page: Page, count: number): Promise<void> {
  const table = page.getByRole('table', { name: 'Items' });
  await table.waitFor();
  await page.evaluate(async (rows) => {
    const isThere = () => document.querySelector(`[role=row][aria-rowindex="${rows + 1}"]`) !== null;
    for (let look = 0; look < 20_000 && !isThere(); look++) {
      scrollTo(0, document.body.scrollHeight);
      await new Promise((done) => setTimeout(done, 20));
    }
  }, count);
  await table.locator(`[role=row][aria-rowindex="${count + 1}"]`).waitFor();
  expect(await table.getAttribute('aria-rowcount')).toBe(String(count + 1));
}

/** Runs before the page: keeps what the charts write at their axes, by canvas and place of the axis. */
function noteAxisLabels(): void {
  const labels = new Map<HTMLCanvasElement, string[]>();
  Object.assign(globalThis, { axisLabels: labels });
  const { prototype } = CanvasRenderingContext2D;
  const watch = (name: 'clearRect' | 'fillText', see: (canvas: CanvasRenderingContext2D, first: unknown) => void) => {
    const was = Reflect.get(prototype, name) as (...given: unknown[]) => void;
    Reflect.set(prototype, name, function (this: CanvasRenderingContext2D, ...given: unknown[]) {
      see(this, given[0]);
      was.apply(this, given);
    });
  };
  watch('clearRect', ({ canvas }) => labels.set(canvas, []));
  watch('fillText', ({ canvas, textAlign }, text) => labels.get(canvas)?.push(`${textAlign} ${String(text)}`));
}

/** Labels that stand twice at one axis of a chart; throws where nothing was drawn. */
async function repeatedLabels(page: Page): Promise<string[]> {
  const drawn = await page.evaluate(() =>
    [...(globalThis as unknown as { axisLabels: Map<HTMLCanvasElement, string[]> }).axisLabels.values()].filter(
      (labels) => labels.length > 0,
    ),
  );
  if (drawn.length === 0) throw new Error('No chart has drawn a label.');
  return drawn.flatMap((labels) => labels.filter((label, index) => labels.indexOf(label) !== index));
}
