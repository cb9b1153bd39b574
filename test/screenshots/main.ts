// Draws the pages of the web app with the demo's data into docs/screenshots, in both themes, the main ones at three widths:
// `npm run screenshots`. What it draws is looked at by a person; the user guide shows some of it.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { openChromium, signInAs } from '../support/chromium.js';
import { plant } from '../support/files.js';
import { Server } from '../support/server.js';
import { preparePictures, type Picture } from './pictures.js';

const TARGET = fileURLToPath(new URL('../../../docs/screenshots/', import.meta.url));
const THEMES = ['light', 'dark'] as const;
const WIDE = { width: 1400, height: 900 };
const NARROW = [
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
];
/** Long enough for what comes by the live streams to be drawn. */
const SETTLE_MS = 1_500;

/** Names that Procore refuses, beside ones that it takes. */
const SITE_OFFICE = {
  'Deliveries/Week 47.txt': 'Rebar on Tuesday.\n',
  'Deliveries/Concrete: deck 3?.txt': 'At six.\n',
  'Minutes/2026-11-20.txt': 'All present.\n',
};

const [folder, browser] = await Promise.all([mkdtemp(join(tmpdir(), 'sluice-site-office-')), openChromium()]);
const server = await Server.start({ env: { SLUICE_DEMO: '1' } });
try {
  await plant(folder, SITE_OFFICE);
  await mkdir(TARGET, { recursive: true });
  const pictures = await preparePictures(await server.client(), folder);
  for (const theme of THEMES) await drawAll(browser, pictures, theme);
} finally {
  await server.dispose();
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}

async function drawAll(from: Browser, pictures: readonly Picture[], theme: (typeof THEMES)[number]): Promise<void> {
  const context = await from.newContext({
    colorScheme: theme,
    viewport: WIDE,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(server.url);
  await draw(page, `sign-in-${theme}`);
  await signInAs(page);
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  for (const { name, path, isNarrowToo } of pictures) {
    await page.goto(server.url + path, { waitUntil: 'networkidle' });
    await page.waitForFunction(isHere);
    for (const size of isNarrowToo ? [WIDE, ...NARROW] : [WIDE]) {
      await page.setViewportSize(size);
      await draw(page, size === WIDE ? `${name}-${theme}` : `${name}-${size.width}-${theme}`);
    }
    await page.setViewportSize(WIDE);
  }
  await context.close();
}

/** Runs in the page: something of it is shown, and nothing is waited for. */
function isHere(): boolean {
  const waits = document.querySelector('main [role=status][aria-label^=Loading]');
  return waits === null && document.querySelector('main :is(section, [role=table], [role=radiogroup])') !== null;
}

async function draw(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(SETTLE_MS);
  for (const alert of await page.locator('main [role=alert]').allInnerTexts())
    throw new Error(`${page.url()}, of which ${name} is drawn, says: ${alert}`);
  await writeFile(join(TARGET, `${name}.jpg`), await page.screenshot({ type: 'jpeg', quality: 70 }));
  process.stdout.write(`docs/screenshots/${name}.jpg\n`);
}
