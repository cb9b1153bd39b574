import type { Browser, Page } from 'playwright-core';
import type { House } from './house.js';
import { ADMIN } from './server.js';

interface JobForm {
  name: string;
  /** Beginnings of the connections' labels. */
  source: string;
  destination: string;
}

/** The form of a new job in a page of its own, after sign-in, with its name and both connections filled in. */
export async function openJobForm(browser: Browser, house: House, form: JobForm): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1500 } });
  page.setDefaultTimeout(20_000);
  await page.goto(`${house.server.url}/jobs/new`);
  await page.getByLabel('User name').fill(ADMIN.login);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel(/^Name/).fill(form.name);
  await choose(page, 'Source', form.source);
  await choose(page, 'Destination', form.destination);
  return page;
}

async function choose(page: Page, side: 'Source' | 'Destination', name: string): Promise<void> {
  const options = page.getByLabel(`${side} connection`).locator('option');
  await options.filter({ hasText: name }).first().waitFor({ state: 'attached' });
  const label = (await options.allTextContents()).find((text) => text.startsWith(name));
  await page.getByLabel(`${side} connection`).selectOption({ label });
}
