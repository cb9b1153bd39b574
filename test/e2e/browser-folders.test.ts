import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAxe, axeFindings } from '../support/axe.js';
import { openChromium, openTab, signInAs } from '../support/chromium.js';
import { plant } from '../support/files.js';
import { House } from '../support/house.js';
import { Keyboard } from '../support/keyboard.js';
import { addShare } from '../support/work.js';

const photos = Array.from({ length: 230 }, (_, index) => `Photos/IMG ${String(index + 1).padStart(3, '0')}.jpg`);

describe('the folders of a connection, by keys alone', () => {
  let house: House;
  let browser: Browser;
  let folder: string;
  let share: string;
  beforeAll(async () => {
    [house, browser] = await Promise.all([House.open(), openChromium()]);
    folder = await house.folder('site');
    await plant(folder, Object.fromEntries([...photos, 'Plans/Old/A-100.pdf', 'note.txt'].map((path) => [path, path])));
    await mkdir(join(folder, 'Empty'));
    await mkdir(join(folder, 'Gone'));
    share = await addShare(house.client, folder, 'Site folder');
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  async function openPage(path: string): Promise<Page> {
    const page = await openTab(browser, { viewport: { width: 1200, height: 900 } });
    await addAxe(page);
    await page.goto(`${house.server.url}${path}`);
    await signInAs(page);
    return page;
  }

  const itemOf = (page: Page, name: string | RegExp): Locator => page.getByRole('tree').getByRole('treeitem', { name });
  const focused = (page: Page): Promise<string> =>
    page.evaluate(() => document.activeElement?.firstElementChild?.textContent?.trim() ?? '');
  /** Presses keys one after another, and says where the focus is then. */
  async function press(page: Page, ...keys: string[]): Promise<string> {
    for (const key of keys) await page.keyboard.press(key);
    return focused(page);
  }

  it('are opened, walked through and closed by arrows, Home, End and letters', async () => {
    const page = await openPage(`/connections/${share}/content`);
    await new Keyboard(page).to(itemOf(page, 'Empty'));
    expect(await press(page, 'End')).toMatch(/^note\.txt/);
    expect(await press(page, 'p')).toBe('Photos');
    // On a busy machine there may be a pause between the letters.
    await expect.poll(() => press(page, 'Home', 'p', 'l')).toBe('Plans');
    await press(page, 'ArrowRight');
    await itemOf(page, 'Old').waitFor();
    expect(await itemOf(page, 'Plans').getAttribute('aria-expanded')).toBe('true');
    expect(await press(page, 'ArrowRight', 'Enter')).toBe('Old');
    await itemOf(page, /^A-100\.pdf/).waitFor();
    expect(await press(page, 'ArrowDown')).toMatch(/^A-100\.pdf/);
    expect(await axeFindings(page)).toEqual([]);
    expect(await press(page, 'ArrowLeft', 'ArrowLeft', 'ArrowLeft')).toBe('Plans');
    expect(await press(page, 'ArrowLeft')).toBe('Plans');
    expect(await itemOf(page, 'Old').count()).toBe(0);
    expect(await press(page, 'Home')).toBe('Empty');
    await page.close();
  });

  it('keep their place for the tabulator', async () => {
    const page = await openPage(`/connections/${share}/content`);
    await new Keyboard(page).to(itemOf(page, 'Empty'));
    expect(await press(page, 'ArrowDown', 'ArrowDown')).toBe('Photos');
    expect(await press(page, 'Shift+Tab', 'Tab')).toBe('Photos');
    await page.close();
  });

  it('are read a hundred entries at a time, and the focus goes on to the first that came', async () => {
    const page = await openPage(`/connections/${share}/content`);
    await new Keyboard(page).to(itemOf(page, 'Empty'));
    await press(page, 'ArrowDown', 'ArrowDown', 'ArrowRight');
    await itemOf(page, /^IMG 100/).waitFor();
    expect(await itemOf(page, /^IMG/).count()).toBe(100);
    await itemOf(page, 'Show more').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toMatch(/^IMG 101\.jpg/);
    await itemOf(page, 'Show more').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toMatch(/^IMG 201\.jpg/);
    expect([await itemOf(page, /^IMG/).count(), await itemOf(page, 'Show more').count()]).toEqual([230, 0]);
    await page.close();
  });

  it('say that they are empty, or cannot be read, which can be tried again', async () => {
    const page = await openPage(`/connections/${share}/content`);
    await new Keyboard(page).to(itemOf(page, 'Empty'));
    await press(page, 'ArrowRight');
    await expect.poll(() => itemOf(page, 'Empty').getByRole('treeitem').first().textContent()).toBe('Empty');
    await rm(join(folder, 'Gone'), { recursive: true });
    await press(page, 'ArrowDown', 'ArrowDown', 'ArrowRight');
    await itemOf(page, 'Gone').getByRole('alert').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await press(page, 'ArrowDown')).toMatch(/Try again$/);
    await plant(folder, { 'Gone/back.txt': 'back' });
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toMatch(/^back\.txt/);
    await page.close();
  });

  it('are chosen for a job by Enter, and opened there without being chosen', async () => {
    const page = await openPage('/jobs/new/locations');
    await page.getByLabel('Source connection').selectOption({ label: `Site folder (${folder})` });
    const tree = page.getByRole('tree').first();
    await new Keyboard(page).to(tree.getByRole('treeitem', { name: 'Empty' }));
    await press(page, 'End', 'ArrowRight');
    await tree.getByRole('treeitem', { name: 'Old' }).waitFor();
    const chosen = page.getByLabel('Source folder', { exact: true });
    expect(await chosen.inputValue()).toBe('/');
    await press(page, 'ArrowDown', 'Enter');
    expect(await chosen.inputValue()).toBe('/Plans/Old');
    expect(await tree.locator('[aria-selected=true]').evaluateAll((all) => all.map((one) => one.textContent))).toEqual([
      'Old',
    ]);
    expect(await focused(page)).toBe('Old');
    await page.close();
  });
});
