import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium } from '../support/chromium.js';
import { House } from '../support/house.js';
import { goTo, openJobForm, openPart, saveAs } from '../support/job-form.js';
import { addShare } from '../support/work.js';

describe('schedules in the web app', () => {
  let house: House;
  let browser: Browser;
  beforeAll(async () => {
    [house, browser] = await Promise.all([House.open(), openChromium()]);
    await addShare(house.client, await house.folder('site'), 'Site folder');
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it('a person sees the next starts and what is wrong before saving, and the next start with the job; its limits of network and calls too', async () => {
    const page = await openJobForm(browser, house, {
      type: 'Copy',
      source: 'Site folder',
      destination: 'Procore',
    });
    await goTo(page, 'Schedule');
    await page.getByText('At set times').click();
    await page.getByLabel('Cron expression').fill('0 25 * * *');
    await page.getByRole('alert').filter({ hasText: 'invalid value for hour: 25' }).waitFor();
    await page.getByRole('button', { name: 'Working days at 18:00' }).click();
    await page.getByRole('button', { name: 'Add window' }).click();
    const preview = page.getByRole('status', { name: 'Next starts' });
    await preview.getByText(/18:00/).first().waitFor();
    await expect.poll(() => preview.getByText(/18:00/).count()).toBe(5);
    await page.getByRole('button', { name: 'Add limit' }).click();
    await page.getByLabel('Uploads, kB/s').fill('500');
    await goTo(page, 'Policies');
    await page.getByRole('button', { name: /^Change \d+ more policies$/ }).click();
    await page.getByLabel('Share of the client’s calls').fill('0.25');
    await page.getByLabel('The hour’s calls are used up').selectOption('Wait for the next hour');
    await saveAs(page, 'Nightly');
    await openPart(page, 'Settings');
    await page.getByText('500 kB/s up, at any time').waitFor();
    await page.getByText('Wait for the next hour').waitFor();
    await page.getByText('0.25', { exact: true }).waitFor();
    await page.getByText(/^By 0 18 \* \* 1-5 in /).waitFor();
    await page.getByText(/Mon, Tue, Wed, Thu, Fri 20:00–06:00/).waitFor();
    await page.getByRole('link', { name: 'Jobs', exact: true }).first().click();
    await page.getByRole('columnheader', { name: 'Next start' }).waitFor();
    await page.getByRole('row').filter({ hasText: 'Nightly' }).getByText('18:00').waitFor();
  });
});
