import { get } from 'node:http';
import type { Page } from 'playwright-core';
import type { Figure } from '../engine/figure.js';
import { median } from '../engine/figure.js';
import { withoutPagesAhead } from '../../support/pages.js';
import { signIn, WatchedApp } from './watched.js';

const ROUNDS = 5;
const BOUNDS = { signIn: 200, page: 250, paint: 1_000 };

/** What goes over the line before the sign-in and with a page, and when something is painted first. */
export async function measureWeight(): Promise<Figure[]> {
  await using app = await WatchedApp.open(100);
  const paints: number[] = [];
  const forms: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { page } = await app.page();
    await page.goto(app.url);
    await page.getByLabel('User name').waitFor();
    paints.push(await firstPaint(page));
    forms.push(await page.evaluate(() => performance.now()));
    await page.context().close();
  }
  const { page: first } = await app.page();
  const beforeSignIn = weightsOf(first);
  await first.goto(app.url);
  await first.getByLabel('User name').waitFor();
  const before = await beforeSignIn();
  await signIn(first);
  const { page } = await app.page(first);
  const withPage = weightsOf(page);
  await page.addInitScript(withoutPagesAhead);
  await page.goto(app.runUrl);
  await page.getByRole('list', { name: 'Outcomes' }).waitFor();
  await page.waitForLoadState('networkidle');
  return [
    { name: 'files before the sign-in', found: before / 1_000, unit: 'kB', atMost: BOUNDS.signIn },
    { name: 'files with the page of a run', found: (await withPage()) / 1_000, unit: 'kB', atMost: BOUNDS.page },
    { name: 'first contentful paint', found: median(paints), unit: 'ms', atMost: BOUNDS.paint },
    { name: 'form of the sign-in is there', found: median(forms), unit: 'ms' },
  ];
}

/** Bytes of the files that the page has asked for so far, each once, as they come by https: browsers take Brotli only there. */
function weightsOf(page: Page): () => Promise<number> {
  const files = new Set<string>();
  page.on('request', (request) => {
    if (['script', 'stylesheet', 'document'].includes(request.resourceType())) files.add(request.url());
  });
  return async () => (await Promise.all([...files].map(bytesOf))).reduce((sum, bytes) => sum + bytes, 0);
}

const bytesOf = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'br' } }, (reply) => {
      let bytes = 0;
      reply.on('data', (part: Buffer) => (bytes += part.length));
      reply.on('end', () => resolve(bytes)).on('error', reject);
    }).on('error', reject);
  });

const firstPaint = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          for (const { name, startTime } of list.getEntries())
            if (name === 'first-contentful-paint') resolve(startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
