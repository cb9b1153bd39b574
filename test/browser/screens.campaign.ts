import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAxe, axeFindings } from '../support/axe.js';
import { openChromium, openTab, signInAs } from '../support/chromium.js';
import { House } from '../support/house.js';
import { addressOf, beside, fillSystem, furnish, PAGES, show } from '../support/pages.js';

/** A dialog, and how it is opened from the page that has it. */
const DIALOGS: readonly (readonly [page: string, open: (page: Page) => Promise<void>])[] = [
  ['/', (page) => page.keyboard.press('Control+k')],
  ['/access/users', press('Add user')],
  ['/access/tokens', press('Create token')],
  ['/access/tokens', press(/^Revoke /)],
  ['/webhooks', press('Add webhook')],
  ['/mappings', press('Add mapping set')],
  ['/mappings/:fields', press('Add rule')],
  ['/mappings/:fields', press('Import CSV')],
  ['/mappings/:tags', press('Add entry')],
  ['/connections/:share', press('Edit')],
  ['/connections/:share', press('Delete')],
  ['/jobs/:job', pressInMenu('Delete')],
  ['/plans/:plan', press(/plan\.pdf/)],
  ['/runs/:run?tab=flagged', press(/what\?\.txt/)],
  ['/attention', press(/^Ignore/)],
  ['/audit', press(/^Details of event/)],
];

function press(name: string | RegExp): (page: Page) => Promise<void> {
  return (page) => page.getByRole('main').getByRole('button', { name }).first().click();
}

function pressInMenu(name: string): (page: Page) => Promise<void> {
  return async (page) => {
    await press('More actions')(page);
    await page.getByRole('menuitem', { name }).click();
  };
}

describe('the states, dialogs and pages of the web app', () => {
  let house: House;
  let browser: Browser;
  let page: Page;
  let ids: Record<string, string>;
  beforeAll(async () => {
    [house, browser] = await Promise.all([House.open(), openChromium()]);
    // A zoom of 200 % halves the room and doubles the dots of each of its pixels.
    page = await openTab(browser, { reducedMotion: 'reduce', deviceScaleFactor: 2 });
    await addAxe(page);
    await page.goto(house.server.url);
    await signInAs(page);
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it.for(['/', '/jobs', '/runs', '/attention', '/mappings', '/budgets', '/webhooks'])(
    'has nothing that axe finds where there is nothing yet: %s',
    async (path) => {
      await show(page, path);
      expect(await axeFindings(page)).toEqual([]);
    },
  );

  it('has nothing that axe finds while it waits for what it shows, and when that cannot be read', async () => {
    ids = { ...(await furnish(house)), ...(await fillSystem(page)) };
    const found: string[] = [];
    for (const path of [
      '/jobs/:job',
      '/runs/:run',
      '/plans/:plan',
      '/audit',
      '/mappings/:tags',
      '/connections/:share/content',
    ]) {
      const answers = await delayed(page, house.server.url + addressOf(path, ids));
      found.push(...(await axeFindings(page)).map((each) => `${path} ${each}`));
      await answers({ errors: [{ message: 'The store cannot be read.' }] });
      await page
        .getByText(/cannot be read|could not be/)
        .first()
        .waitFor();
      found.push(...(await axeFindings(page)).map((each) => `${path} ${each}`));
      await page.unrouteAll();
    }
    expect(found).toEqual([]);
  });

  it('has nothing that axe finds when the server is lost', async () => {
    await page.goto(house.server.url);
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    // A page of which a part is still to come is loaded anew once the server is back.
    await page.waitForLoadState('networkidle');
    await page.context().setOffline(true);
    await page.getByText('The server does not answer.').waitFor({ timeout: 60_000 });
    const found = await axeFindings(page);
    await page.context().setOffline(false);
    await page.getByText('The server does not answer.').waitFor({ state: 'detached', timeout: 60_000 });
    expect(found).toEqual([]);
  });

  it.for(DIALOGS.map(([path, open], index) => ({ path, open, index })))(
    'has nothing that axe finds in a dialog: $index $path',
    async ({ path, open }) => {
      await page.setViewportSize({ width: 1400, height: 1000 });
      await show(page, addressOf(path, ids));
      await open(page);
      const dialog = page.getByRole('dialog').first();
      await dialog.waitFor();
      const found = await axeFindings(page);
      for (const width of [384, 700]) found.push(...(await beside(page, width)), ...(await cutOff(page, width)));
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      expect(found).toEqual([]);
    },
  );

  it.for(PAGES)('has nothing beside the screen and nothing cut off at a zoom of 200 percent: %s', async (path) => {
    await show(page, addressOf(path, ids));
    // Charts take their new size some frames after the screen has it.
    for (const width of [384, 700])
      await expect.poll(async () => [...(await beside(page, width)), ...(await cutOff(page, width))]).toEqual([]);
  });
});

/** Opens an address whose questions wait; gives what answers all of them, but for the session. */
async function delayed(page: Page, url: string): Promise<(answer: unknown) => Promise<void>> {
  let release: (answer: unknown) => void = () => undefined;
  const answer = new Promise((resolve) => (release = resolve));
  await page.route('**/graphql', async (route) => {
    const body = route.request().postData() ?? '';
    if (/"Viewer"|__typename }/.test(body)) return route.continue();
    await route.fulfill({ json: await answer }).catch(() => undefined);
  });
  await page.goto(url);
  await page
    .getByRole('status', { name: /^Loading/ })
    .first()
    .waitFor();
  return async (given) => release(given);
}

/** Texts of which a part is hidden by the box that they stand in, and that cannot be scrolled to nor read on hovering. */
async function cutOff(page: Page, width: number): Promise<string[]> {
  const found = await page.evaluate(() => {
    const hides = (value: string) => value === 'hidden' || value === 'clip';
    return [...document.body.querySelectorAll<HTMLElement>('*')].flatMap((box) => {
      const { overflowX, overflowY, position } = getComputedStyle(box);
      const isForReaders = position === 'absolute' && box.clientWidth <= 2;
      const isCut =
        (hides(overflowX) && box.scrollWidth > box.clientWidth + 1) ||
        (hides(overflowY) && box.scrollHeight > box.clientHeight + 1);
      const isTold = box.closest('[title]') !== null || box.matches('input, select, textarea, svg, svg *');
      const isShown = box.clientWidth > 0 && box.innerText?.trim() !== '';
      return isCut && isShown && !isForReaders && !isTold ? [box.outerHTML.slice(0, 160)] : [];
    });
  });
  return found.map((each) => `is cut off at ${width} px: ${each}`);
}
