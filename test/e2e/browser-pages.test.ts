import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAxe, axeFindings } from '../support/axe.js';
import { openChromium, openTab, signInAs } from '../support/chromium.js';
import { House } from '../support/house.js';
import { addressOf, beside, fillSystem, furnish, PAGES, show } from '../support/pages.js';

/** A telephone, a tablet, the widths between which frame and tables change their form, a desk, and half of tablet and desk, as they are at a zoom of 200 %. */
const WIDTHS = [384, 390, 700, 768, 860, 1010, 1400];

describe('every page of the web app', () => {
  let house: House;
  let browser: Browser;
  let light: Page;
  let dark: Page;
  let ids: Record<string, string>;

  beforeAll(async () => {
    [house, browser] = await Promise.all([House.open(), openChromium()]);
    ids = await furnish(house);
    [light, dark] = [await openPage('light'), await openPage('dark')];
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  /** A page of its own context, in which the colours are there from the start and nothing moves. */
  async function openPage(colorScheme: 'light' | 'dark'): Promise<Page> {
    const viewport = { width: 1400, height: 1000 };
    const page = await openTab(browser, { viewport, colorScheme, reducedMotion: 'reduce' });
    await addAxe(page);
    await page.goto(house.server.url);
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    return page;
  }

  it('has nothing that axe finds before the sign-in', async () => {
    for (const page of [light, dark]) {
      expect(await axeFindings(page)).toEqual([]);
      await signInAs(page);
      await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    }
    ids = { ...ids, ...(await fillSystem(light)) };
  });

  it.for(PAGES)('has nothing that axe finds in light, and nothing beside the screen at any width: %s', async (page) => {
    await show(light, addressOf(page, ids));
    const found = await axeFindings(light);
    for (const width of WIDTHS) found.push(...(await beside(light, width)));
    expect(found).toEqual([]);
  });

  it.for(PAGES)('can be read in dark: %s', async (page) => {
    await show(dark, addressOf(page, ids));
    expect(await axeFindings(dark, { runOnly: ['color-contrast'] })).toEqual([]);
  });

  it('takes the focus to its heading when it is reached by a link', async () => {
    await light.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).click();
    await light.waitForFunction(
      () => document.activeElement?.tagName === 'H1' && document.activeElement.textContent?.trim() === 'Runs',
    );
  });

  it('is reached on a narrow screen from a drawer, which Escape closes', async () => {
    await light.setViewportSize({ width: 390, height: 800 });
    const menu = light.getByRole('button', { name: 'Menu' });
    await menu.click();
    await light.getByRole('link', { name: 'Jobs', exact: true }).press('Escape');
    expect(await menu.getAttribute('aria-expanded')).toBe('false');
    expect(await menu.evaluate((button) => document.activeElement === button)).toBe(true);
  });
});
