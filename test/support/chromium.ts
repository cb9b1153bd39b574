import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { ADMIN } from './server.js';

const PLACES = ['/usr/bin/chromium', '/usr/bin/google-chrome'];

/** The system's Chromium, or the one at CHROME_PATH; nothing is downloaded. */
export async function openChromium(): Promise<Browser> {
  const executablePath = [process.env['CHROME_PATH'] ?? '', ...PLACES].find((path) => existsSync(path));
  if (!executablePath) throw new Error('There is no Chromium (Debian: apt-get install chromium, or set CHROME_PATH).');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A tab that has nothing of others, and waits for what is not there yet as long as a busy machine may need. */
export async function openTab(browser: Browser, options?: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(60_000);
  return context.newPage();
}

/** Fills in the page of the sign-in that is open, and sends it. */
export async function signInAs(page: Page, { login, password } = ADMIN): Promise<void> {
  await page.getByLabel('User name').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
