import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAxe, axeFindings } from '../support/axe.js';
import { openChromium, signInAs } from '../support/chromium.js';
import { House } from '../support/house.js';
import { addJob, addShare, runToEnd } from '../support/work.js';

/** The addresses of every page; a word after a colon stands for the id of what `furnish` makes. */
const PAGES = [
  '/',
  '/jobs',
  ...['type', 'locations', 'policies', 'mappings', 'filters', 'schedule', 'summary'].map((step) => `/jobs/new/${step}`),
  ...['policies', 'mappings', 'summary'].map((step) => `/jobs/:job/edit/${step}`),
  '/jobs/:job',
  '/runs',
  '/runs/:run',
  ...['items', 'flagged', 'log', 'validation', 'exports', 'undo'].map((tab) => `/runs/:run?tab=${tab}`),
  '/plans/:plan',
  '/attention',
  '/comparison',
  '/connections',
  '/connections/new',
  ...['', '/settings', '/content', '/jobs', '/capabilities'].map((tab) => `/connections/:share${tab}`),
  '/connections/:procore/budget',
  '/mappings',
  ...['', '/suggestions', '/preview', '/jobs', '/settings'].map((tab) => `/mappings/:fields${tab}`),
  '/mappings/:tags',
  '/budgets',
  '/access/users',
  '/access/tokens',
  '/audit',
  '/webhooks',
  '/settings',
];
/** A telephone, a tablet, the widths between which frame and tables change their form, a desk. */
const WIDTHS = [390, 768, 860, 1010, 1400];

describe('every page of the web app', () => {
  let house: House;
  let browser: Browser;
  let light: Page;
  let dark: Page;
  let ids: Record<string, string>;

  beforeAll(async () => {
    [house, browser] = await Promise.all([House.open(), openChromium()]);
    ids = await furnish(house);
    [light, dark] = [await openPage('light'), await openPage('dark')];
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  /** A page of its own context, in which the colours are there from the start and nothing moves. */
  async function openPage(colorScheme: 'light' | 'dark'): Promise<Page> {
    const viewport = { width: 1400, height: 1000 };
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await addAxe(page);
    await page.goto(house.server.url);
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    return page;
  }

  /** The address of a page with the ids of what was made. */
  function addressOf(page: string): string {
    return page.replace(/:(\w+)/, (_, name: string) => ids[name] ?? name);
  }

  it('has nothing that axe finds before the sign-in', async () => {
    for (const page of [light, dark]) {
      expect(await axeFindings(page)).toEqual([]);
      await signInAs(page);
      await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    }
    await fillSystem(light);
  });

  it.for(PAGES)('has nothing that axe finds in light, and nothing beside the screen at any width: %s', async (page) => {
    await show(light, addressOf(page));
    const found = await axeFindings(light);
    for (const width of WIDTHS) found.push(...(await beside(light, width)));
    expect(found).toEqual([]);
  });

  it.for(PAGES)('can be read in dark: %s', async (page) => {
    await show(dark, addressOf(page));
    expect(await axeFindings(dark, { runOnly: ['color-contrast'] })).toEqual([]);
  });

  it('takes the focus to its heading when it is reached by a link', async () => {
    await light.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click();
    await light.waitForFunction(
      () => document.activeElement?.tagName === 'H1' && document.activeElement.textContent?.trim() === 'Runs',
    );
  });

  it('is reached on a narrow screen from a drawer, which Escape closes', async () => {
    await light.setViewportSize({ width: 390, height: 800 });
    const menu = light.getByRole('button', { name: 'Menu' });
    await menu.click();
    await light.getByRole('link', { name: 'Jobs', exact: true }).press('Escape');
    expect(await menu.getAttribute('aria-expanded')).toBe('false');
    expect(await menu.evaluate((button) => document.activeElement === button)).toBe(true);
  });
});

/** Makes a run with a flagged item and two sets of mappings; returns the ids of all that has a page of its own. */
async function furnish(house: House): Promise<Record<string, string>> {
  const origin = await house.folder('origin');
  for (const name of ['plan.pdf', 'notes.txt', 'what?.txt']) await writeFile(join(origin, name), name);
  const share = await addShare(house.client, origin, 'Origin');
  const job = await addJob(house.client, 'Drawings', { connectionId: share }, { connectionId: house.procoreId });
  const { id: run } = await runToEnd(house.client, job);
  const made = await house.client.request<{ run: { plan: { id: string } } }>(
    `query ($id: ID!) { run(id: $id) { plan { id } } }`,
    { id: run },
  );
  return { share, procore: house.procoreId, job, run, plan: made.run.plan.id, ...(await addMappings(house)) };
}

/** A set of rules and one of entries. */
async function addMappings({ client }: House): Promise<Record<'fields' | 'tags', string>> {
  const made = await client.request<Record<'fields' | 'tags', { mappingSet: { id: string } }>>(`mutation {
    fields: mappingSetCreate(kind: METADATA, sourcePlatform: NETWORK_FILE_SHARE, destinationPlatform: PROCORE, input: {
      name: "Fields", metadataRules: [{ destinationField: "description", value: { template: "Was {path}" }, isRequired: true }]
    }) { mappingSet { id } }
    tags: mappingSetCreate(kind: TAG, sourcePlatform: PROCORE, destinationPlatform: PROCORE, input: { name: "Tags" }) {
      mappingSet { id }
    }
  }`);
  const [fields, tags] = [made.fields.mappingSet.id, made.tags.mappingSet.id];
  await client.request(
    `mutation ($id: ID!) {
      mappingEntriesUpsert(mappingSetId: $id, entries: [{ sourceKey: "Draft", destinationKey: "For review" }]) {
        userErrors { message }
      }
    }`,
    { id: tags },
  );
  return { fields, tags };
}

/** A token and a webhook, which only somebody who is signed in can make. */
async function fillSystem(page: Page): Promise<void> {
  const query = `mutation {
    apiTokenCreate(displayName: "Nightly export", scopes: [JOBS_READ, AUDIT_READ, CONNECTIONS_WRITE]) { apiToken { id } }
    webhookCreate(url: "https://hooks.example/sluice", topics: [RUN]) { webhook { id } }
  }`;
  const answer = await page.evaluate(
    async (body) =>
      (await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).text(),
    JSON.stringify({ query }),
  );
  expect(answer).toMatch(/"apiToken":\{"id":.*"webhook":\{"id":/);
}

/** Shows a path without loading the app anew, as a link does, and waits until it is read and drawn. */
async function show(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
  await page.waitForFunction(
    (to) =>
      `${location.pathname}${to.includes('?') ? location.search : ''}` === to &&
      document.querySelector('h1') !== null &&
      !document.querySelector('[role=status][aria-label^=Loading]'),
    path,
  );
}

/** What stands beside a screen of this width: nothing, or by how much and what first. */
async function beside(page: Page, width: number): Promise<string[]> {
  await page.setViewportSize({ width, height: 1000 });
  const [pixels, first] = await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    await frame().then(frame);
    const { scrollWidth, clientWidth } = document.documentElement;
    const out = [...document.body.querySelectorAll('*')].find((one) => one.getBoundingClientRect().right > clientWidth);
    return [scrollWidth - clientWidth, out?.outerHTML.slice(0, 120)] as const;
  });
  return pixels > 0 ? [`is ${pixels} px too wide at ${width} px: ${first ?? ''}`] : [];
}
