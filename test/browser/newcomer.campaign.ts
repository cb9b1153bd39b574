import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium } from '../support/chromium.js';
import { ADMIN, Server } from '../support/server.js';

/** From the first page to the reason of a flagged file, by somebody who reads what stands there. */
const LONGEST_MS = 5 * 60_000;
/** A person finds a button, or types a line, in about this time. */
const LOOK_MS = 4_000;

let server: Server;
let browser: Browser;
let page: Page;
const walk: string[] = [];
let looked = 0;

beforeAll(async () => {
  [server, browser] = await Promise.all([Server.start({ env: { SLUICE_DEMO: '1' } }), openChromium()]);
  page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
  page.setDefaultTimeout(30_000);
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

/** Only what is seen is clicked. */
async function click(what: Locator, name: string): Promise<void> {
  await what.waitFor();
  await what.click();
  note(`click “${name}”`);
}

function note(what: string): void {
  looked += 1;
  walk.push(what);
}

const link = (name: string | RegExp) => page.getByRole('link', { name, exact: true }).first();
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).first();
const press = (name: string) => click(button(name), name);
const follow = (name: string) => click(link(name), name);

async function type(label: string | RegExp, text: string): Promise<void> {
  await page.getByLabel(label).first().fill(text);
  note(`type “${text}”`);
}

async function choose(label: string | RegExp, option: string): Promise<void> {
  const list = page.getByLabel(label).first();
  const found = list.locator('option', { hasText: option }).first();
  await found.waitFor({ state: 'attached' });
  await list.selectOption((await found.getAttribute('value')) ?? option);
  note(`choose “${option}”`);
}

async function addShare(folder: string): Promise<void> {
  await follow('Connections');
  await follow('Add connection');
  await press('Network file share');
  await type('Display as', 'Site drawings');
  await type(/^(Folder|Location|Path)/, folder);
  await press('Connect and test');
  await page.getByText('Connected', { exact: true }).first().waitFor();
  await follow('Done');
}

async function addProcore(): Promise<void> {
  await follow('Add connection');
  await press('Procore');
  await type('Display as', 'Our project');
  const opened = page.waitForEvent('popup');
  await press('Sign in with Procore');
  const window = await opened;
  await click(window.getByRole('button', { name: 'Allow' }), 'Allow');
  for (const kind of ['Company', 'Project']) {
    const first = page.getByRole('radiogroup', { name: kind }).getByRole('radio').first();
    if (!(await first.isVisible().catch(() => false))) continue;
    await click(first, `the first ${kind.toLowerCase()}`);
  }
  await press('Use this project');
  await page.getByText('Connected', { exact: true }).first().waitFor();
  await follow('Done');
}

async function simulate(): Promise<void> {
  await follow('Jobs');
  await follow('New job');
  await click(page.getByRole('radio').first(), 'Copy');
  await press('Next');
  await choose('Source connection', 'Site drawings');
  await choose('Destination connection', 'Our project');
  await press('Next');
  await choose('The name has refused characters', 'Flag');
  for (const _ of ['Mappings', 'Filters', 'Schedule', 'Summary']) await press('Next');
  await type(/^Name/, 'My first copy');
  await press('Simulate');
}

it('somebody who has never seen it connects both sides, simulates, runs, and finds out why a file is flagged', async () => {
  const folder = join(server.dataDir, 'demo', 'Harbour Pier 4', '01 Drawings');
  await writeFile(join(folder, 'which floor?.pdf'), 'plan');
  const begun = performance.now();
  await page.goto(server.url);
  await type('User name', ADMIN.login);
  await type(/^Password/, ADMIN.password);
  await press('Sign in');
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await addShare(folder);
  await addProcore();
  await simulate();
  await press('Run this plan');
  await page
    .getByText(/^Succeeded/)
    .first()
    .waitFor();
  await click(page.getByRole('link', { name: /^Flagged/ }).first(), 'Flagged');
  await click(page.getByRole('button', { name: /which floor/ }).first(), 'which floor?.pdf');
  const reason = await page.getByRole('dialog').innerText();
  const took = performance.now() - begun;
  console.log(walk.map((step, at) => `${at + 1}. ${step}`).join('\n'));
  console.log(
    `${looked} steps, ${(took / 1000).toFixed(0)} s of waiting and ${LOOK_MS / 1000} s to look at each.\n${reason}`,
  );
  expect(reason).toMatch(/character/i);
  expect(took + looked * LOOK_MS).toBeLessThan(LONGEST_MS);
});
