import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
    const origin = await house.folder('origin');
    for (const name of ['plan.pdf', 'plan copy.pdf', 'what?.txt']) await writeFile(join(origin, name), 'same bytes');
    await addShare(house.client, origin, 'Origin');
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

  it('a person scans one place, and reads what is there and what a copy would lose', { timeout: 90_000 }, async () => {
    const page = await openJobForm(browser, house, { name: 'Look', source: 'Origin', destination: 'Target' });
    await page.getByLabel('Type', { exact: true }).selectOption('SCAN');
    expect(await page.getByLabel('Destination connection').count()).toBe(0);
    await page.getByRole('button', { name: 'Create job' }).click();
    expect(await page.getByRole('button', { name: 'Make plan' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Run now' }).click();
    await page.getByRole('heading', { name: 'What is there' }).waitFor();
    const extensions = page.getByRole('region', { name: 'Extensions' });
    expect(await extensions.getByRole('row', { name: /^\.pdf/ }).innerText()).toContain('2');
    await page.getByText('3 files of 10 B').waitFor();
    await page.getByText('Refused characters in the name').waitFor();
    expect(await page.getByRole('button', { name: 'Plan the undo' }).count()).toBe(0);
    await page.getByRole('list', { name: 'What a copy would lose' }).waitFor();
  });
});
