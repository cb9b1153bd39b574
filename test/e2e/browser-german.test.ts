import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium, openTab } from '../support/chromium.js';
import { House } from '../support/house.js';
import { addressOf, fillSystem, furnish, PAGES, show, withoutPagesAhead } from '../support/pages.js';
import { ADMIN } from '../support/server.js';

/** Words of which some stand in nearly every English sentence, and none in a German one. */
const ENGLISH = /\b(and|are|at|been|cannot|from|has|have|is|it|its|not|of|that|the|to|were|which|with)\b/i;

/** Pages with sentences that the server puts together, beside the addresses of all pages. */
const MORE_PAGES = ['/comparison?from=:share&to=:procore'];

/** The address of a page, also with ids in its search. */
const addressIn = (path: string, ids: Readonly<Record<string, string>>) =>
  path
    .split(/(?=[?&])/)
    .map((part) => addressOf(part, ids))
    .join('');

/** Lines of the page that are English. */
async function englishOn(page: Page): Promise<string[]> {
  const lines = (await page.locator('body').innerText()).split('\n');
  return [...new Set(lines.map((line) => line.trim()).filter((line) => ENGLISH.test(line)))];
}

/** Waits until the page says nothing of loading any more. */
const settled = (page: Page) =>
  page.waitForFunction(() => document.querySelector('[role=status][aria-label*="geladen"]') === null);

const GERMAN = { locale: 'de-DE', viewport: { width: 1400, height: 1000 } };
/** Every page that the navigation leads to, and the heaviest of the others. */
const OPENED = [
  ...[
    '/',
    '/jobs',
    '/runs',
    '/attention',
    '/scans',
    '/comparison?from=:share&to=:procore',
    '/connections',
    '/mappings',
  ],
  ...['/budgets', '/access/users', '/access/tokens', '/audit', '/settings'],
  ...['/jobs/:job', '/runs/:run', '/plans/:plan', '/scans/:scan'],
  ...['/jobs/:job/edit/policies', '/jobs/:job/edit/summary', '/connections/new', '/connections/:procore/budget'],
  ...['/mappings/:fields', '/webhooks', '/webhooks/:webhook'],
];

const AT_MOST = 250_000;
const RARE = /\/german-[^/]*\.js$/;
/** What looks texts up among the sentences of a lot; it comes with the first lot. */
const LOOKS_UP = /\/translator-/;

/** Names and bytes, as they went over the line, of the files that the page has loaded. */
const loadedFiles = () =>
  [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .map((entry) => entry as PerformanceResourceTiming)
    .map(({ name, encodedBodySize: bytes }) => ({ name, bytes }))
    .filter(({ name }) => !new URL(name).pathname.endsWith('/graphql'));

const weightOf = (files: ReturnType<typeof loadedFiles>) => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** Tells samples of an hour of the run for which the page asks, so that its charts are drawn. */
async function withSamples(route: Route): Promise<void> {
  const asked = route.request().postDataJSON() as { operationName: string; variables: { id: string } };
  if (asked.operationName !== 'RunSamples') return route.fallback();
  const samples = Array.from({ length: 60 }, (_, minute) => ({
    ...{ __typename: 'RunSample', at: new Date(minute * 60_000).toISOString(), itemsFlagged: 0 },
    ...{ itemsDone: minute * 100, bytesDone: minute * 1e6, callCount: minute * 60 },
  }));
  return route.fulfill({ json: { data: { run: { __typename: 'Run', id: asked.variables.id, samples } } } });
}

describe('somebody whose browser speaks German', () => {
  let house: House;
  let browser: Browser;
  let page: Page;
  let ids: Record<string, string>;
  beforeAll(async () => {
    [house, browser] = await Promise.all([House.open(), openChromium()]);
    page = await openTab(browser, GERMAN);
    await page.goto(house.server.url);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  /** What a tab loads in which the page is opened. */
  async function filesOf(path: string): Promise<ReturnType<typeof loadedFiles>> {
    const opened = await openTab(browser, { ...GERMAN, storageState: await page.context().storageState() });
    await opened.addInitScript(withoutPagesAhead);
    await opened.route('**/graphql', withSamples);
    await opened.goto(`${house.server.url}${addressIn(path, ids)}`);
    await opened.getByRole('heading', { level: 1 }).waitFor();
    await settled(opened);
    if (path === '/runs/:run') await opened.locator('canvas').first().waitFor();
    await opened.waitForLoadState('networkidle');
    const files = await opened.evaluate(loadedFiles);
    await opened.context().close();
    return files;
  }

  const signInWrongly = async () => {
    await page.getByLabel('Benutzername').fill(ADMIN.login);
    await page.getByLabel('Kennwort', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
  };

  it('is told in English that a password is wrong while the rare sentences cannot be loaded', async () => {
    await page.route(RARE, (route) => route.abort());
    await signInWrongly();
    await page.getByText('The name or the password is wrong.').waitFor();
    await page.unroute(RARE);
  });

  it('is told in German that a password is wrong', async () => {
    // Chromium does not ask again for a module that it could not load, as long as the page lives.
    await page.reload();
    await signInWrongly();
    await page.getByText('Der Name oder das Kennwort ist falsch.').waitFor();
    expect(await englishOn(page)).toEqual([]);
  });

  it('signs in', async () => {
    await page.getByLabel('Kennwort', { exact: true }).fill(ADMIN.password);
    await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Übersicht' }).waitFor();
    ids = { ...(await furnish(house)), ...(await fillSystem(page)) };
  });

  it.for([...PAGES, ...MORE_PAGES])('sees no English at %s', async (path) => {
    await show(page, addressIn(path, ids));
    await settled(page);
    expect(await englishOn(page)).toEqual([]);
  });

  it.for(OPENED)(
    'loads at most 250 kB, with what the server says and no rare sentences, when %s is opened',
    async (path) => {
      const files = await filesOf(path);
      expect(files.length).toBeGreaterThan(10);
      expect(weightOf(files)).toBeLessThanOrEqual(AT_MOST);
      expect(files.filter(({ name }) => RARE.test(name))).toEqual([]);
    },
  );

  it('loads sentences with the first of them', async () => {
    const looksUp = async (path: string) => (await filesOf(path)).some(({ name }) => LOOKS_UP.test(name));
    expect(await looksUp('/budgets')).toBe(false);
    expect(await looksUp('/plans/:plan')).toBe(true);
  });

  it('fills in the form of a connection in German, and is told so what is wrong with it', async () => {
    const main = page.getByRole('main');
    await show(page, '/connections/new');
    await main.getByRole('button', { name: /Procore/ }).click();
    await main.getByLabel('Domain').waitFor();
    expect(await englishOn(page)).toEqual([]);
    await show(page, '/connections');
    await show(page, '/connections/new');
    await main.getByRole('button', { name: /Netzlaufwerk/ }).click();
    await main.getByLabel(/^Ordner/).fill('/nowhere/at/all');
    await main.getByRole('button', { name: 'Verbinden und prüfen' }).click();
    await main.getByText(/^Dieser Ordner liegt in keinem Ordner, in dem Netzlaufwerke sein dürfen/).waitFor();
    expect(await englishOn(page)).toEqual([]);
  });

  it('reads in German why an item is flagged, and what to do', async () => {
    await show(page, addressOf('/runs/:run?tab=flagged', ids));
    await page
      .getByRole('main')
      .getByRole('button', { name: /what\?\.txt/ })
      .first()
      .click();
    await page.getByRole('dialog').getByText('Das Ziel kann den Namen „what?.txt“ nicht aufnehmen.').waitFor();
    expect(await englishOn(page)).toEqual([]);
  });
});
