import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium } from '../support/chromium.js';
import { House } from '../support/house.js';
import { goTo, next, openJobForm, openPart, saveAs } from '../support/job-form.js';
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

  it('a person chooses one, reads what it changes and deletes, and sees only the policies that it uses', async () => {
    const page = await openJobForm(browser, house, { type: 'Copy', source: 'Origin', destination: 'Target' });
    const existing = page.getByLabel('The name exists at the destination');
    await existing.waitFor();
    await goTo(page, 'Type');
    const publish = page.getByRole('radio', { name: 'Publish' });
    expect(await publish.innerText()).toContain('Deletes at the destination all that the source does not have.');
    await publish.click();
    const deletion = page.getByText('Everything at the destination that the source does not have is deleted.');
    for (const step of ['Locations', 'Policies', 'Mappings', 'Filters', 'Schedule', 'Summary']) {
      await next(page, step);
      expect(await deletion.isVisible(), step).toBe(true);
    }
    await page.reload();
    expect(await page.getByRole('textbox', { name: /^Name/ }).inputValue()).toBe('Origin to Target');
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Schedule' }).waitFor();
    await goTo(page, 'Policies');
    await page.getByRole('heading', { name: 'What does not come along' }).waitFor();
    expect(await existing.count()).toBe(0);
    await saveAs(page, 'Publication');
    const job = page.url();
    await openPart(page, 'Settings');
    await page.getByText(/^Publish\. The destination becomes exactly the source/).waitFor();
    await page.goto(`${job}/edit/type`);
    expect(await page.getByRole('radio', { name: 'Copy' }).isDisabled()).toBe(true);
  });

  it('a person scans one place, and reads what is there and what a copy would lose', async () => {
    const page = await openJobForm(browser, house, { type: 'Scan', source: 'Origin' });
    await saveAs(page, 'Look');
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'Make plan' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Run now' }).click();
    await page.getByRole('heading', { name: 'What is there' }).waitFor();
    const extensions = page.getByRole('region', { name: 'Extensions' });
    expect(await extensions.getByRole('row', { name: /^\.pdf/ }).innerText()).toContain('2');
    await page.getByText('3 files of 10 B').waitFor();
    await page.getByText('Refused characters in the name').waitFor();
    expect(await page.getByRole('link', { name: 'Undo', exact: true }).count()).toBe(0);
    await page.getByRole('list', { name: 'What a copy would lose' }).waitFor();
    await page.getByRole('link', { name: 'Scans' }).click();
    await page.getByRole('link', { name: 'Look, scan 1' }).click();
    await page.getByLabel('Copy to').selectOption('NETWORK_FILE_SHARE');
    await page.waitForURL(/destination=NETWORK_FILE_SHARE/);
    await page.getByRole('region', { name: 'Extensions' }).waitFor();
    await page.getByRole('link', { name: 'Make a job of this' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    const source = page.getByLabel('Source connection');
    expect(await source.locator('option:checked').innerText()).toContain('Origin');
  });
});
