import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium } from '../support/chromium.js';
import { House } from '../support/house.js';
import { ADMIN } from '../support/server.js';
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
      const page = await browser.newPage({ viewport: { width: 1280, height: 1500 } });
      page.setDefaultTimeout(20_000);
      await page.goto(`${house.server.url}/jobs/new`);
      await page.getByLabel('User name').fill(ADMIN.login);
      await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByLabel(/^Name/).fill('Publication');
      for (const [side, name] of [
        ['Source', 'Origin'],
        ['Destination', 'Target'],
      ]) {
        const options = page.getByLabel(`${side} connection`).locator('option');
        await options.filter({ hasText: name }).first().waitFor({ state: 'attached' });
        const label = (await options.allTextContents()).find((text) => text.startsWith(name ?? ''));
        await page.getByLabel(`${side} connection`).selectOption({ label });
      }
      const type = page.getByLabel('Type', { exact: true });
      expect(await type.locator('option').allTextContents()).toEqual(
        expect.arrayContaining(['Copy', 'Migrate', 'Publish', 'Structure']),
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
