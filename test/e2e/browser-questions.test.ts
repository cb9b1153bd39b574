import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAxe, axeFindings } from '../support/axe.js';
import { openChromium, openTab, signInAs } from '../support/chromium.js';
import { withoutPagesAhead } from '../support/pages.js';
import { Server } from '../support/server.js';

describe('a question before something that cannot be taken back', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start(), openChromium()]);
    page = await openTab(browser);
    await addAxe(page);
    await page.goto(`${server.url}/webhooks`);
    await signInAs(page);
    await page.getByRole('button', { name: 'Add webhook' }).first().click();
    await dialog().getByLabel('Address').fill('https://hooks.example/sluice');
    await dialog().getByRole('button', { name: 'Add webhook' }).click();
    await dialog().getByRole('button', { name: 'Done' }).click();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  const dialog = () => page.getByRole('dialog');
  const menu = () => page.getByRole('button', { name: /^Actions/ });
  const hasFocus = (control: Locator) => control.evaluate((one) => one === document.activeElement);
  async function choose(action: string): Promise<void> {
    await menu().click();
    await page.getByRole('menuitem', { name: action }).click();
    await page.getByRole('menu').waitFor({ state: 'hidden' });
    await dialog().waitFor();
  }

  it('offers first to leave all as it is, and gives the focus back to where it came from', async () => {
    await choose('Delete');
    await expect.poll(() => hasFocus(dialog().getByRole('button', { name: 'Keep it' }))).toBe(true);
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toMatch(/^Actions for/);
    await page.getByRole('row', { name: /hooks\.example/ }).waitFor();
  });

  it('hands a new secret over, which keeps the focus and is not lost by Escape', async () => {
    await choose('Renew the secret');
    await dialog().getByRole('button', { name: 'Renew the secret' }).click();
    await dialog().getByText('shown only this once').waitFor();
    await page.keyboard.press('Escape');
    expect(await dialog().getByRole('textbox').textContent()).toMatch(/^\S{20,}$/);
    expect(await dialog().evaluate((one) => one.contains(document.activeElement))).toBe(true);
    await dialog().getByRole('button', { name: 'Done' }).click();
    await dialog().waitFor({ state: 'hidden' });
  });

  it('stays with what was refused', async () => {
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('WebhookDelete')
        ? route.fulfill({ status: 200, json: REFUSED })
        : route.continue(),
    );
    await choose('Delete');
    await dialog().getByRole('button', { name: 'Delete', exact: true }).click();
    await dialog().getByText('It delivers just now.').waitFor();
    await page.unroute('**/graphql');
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
  });

  it('stands above a form that a change of page would lose, which is kept', async () => {
    await page.getByRole('link', { name: 'Jobs', exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    await page.getByRole('link', { name: 'Webhooks', exact: true }).first().click();
    await page.getByRole('button', { name: 'Add webhook' }).first().click();
    await dialog().getByLabel('Address').fill('https://hooks.example/other');
    await page.goBack();
    await page.getByRole('button', { name: 'Keep editing' }).click();
    await expect.poll(() => dialog().count()).toBe(1);
    expect(await dialog().getByLabel('Address').inputValue()).toBe('https://hooks.example/other');
    await page.goBack();
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    await dialog().waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: 'Webhooks', exact: true }).first().click();
    await menu().waitFor();
  });

  it('is not lost while what shows it is on its way, and neither is a menu; both give the focus back', async () => {
    const [later, arrive] = await withLateParts(browser, page, /(open-menu|questions)-/);
    await later.goto(`${server.url}/webhooks`);
    const opener = later.getByRole('button', { name: /^Actions/ });
    await opener.focus();
    await later.keyboard.press('Enter');
    expect(await later.getByRole('menu').count()).toBe(0);
    arrive();
    await later.getByRole('menu').waitFor();
    await later.keyboard.press('Escape');
    await later.getByRole('menu').waitFor({ state: 'hidden' });
    await expect.poll(() => hasFocus(opener)).toBe(true);
    await later.keyboard.press('Enter');
    await later.getByRole('menuitem', { name: 'Delete' }).click();
    await expect.poll(() => hasFocus(later.getByRole('button', { name: 'Keep it' }))).toBe(true);
    await later.keyboard.press('Escape');
    await later.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect.poll(() => hasFocus(opener)).toBe(true);
    await later.context().close();
  });

  it('goes with its page, also before it is shown', async () => {
    const [later, arrive] = await withLateParts(browser, page, /questions-/);
    await later.goto(`${server.url}/webhooks`);
    await later.getByRole('button', { name: /^Actions/ }).click();
    const asked = later.waitForRequest(/questions-/);
    await later.getByRole('menuitem', { name: 'Delete' }).click();
    await asked;
    await later.getByRole('link', { name: 'Jobs', exact: true }).first().click();
    await later.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    const arrived = later.waitForResponse(/questions-/);
    arrive();
    await arrived;
    await later.waitForLoadState('networkidle');
    expect(await later.getByRole('dialog').count()).toBe(0);
    await later.context().close();
  });

  it('comes, as all that is loaded ahead does, also when the server was away just then', async () => {
    const later = await openTab(browser, { storageState: await page.context().storageState() });
    const context = later.context();
    await later.clock.install();
    await later.goto(`${server.url}/webhooks`);
    await later.getByRole('button', { name: /^Actions/ }).waitFor();
    await context.setOffline(true);
    await later.clock.fastForward(3_000);
    const notice = later.getByText('The server does not answer.');
    await notice.waitFor();
    const ahead = later.waitForResponse(/questions-/);
    await context.setOffline(false);
    await later.clock.fastForward(2_000);
    await ahead;
    await notice.waitFor({ state: 'hidden' });
    await later.getByRole('button', { name: /^Actions/ }).click();
    await later.getByRole('menuitem', { name: 'Delete' }).click();
    await later.getByRole('button', { name: 'Keep it' }).waitFor();
    await context.close();
  });

  it('is followed by what went wrong, also when nothing was said before', async () => {
    const later = await openTab(browser, { storageState: await page.context().storageState() });
    await later.goto(`${server.url}/webhooks`);
    await later.getByRole('button', { name: /^Actions/ }).click();
    await later.getByRole('menuitem', { name: 'Delete' }).click();
    await later.route('**/graphql', (route) => route.fulfill({ status: 500, body: '' }));
    await later.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await later.getByRole('alert').getByText('That did not work').waitFor();
    await later.context().close();
  });

  it('goes with its page', async () => {
    await page.getByRole('link', { name: 'Jobs', exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    await page.goBack();
    await choose('Delete');
    await page.goForward();
    await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    await dialog().waitFor({ state: 'hidden' });
  });
});

/** Another tab of the same person in which these files come once the second one is called, and nothing is loaded ahead. */
async function withLateParts(browser: Browser, page: Page, files: RegExp): Promise<[Page, () => void]> {
  const later = await openTab(browser, { storageState: await page.context().storageState() });
  await later.addInitScript(withoutPagesAhead);
  let arrive = () => {};
  const arrival = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await later.route(files, async (route) => {
    await arrival;
    await route.continue();
  });
  return [later, arrive];
}

const REFUSED = {
  data: {
    webhookDelete: {
      __typename: 'WebhookDeletePayload',
      deletedId: null,
      userErrors: [
        {
          __typename: 'UserError',
          code: 'CONFLICT',
          message: 'It delivers just now.',
          field: null,
          isRetryable: false,
        },
      ],
    },
  },
};
