import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium, openTab, signInAs } from '../support/chromium.js';
import { evenTree, plant } from '../support/files.js';
import { House } from '../support/house.js';
import { choosePlaces, saveAs } from '../support/job-form.js';
import { checksumsOf, contentOf } from '../support/sandbox.js';
import type { Server } from '../support/server.js';
import { addShare } from '../support/work.js';

const files = evenTree(60, 6);

describe('a person with a browser', () => {
  let house: House;
  let browser: Browser;
  beforeAll(async () => {
    [house, browser] = await Promise.all([House.open(), openChromium()]);
    const folder = await house.folder('site');
    await plant(folder, files);
    await addShare(house.client, folder, 'Site folder');
    // Slow enough that the figures are seen to grow.
    house.sandbox.control.setFaults([{ kind: 'slow', ms: 100, match: { origin: 'storage' } }]);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it('signs in, adds a Procore connection in the popup, runs a job and sees it finish, over a restart of the server', async () => {
    const page = await openTab(browser);
    await explaining(page, async () => {
      await signIn(page, house.server.url);
      await page.evaluate('window.samePage = true');
      await addProcoreConnection(page, house.sandbox.loginUrl);
      await comparePlatforms(page);
      await createJob(page);
      const seen = await runToEnd(page, house.server);
      expect(new Set(seen).size, 'different figures seen while it ran').toBeGreaterThan(2);
      expect(await page.evaluate('window.samePage'), 'the page was not reloaded').toBe(true);
    });
    expect((await contentOf(house.sandbox)).files).toEqual(checksumsOf(files));
  });
});

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await signInAs(page);
}

async function addProcoreConnection(page: Page, domain: string): Promise<void> {
  await page.getByRole('link', { name: 'Connections' }).first().click();
  await page.getByRole('link', { name: 'Add connection' }).first().click();
  await page.getByRole('button', { name: 'Procore', exact: true }).click();
  await page.getByLabel('Display as').fill('Pier project');
  await page.getByRole('radio', { name: 'Custom' }).check();
  await page.getByLabel('Domain').fill(domain);
  await page.getByLabel('Client ID').fill('sandbox-client');
  await page.getByLabel(/^Client secret/).fill('sandbox-secret');
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Sign in with Procore' }).click();
  await (await opened).getByRole('button', { name: 'Allow' }).click();
  await page.getByRole('radio', { name: 'Quay Builders' }).check();
  await page.getByRole('radio', { name: 'Harbour Pier 4' }).check();
  await page.getByRole('button', { name: 'Use this project' }).click();
  await page.getByText('Connected', { exact: true }).first().waitFor();
  await page.getByRole('link', { name: 'Done' }).click();
  await page.getByRole('link', { name: 'Pier project' }).waitFor();
}

/** Sets the two connections side by side, and the project beside itself. */
async function comparePlatforms(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Connections' }).first().click();
  await page.getByRole('link', { name: 'Compare platforms' }).click();
  await page.getByLabel('From', { exact: true }).selectOption({ label: 'Site folder' });
  await page.getByLabel('To', { exact: true }).selectOption({ label: 'Pier project' });
  const times = page.getByRole('row', { name: /^Times Yes/ });
  await times.getByText('Lost or changed').waitFor();
  await page.getByLabel('Only differences').click();
  await page.getByRole('row', { name: /^Restricted types/ }).waitFor({ state: 'detached' });
  expect(await times.textContent()).toContain('files have the time of their transfer');
}

async function createJob(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Jobs' }).first().click();
  await page.getByRole('link', { name: 'New job' }).first().click();
  await choosePlaces(page, { type: 'Copy', source: 'Site folder', destination: 'Pier project' });
  await saveAs(page, 'Site to Procore');
}

/** Stops the server: what was read stays, greyed, below the time of its figures, until the server is back. */
async function loseServer(page: Page, server: Server): Promise<void> {
  const lost = page.getByRole('status').filter({ hasText: 'The server does not answer. What you see is as of' });
  await server.stop();
  await lost.waitFor();
  expect(await page.locator('[data-lost]').getByText(FIGURES).first().isVisible()).toBe(true);
  await server.run();
  await lost.waitFor({ state: 'detached' });
  expect(await page.locator('[data-lost]').count()).toBe(0);
}

const FIGURES = /^\d+ of \d+ items? done$/;

/** Starts the job and watches its page until it has succeeded; gives what the page said about the items done. */
async function runToEnd(page: Page, server: Server): Promise<string[]> {
  await page.getByRole('button', { name: 'Run now' }).click();
  const figures = page.getByText(FIGURES).first();
  const seen = [(await figures.textContent()) ?? ''];
  await loseServer(page, server);
  const succeeded = page.getByText('Succeeded', { exact: true }).first();
  const ended = succeeded.waitFor({ timeout: 180_000 }).then(() => true);
  for (let isOver = false; !isOver;) {
    isOver = await Promise.race([ended, page.waitForTimeout(200).then(() => false)]);
    if (await figures.isVisible()) seen.push((await figures.textContent()) ?? '');
  }
  expect(seen.at(-1)).toBe('66 of 66 items done');
  return seen;
}

/** Adds what the page shows to the error of a failed step. */
async function explaining(page: Page, steps: () => Promise<void>): Promise<void> {
  try {
    await steps();
  } catch (error) {
    const shown = await page.locator('body').innerText();
    throw new Error(`At ${page.url()}, which shows:\n${shown.slice(0, 3000)}`, { cause: error });
  }
}
