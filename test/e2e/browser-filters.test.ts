import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium } from '../support/chromium.js';
import { plant } from '../support/files.js';
import { House } from '../support/house.js';
import { goTo, openJobForm, openPart, saveAs } from '../support/job-form.js';
import { addShare } from '../support/work.js';

describe('filters in the web app', () => {
  let house: House;
  let browser: Browser;
  beforeAll(async () => {
    [house, browser] = await Promise.all([House.open(), openChromium()]);
    const folder = await house.folder('site');
    await plant(folder, { 'Plans/A-101.pdf': 'a', 'Plans/Thumbs.db': 'b', 'Old/A-100.pdf': 'c', 'note.txt': 'd' });
    await addShare(house.client, folder, 'Site folder');
    await addShare(house.client, await house.folder('target'), 'Archive');
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it('a person leaves out system files and a folder, sees what that does, and finds it again', async () => {
    const page = await openJobForm(browser, house, {
      type: 'Copy',
      source: 'Site folder',
      destination: 'Archive',
    });
    await goTo(page, 'Filters');
    const preview = page.getByRole('region', { name: 'Preview of the filters' });
    await preview.getByRole('row').filter({ hasText: '/Plans/Thumbs.db' }).getByText('Copied').waitFor();
    await page.getByLabel('Leave out', { exact: true }).fill('Old/**');
    await page.getByRole('button', { name: 'Leave out system files' }).click();
    const row = (path: string) => preview.getByRole('row').filter({ hasText: path });
    await row('/Plans/Thumbs.db').getByText('Left out').waitFor();
    expect(await row('/Plans/A-101.pdf').innerText()).toContain('Copied');
    expect(
      await preview
        .getByRole('row')
        .filter({ hasText: /^Left out\s*\/Old\/$/ })
        .count(),
    ).toBe(1);
    await saveAs(page, 'Filtered');
    const job = page.url();
    await openPart(page, 'Settings');
    await page.getByText('1 filter', { exact: true }).waitFor();
    await page.goto(`${job}/edit/filters`);
    expect(await page.getByLabel('Leave out', { exact: true }).inputValue()).toMatch(/^Old\/\*\*\nThumbs\.db\n/);
    await keepBoth(page, house);
  });
});

/** Changes the filters while another client changes name and remark: what was changed here is put over what was saved there. */
async function keepBoth(page: Page, { client }: House): Promise<void> {
  const id = new URL(page.url()).pathname.split('/')[2];
  await page.getByLabel('Leave out', { exact: true }).fill('*.db');
  await client.request(
    'mutation ($id: ID!) { jobUpdate(id: $id, input: { description: "Ask Ann" }) { userErrors { message } } }',
    { id },
  );
  await page.getByRole('button', { name: 'Save changes' }).click();
  const dialog = page.getByRole('dialog', { name: 'test has saved changes meanwhile' });
  await dialog.getByRole('row', { name: /^Remark None Ask Ann$/ }).waitFor();
  await dialog.getByRole('button', { name: 'Keep mine' }).click();
  await page.getByRole('link', { name: 'Overview' }).first().click();
  await page.getByRole('dialog', { name: 'Leave without saving' }).press('Escape');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Ask Ann').waitFor();
  const { job } = await client.request<{ job: { rules: { globs: string[] }[] } }>(
    'query ($id: ID!) { job(id: $id) { rules { globs } } }',
    { id },
  );
  expect(job.rules).toEqual([{ globs: ['*.db'] }]);
}
