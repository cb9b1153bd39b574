import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium, openTab } from '../support/chromium.js';
import { House } from '../support/house.js';
import { Keyboard } from '../support/keyboard.js';
import { ADMIN } from '../support/server.js';
import { addJob, addShare, runToEnd } from '../support/work.js';

describe('a person without a mouse', () => {
  let house: House;
  let browser: Browser;
  let page: Page;
  let keys: Keyboard;
  beforeAll(async () => {
    [house, browser] = await Promise.all([House.open(), openChromium()]);
    page = await openTab(browser, { viewport: { width: 1400, height: 900 } });
    keys = new Keyboard(page);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  const link = (name: string) => page.getByRole('link', { name, exact: true });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });

  it('signs in', async () => {
    await page.goto(house.server.url);
    await keys.type(page.getByLabel('User name'), ADMIN.login);
    await keys.type(page.getByLabel('Password', { exact: true }), ADMIN.password);
    await page.keyboard.press('Enter');
    await keys.arrives(heading('Overview'));
  });

  it('skips the navigation', async () => {
    await keys.to(page.getByRole('link', { name: 'Skip to content' }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  });

  it('adds a share', async () => {
    const folder = await house.folder('site');
    for (const name of ['plan.pdf', 'notes.txt', 'what?.txt']) await writeFile(join(folder, name), name);
    await keys.press(link('Connections'));
    await keys.arrives(heading('Connections'));
    await keys.press(link('Add connection'));
    await keys.arrives(heading('Add connection'));
    await keys.press(button('Network file share'));
    await keys.arrives(heading(/^Add connection: /));
    await keys.type(page.getByLabel('Display as'), 'Site folder');
    await keys.type(page.getByLabel(/^(Folder|Location|Path)/).first(), folder);
    await keys.press(button('Connect and test'));
    await keys.arrives(heading('Set up connection'));
    await page.getByText('Connected', { exact: true }).first().waitFor();
    await keys.press(link('Done'));
    await keys.arrives(heading('Connections'));
  });

  it('adds the connection to Procore through its window', async () => {
    await keys.press(link('Add connection'));
    await keys.arrives(heading('Add connection'));
    await keys.press(button('Procore'));
    await keys.arrives(heading(/^Add connection: /));
    await keys.type(page.getByLabel('Display as'), 'Pier project');
    await keys.to(page.getByRole('radio', { name: 'System default' }).or(page.getByRole('radio', { name: 'Custom' })));
    await page.keyboard.press('Space');
    if (!(await page.getByRole('radio', { name: 'Custom' }).isChecked())) await page.keyboard.press('ArrowDown');
    await keys.type(page.getByLabel('Domain'), house.sandbox.loginUrl);
    await keys.type(page.getByLabel('Client ID'), 'sandbox-client');
    await keys.type(page.getByLabel(/^Client secret/), 'sandbox-secret');
    const opened = page.waitForEvent('popup');
    await keys.press(button('Sign in with Procore'));
    const window = await opened;
    await new Keyboard(window).press(window.getByRole('button', { name: 'Allow' }));
    await keys.arrives(heading('Set up connection'));
    await keys.to(page.getByRole('radio', { name: 'Quay Builders' }));
    await page.keyboard.press('Space');
    await keys.to(
      page.getByRole('radio', { name: /./ }).and(page.getByRole('radiogroup', { name: 'Project' }).getByRole('radio')),
    );
    await page.keyboard.press('Space');
    for (let press = 0; !(await page.getByRole('radio', { name: 'Harbour Pier 4' }).isChecked()); press++) {
      if (press > 10) throw new Error('The project cannot be chosen by keys.');
      await page.keyboard.press('ArrowDown');
    }
    await keys.press(button('Use this project'));
    await keys.arrives(heading('Set up connection'));
    await page.getByText('Connected', { exact: true }).first().waitFor();
    await keys.press(link('Done'));
    await keys.arrives(heading('Connections'));
  });

  it('makes a job step by step, and simulates it', async () => {
    await keys.press(link('Jobs'));
    await keys.arrives(heading('Jobs'));
    await keys.press(link('New job'));
    await keys.arrives(heading('Type'));
    await keys.to(page.getByRole('radiogroup').getByRole('radio'));
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    if (await heading('Type').isVisible()) await keys.press(button('Next'));
    await keys.arrives(heading('Locations'));
    await chooseByName(page, keys, 'Source connection', 'Site folder');
    await chooseByName(page, keys, 'Destination connection', 'Pier project');
    for (const then of STEPS) {
      await keys.press(button('Next'));
      await keys.arrives(heading(then));
      if (then === 'Policies') await chooseByName(page, keys, POLICY, 'Flag');
    }
    await keys.type(page.getByRole('textbox', { name: /^Name/ }), 'By keys');
    await keys.press(button('Simulate'));
    await keys.arrives(heading('Plan for “By keys”').or(heading(/^Plan/)));
  });

  it('looks at a step, goes on with the plan, and finds out why an item is flagged', async () => {
    await keys.press(page.getByRole('button', { name: /plan\.pdf/ }));
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await keys.to(page.getByRole('button', { name: /plan\.pdf/ }));
    await keys.press(button('Run this plan'), 'Enter');
    await keys.arrives(heading(/^By keys, run 1/));
    await page
      .getByText(/^Succeeded/)
      .first()
      .waitFor();
    await keys.press(page.getByRole('link', { name: /^Flagged/ }));
    await keys.press(page.getByRole('button', { name: /what\?\.txt/ }));
    const drawer = page.getByRole('dialog');
    await drawer.waitFor();
    expect(await drawer.innerText()).toMatch(/character/i);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await keys.to(page.getByRole('button', { name: /what\?\.txt/ }));
  });

  it('approves what a run would delete, and sees it done', async () => {
    const [from, to] = [await house.folder('office'), await house.folder('mirror')];
    for (let number = 1; number <= 14; number++) await writeFile(join(from, `letter ${number}.txt`), String(number));
    const source = { connectionId: await addShare(house.client, from, 'Office') };
    const destination = { connectionId: await addShare(house.client, to, 'Mirror') };
    await runToEnd(house.client, await addJob(house.client, 'Mirrored', source, destination, { deletions: 'MIRROR' }));
    for (let number = 1; number < 14; number++) await rm(join(from, `letter ${number}.txt`));
    await keys.press(link('Jobs'));
    await keys.arrives(heading('Jobs'));
    await keys.press(link('Mirrored'));
    await keys.arrives(heading('Mirrored'));
    await keys.press(button('Run now'));
    await keys.arrives(heading('Mirrored, run 2'));
    await keys.press(link('Look at the plan'));
    await keys.arrives(heading(/^Plan/));
    await keys.press(button('Approve plan'));
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await keys.type(dialog.getByRole('textbox'), 'The letters were filed');
    await keys.press(dialog.getByRole('button', { name: 'Approve plan' }));
    await dialog.waitFor({ state: 'hidden' });
    await keys.isSomewhere();
    await keys.press(link('run 2'));
    await keys.arrives(heading('Mirrored, run 2'));
    await page.getByText('Succeeded', { exact: true }).first().waitFor();
    expect((await readdir(to)).filter((name) => name.startsWith('letter'))).toEqual(['letter 14.txt']);
  });
});

/** Those that follow the places. */
const STEPS = ['Policies', 'Mappings', 'Filters', 'Schedule', 'Summary'];
const POLICY = 'The name has refused characters';

/** Chooses from a list by typing the beginning of its entry. */
async function chooseByName(page: Page, keys: Keyboard, label: string, name: string): Promise<void> {
  const list = page.getByLabel(label);
  await list.locator('option', { hasText: name }).first().waitFor({ state: 'attached' });
  await keys.to(list);
  await page.keyboard.type(name);
  await expect.poll(() => list.locator('option:checked').textContent()).toContain(name);
}
