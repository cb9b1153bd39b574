import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openChromium, openTab, signInAs } from '../support/chromium.js';
import { House } from '../support/house.js';

const SIGN_IN = { name: 'Sign in with Procore' };

describe('a sign-in at the platform that goes wrong', () => {
  let house: House;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    [house, browser] = await Promise.all([House.open(), openChromium()]);
  });
  beforeEach(async () => {
    page = await openTab(browser);
  });
  afterEach(async () => {
    expect(await connectionsOf(house), 'connections that are left behind').toEqual(['Procore']);
    await page.context().close();
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it('says after a refusal in the window how to go on, and closes the window', async () => {
    await fillForm(page, house);
    const window = await openWindow(page);
    const closed = window.waitForEvent('close');
    await window.getByRole('button', { name: 'Deny' }).click();
    await page.getByRole('alert').getByText('Sign in again and allow access').waitFor();
    await closed;
    await leave(page);
  });

  it('says that the window is closed, and goes on with another one', async () => {
    await fillForm(page, house);
    await (await openWindow(page)).close();
    await page.getByRole('status').getByText('The sign-in window is closed. If you had not finished').waitFor();
    await (await openWindow(page)).getByRole('button', { name: 'Allow' }).click();
    await page.getByRole('radio', { name: 'Quay Builders' }).waitFor();
    await discardDraft(page, house);
  });

  it('gives a link when the browser blocks the window, and goes on by itself', async () => {
    await page.addInitScript(() => Object.assign(globalThis, { open: () => null }));
    await fillForm(page, house);
    await page.getByRole('button', SIGN_IN).click();
    await page.getByText('Your browser blocked the sign-in window').waitFor();
    const opened = page.context().waitForEvent('page');
    await page.getByRole('link', { name: 'Open the Procore sign-in' }).click();
    await (await opened).getByRole('button', { name: 'Allow' }).click();
    await page.getByRole('radio', { name: 'Quay Builders' }).waitFor();
    await discardDraft(page, house);
  });

  it('says that a client is not known with its secret, and takes the right one afterwards', async () => {
    await fillForm(page, house, 'no-such-secret');
    await (await openWindow(page)).getByRole('button', { name: 'Allow' }).click();
    await page
      .getByRole('alert')
      .getByText(/client.*secret/i)
      .waitFor();
    await page.getByLabel(/^Client secret/).fill('sandbox-secret');
    await (await openWindow(page)).getByRole('button', { name: 'Allow' }).click();
    await page.getByRole('radio', { name: 'Quay Builders' }).waitFor();
    await discardDraft(page, house);
  });

  it('names the step of a test that a service account fails with, and what to do', async () => {
    await openForm(page, house);
    await page.getByRole('radio', { name: 'A service account' }).check();
    await page.getByRole('radio', { name: 'Custom' }).check();
    await page.getByLabel('Domain').fill(house.sandbox.loginUrl);
    await page.getByLabel('Client ID').fill('sandbox-service');
    await page.getByLabel(/^Client secret/).fill('no-such-secret');
    await page.getByRole('button', { name: 'Connect and test' }).click();
    await page
      .getByText(/client.*secret/i)
      .first()
      .waitFor();
    await discardDraft(page, house);
  });
});

async function openForm(page: Page, { server }: House): Promise<void> {
  await page.goto(`${server.url}/connections/new?platform=PROCORE`);
  await signInAs(page);
  await page.getByLabel('Display as').fill('Half done');
}

async function fillForm(page: Page, house: House, secret = 'sandbox-secret'): Promise<void> {
  await openForm(page, house);
  await page.getByRole('radio', { name: 'Custom' }).check();
  await page.getByLabel('Domain').fill(house.sandbox.loginUrl);
  await page.getByLabel('Client ID').fill('sandbox-client');
  await page.getByLabel(/^Client secret/).fill(secret);
}

async function openWindow(page: Page): Promise<Page> {
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', SIGN_IN).click();
  return opened;
}

/** Gives up, after which the list shows nothing of the try. */
async function leave(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Cancel' }).click();
  await page.getByRole('heading', { level: 1, name: 'Connections' }).waitFor();
  await page.getByRole('link', { name: 'Procore', exact: true }).waitFor();
  expect(await page.getByText('Half done').count()).toBe(0);
}

/** Leaves a connection that waits for its project: it is not listed. */
async function discardDraft(page: Page, { server }: House): Promise<void> {
  await page.goto(`${server.url}/connections`);
  await page.getByRole('link', { name: 'Procore', exact: true }).waitFor();
  expect(await page.getByText('Half done').count()).toBe(0);
}

async function connectionsOf({ client }: House): Promise<string[]> {
  const { connections } = await client.request<{ connections: { nodes: { name: string }[] } }>(
    '{ connections(first: 100) { nodes { name } } }',
  );
  return connections.nodes.map(({ name }) => name);
}
