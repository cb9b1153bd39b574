import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAxe, axeFindings } from '../support/axe.js';
import { openChromium, signInAs } from '../support/chromium.js';
import { House } from '../support/house.js';
import { addJob, addShare, runToEnd } from '../support/work.js';

const PAGES = [
  '/',
  '/jobs',
  ...['type', 'locations', 'policies', 'mappings', 'filters', 'schedule', 'summary'].map((step) => `/jobs/new/${step}`),
  '/runs',
  '/attention',
  '/comparison',
  '/connections',
  '/connections/new',
  '/mappings',
  '/budgets',
  '/access/users',
  '/access/tokens',
  '/audit',
  '/webhooks',
  '/settings',
];
/** A telephone, a tablet, the widths between which frame and tables change their form, a desk. */
const WIDTHS = [390, 768, 860, 1010, 1400];

describe('every page of the web app', { timeout: 90_000 }, () => {
  let house: House;
  let browser: Browser;
  let light: Page;
  let dark: Page;
  let paths: string[];

  beforeAll(async () => {
    [house, browser] = await Promise.all([House.open(), openChromium()]);
    paths = [...PAGES, ...(await furnish(house))];
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
    page.setDefaultTimeout(20_000);
    await addAxe(page);
    await page.goto(house.server.url);
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    return page;
  }

  it('has nothing that axe finds before the sign-in', async () => {
    for (const page of [light, dark]) {
      expect(await axeFindings(page)).toEqual([]);
      await signInAs(page);
      await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    }
    await fillSystem(light);
  });

  it('has nothing that axe finds in light, and nothing beside the screen at any width', async () => {
    const found: string[] = [];
    for (const path of paths) {
      await show(light, path);
      found.push(...(await axeFindings(light)).map((each) => `${path} ${each}`));
      for (const width of WIDTHS) found.push(...(await beside(light, width)).map((each) => `${path} ${each}`));
    }
    expect(found).toEqual([]);
  });

  it('can be read in dark', async () => {
    const found: string[] = [];
    for (const path of paths) {
      await show(dark, path);
      const contrast = await axeFindings(dark, { runOnly: ['color-contrast'] });
      found.push(...contrast.map((each) => `${path} ${each}`));
    }
    expect(found).toEqual([]);
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

/** A run with a flagged item; returns the addresses of all that has a page of its own. */
async function furnish(house: House): Promise<string[]> {
  const origin = await house.folder('origin');
  for (const name of ['plan.pdf', 'notes.txt', 'what?.txt']) await writeFile(join(origin, name), name);
  const source = await addShare(house.client, origin, 'Origin');
  const job = await addJob(house.client, 'Drawings', { connectionId: source }, { connectionId: house.procoreId });
  const { id: run } = await runToEnd(house.client, job);
  const made = await house.client.request<{ run: { plan: { id: string } } }>(
    `query ($id: ID!) { run(id: $id) { plan { id } } }`,
    { id: run },
  );
  const tabs = await mappingTabs(house);
  const steps = ['policies', 'mappings', 'summary'].map((step) => `/jobs/${job}/edit/${step}`);
  const parts = ['items', 'flagged', 'log', 'validation', 'exports', 'undo'].map((tab) => `/runs/${run}?tab=${tab}`);
  const connection = ['', '/settings', '/content', '/jobs', '/capabilities'].map(
    (tab) => `/connections/${source}${tab}`,
  );
  return [
    ...tabs,
    ...steps,
    ...connection,
    `/connections/${house.procoreId}/budget`,
    `/jobs/${job}`,
    `/runs/${run}`,
    ...parts,
    `/plans/${made.run.plan.id}`,
  ];
}

/** The addresses of a set of rules and of one of entries. */
async function mappingTabs({ client }: House): Promise<string[]> {
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
  return ['', '/suggestions', '/preview', '/jobs', '/settings']
    .map((tab) => `/mappings/${fields}${tab}`)
    .concat(`/mappings/${tags}`);
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
