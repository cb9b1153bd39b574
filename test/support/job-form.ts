import type { Browser, Page } from 'playwright-core';
import { signInAs } from './chromium.js';
import type { House } from './house.js';

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
  await signInAs(page);
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
