import type { Browser, Page } from 'playwright-core';
import { openTab, signInAs } from './chromium.js';
import type { House } from './house.js';

interface JobPlaces {
  /** What the card of the type is called. */
  type: string;
  /** Beginnings of the connections' labels. */
  source: string;
  destination?: string;
}

/** The way to a new job in a page of its own, after sign-in, with its type and its places chosen; it shows the policies. */
export async function openJobForm(browser: Browser, house: House, places: JobPlaces): Promise<Page> {
  const page = await openTab(browser, { viewport: { width: 1280, height: 1500 } });
  await page.goto(`${house.server.url}/jobs/new`);
  await signInAs(page);
  await choosePlaces(page, places);
  return page;
}

/** Goes from the first step of a new job to that of its policies. */
export async function choosePlaces(page: Page, { type, source, destination }: JobPlaces): Promise<void> {
  await page.getByRole('radio', { name: type, exact: true }).click();
  await next(page, 'Locations');
  await choose(page, 'Source', source);
  if (destination !== undefined) await choose(page, 'Destination', destination);
  await next(page, 'Policies');
}

/** Goes on to the step of this name. */
export async function next(page: Page, step: string): Promise<void> {
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: step }).waitFor();
}

/** Goes to a later step, which the steps before it allow. */
export async function goTo(page: Page, step: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Steps of the job' }).getByRole('link', { name: step }).click();
  await page.getByRole('heading', { level: 1, name: step }).waitFor();
}

/** Gives the job a name at its last step, and saves it. */
export async function saveAs(page: Page, name: string): Promise<void> {
  await goTo(page, 'Summary');
  await page.getByRole('textbox', { name: /^Name/ }).fill(name);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** Opens a part of the page of a job. */
export async function openPart(page: Page, part: string): Promise<void> {
  const parts = page.getByRole('navigation', { name: 'Parts of the job' });
  await parts.getByRole('link', { name: part, exact: true }).click();
}

async function choose(page: Page, side: 'Source' | 'Destination', name: string): Promise<void> {
  const options = page.getByLabel(`${side} connection`).locator('option');
  await options.filter({ hasText: name }).first().waitFor({ state: 'attached' });
  const label = (await options.allTextContents()).find((text) => text.startsWith(name));
  await page.getByLabel(`${side} connection`).selectOption({ label });
}
