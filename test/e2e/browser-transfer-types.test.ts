import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium } from '../support/chromium.js';
import { House } from '../support/house.js';
import { openJobForm } from '../support/job-form.js';
import { addShare } from '../support/work.js';

describe('types of transfer in the web app', () => {
  let house: House;
  let browser: Browser;
  beforeAll(async () => {
    [house, browser] = await Promise.all([House.open(), openChromium()]);
    await addShare(house.client, await house.folder('origin'), 'Origin');
    await addShare(house.client, await house.folder('target'), 'Target');
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it(
    'a person chooses one, reads what it changes and deletes, and sees only the policies that it uses',
    { timeout: 90_000 },
    async () => {
      const page = await openJobForm(browser, house, { name: 'Publication', source: 'Origin', destination: 'Target' });
      const type = page.getByLabel('Type', { exact: true });
      expect(await type.locator('option').allTextContents()).toEqual(
        expect.arrayContaining(['Copy', 'Migrate', 'Move', 'Publish', 'Structure', 'Sync']),
      );
      await page.getByText('New and changed items come to the destination.').waitFor();
      await page.getByRole('button', { name: 'Change policies' }).click();
      const existing = page.getByLabel('The name exists at the destination');
      expect(await existing.count()).toBe(1);
      await type.selectOption('PUBLISH');
      await page.getByText('all that the source does not have is deleted there').waitFor();
      expect(await existing.count()).toBe(0);
      await page.getByRole('button', { name: 'Create job' }).click();
      await page.getByText(/^Publish\. The destination becomes exactly the source/).waitFor();
      await page.goto(`${page.url()}/edit`);
      expect(await page.getByLabel('Type', { exact: true }).isDisabled()).toBe(true);
    },
  );
});
