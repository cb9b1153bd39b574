import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import { openChromium, openTab, signInAs } from '../support/chromium.js';
import { Server } from '../support/server.js';

const FILE_OF_AUDIT = /\/assets\/audit-page-.*\.js/;

describe('a part of the web app that cannot be loaded', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start(), openChromium()]);
  });
  beforeEach(async () => {
    page = await openTab(browser);
    await page.goto(server.url);
    await signInAs(page);
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  it('is told on a page of ours while the server answers, from which other pages and another try are reached', async () => {
    await page.route(FILE_OF_AUDIT, (route) => route.abort());
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByRole('heading', { level: 1, name: 'This page could not be shown' }).waitFor();
    await page.getByText(/^The page itself has a fault, or a part of it is gone/).waitFor();
    await page.getByRole('link', { name: 'Jobs', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByRole('heading', { level: 1, name: 'This page could not be shown' }).waitFor();
    await page.unroute(FILE_OF_AUDIT);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
  });

  it('is told when it is a dialog, and the page is there again after another try', async () => {
    const file = /\/assets\/user-dialog-.*\.js/;
    await page.route(file, (route) => route.abort());
    await page.getByRole('link', { name: 'Access' }).click();
    await page.getByRole('button', { name: 'Add user' }).click();
    await page.getByRole('heading', { level: 1, name: 'This page could not be shown' }).waitFor();
    await page.unroute(file);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Access' }).waitFor();
    await page.getByRole('button', { name: 'Add user' }).click();
    await page.getByRole('dialog').waitFor();
  });

  it('is told without a server below the banner, and comes by itself once the server is back', async () => {
    await page.route(FILE_OF_AUDIT, (route) => route.abort());
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await server.stop();
    await page.getByText('The server does not answer.').waitFor();
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByRole('heading', { level: 1, name: 'This page could not be shown' }).waitFor();
    await page.unroute(FILE_OF_AUDIT);
    await server.run();
    await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
  });
});
