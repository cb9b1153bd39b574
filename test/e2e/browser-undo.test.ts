import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium } from '../support/chromium.js';
import { House } from '../support/house.js';
import { openJobForm, saveAs } from '../support/job-form.js';
import { addShare } from '../support/work.js';

describe('the undo of a run in the web app', () => {
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

  it('a button on the page of the run leads to the plan, which is run like others', async () => {
    const page = await openJobForm(browser, house, { type: 'Copy', source: 'Origin', destination: 'Target' });
    await saveAs(page, 'Copied');
    await page.getByRole('button', { name: 'Run now' }).click();
    await page.getByRole('link', { name: 'Undo', exact: true }).click();
    await page.getByRole('button', { name: 'Plan the undo' }).click();
    await page.getByRole('heading', { name: 'Undo of run 1 of Copied' }).waitFor();
    await page.getByRole('button', { name: 'Run this plan' }).click();
    await page.getByText('Undoes a run').waitFor();
    expect(page.url()).toContain('/runs/');
  });
});
