import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium, openTab } from '../support/chromium.js';
import { ADMIN, Server } from '../support/server.js';

const LONGEST_MS = 5 * 60_000;
/** In about this time a person reads what is new on a page and finds a button, or types a line. */
const LOOK_MS = 4_000;

/** Somebody who reads what stands on the pages and knows nothing else: each step is noted with its time. */
class Newcomer {
  readonly steps: string[] = [];
  private readonly begun = performance.now();

  constructor(readonly page: Page) {}

  /** What the steps took, with the looks that a person needs between them. */
  get spentMs(): number {
    return performance.now() - this.begun + this.steps.length * LOOK_MS;
  }

  press = (name: string | RegExp) => this.click(this.page.getByRole('button', { name, exact: true }), name);
  follow = (name: string | RegExp) => this.click(this.page.getByRole('link', { name, exact: true }), name);
  pick = (name: string | RegExp) => this.click(this.page.getByRole('radio', { name, exact: true }), name);

  /** Only what is seen is clicked, by its place on the screen. */
  async click(what: Locator, name: string | RegExp): Promise<void> {
    await what.first().click();
    this.note(`click ${named(name)}`);
  }

  /** To a step of the form of a job. */
  async next(step: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Next', exact: true }).click();
    await this.page.getByRole('heading', { level: 1, name: step }).waitFor();
    this.note(`click “Next”, which leads to “${step}”`);
  }

  async type(label: string | RegExp, text: string, shown = `“${text}”`): Promise<void> {
    await this.page.locator('input').and(this.page.getByLabel(label)).first().fill(text);
    this.note(`type ${shown} into ${named(label)}`);
  }

  async choose(label: string, option: string): Promise<void> {
    const list = this.page.getByLabel(label).first();
    await list.locator('option', { hasText: option }).first().waitFor({ state: 'attached' });
    await list.selectOption({ label: (await list.locator('option', { hasText: option }).first().textContent()) ?? '' });
    this.note(`choose “${option}” as ${named(label)}`);
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
    this.steps.push(`${this.clock()}  see ${named(text)}`);
  }

  private note(step: string): void {
    this.steps.push(`${this.clock()}  ${step}`);
  }

  private clock(): string {
    const seconds = Math.round((this.spentMs + LOOK_MS) / 1_000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }
}

const named = (name: string | RegExp): string =>
  `“${typeof name === 'string' ? name : name.source.replace(/[\^$]/g, '')}”`;

let server: Server;
let browser: Browser;
let newcomer: Newcomer;

beforeAll(async () => {
  const env = { SLUICE_DEMO: '1', SLUICE_ALLOW_PRIVATE_HOSTS: '0', SLUICE_SHARE_ROOTS: '' };
  [server, browser] = await Promise.all([Server.start({ env }), openChromium()]);
  const page = await openTab(browser, { viewport: { width: 1400, height: 900 } });
  await page.goto(server.url);
  newcomer = new Newcomer(page);
});
afterAll(async () => {
  console.log(newcomer?.steps.map((step, index) => `${String(index + 1).padStart(2)}. ${step}`).join('\n'));
  await browser?.close();
  await server?.dispose();
});

it('somebody who has never seen it connects both sides, simulates, runs, and finds out why a file is flagged', async () => {
  await signIn();
  await addShare();
  await addProcore();
  await simulate();
  await newcomer.press('Run this plan');
  await newcomer.page
    .getByText(/^Succeeded/)
    .first()
    .waitFor({ timeout: 240_000 });
  await newcomer.sees('Succeeded with flagged items');
  await newcomer.follow(/^Flagged/);
  await newcomer.press(/Minutes of the weekly meeting/);
  const reason = newcomer.page.getByRole('dialog').getByText(/too long|longer than/i);
  await reason.first().waitFor();
  console.log(await newcomer.page.getByRole('dialog').innerText());
  expect(newcomer.spentMs, 'milliseconds, with a look at each step').toBeLessThan(LONGEST_MS);
});

async function signIn(): Promise<void> {
  await newcomer.type('User name', ADMIN.login);
  await newcomer.type(/^Password/, ADMIN.password, 'the password that the start has printed');
  await newcomer.press('Sign in');
  await newcomer.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
}

/** The folder is copied from the sentence below its field. */
async function addShare(): Promise<void> {
  await newcomer.follow('Connections');
  await newcomer.follow('Add connection');
  await newcomer.press('Network file share');
  await newcomer.type('Display as', 'Our drawings');
  await newcomer.sees('The files of the demo are in');
  const help = await newcomer.page.getByText('The files of the demo are in').innerText();
  const folder = /files of the demo are in (.*)\.$/.exec(help)?.[1] ?? '';
  expect(folder).toBe(join(server.dataDir, 'demo', 'Harbour Pier 4'));
  await newcomer.type(/^Folder/, folder, 'the folder that stands there');
  await newcomer.press('Connect and test');
  await newcomer.sees('Connected');
  await newcomer.follow('Done');
}

/** Nothing is typed but a name: the client is that of the installation. */
async function addProcore(): Promise<void> {
  await newcomer.follow('Add connection');
  await newcomer.press('Procore');
  await newcomer.type('Display as', 'Pier project');
  await newcomer.sees(/With the system default you sign in at/);
  expect(await newcomer.page.getByRole('radio', { name: 'System default' }).isChecked()).toBe(true);
  const opened = newcomer.page.waitForEvent('popup');
  await newcomer.press('Sign in with Procore');
  await newcomer.click((await opened).getByRole('button', { name: 'Allow' }), 'Allow');
  await newcomer.pick('Quay Builders');
  await newcomer.pick('Harbour Pier 4');
  await newcomer.press('Use this project');
  await newcomer.sees('Connected');
  await newcomer.follow('Done');
}

async function simulate(): Promise<void> {
  await newcomer.follow('Jobs');
  await newcomer.follow('New job');
  await newcomer.pick('Copy');
  await newcomer.next('Locations');
  await newcomer.choose('Source connection', 'Our drawings');
  await newcomer.choose('Destination connection', 'Pier project');
  for (const step of ['Policies', 'Mappings', 'Filters', 'Schedule', 'Summary']) await newcomer.next(step);
  await newcomer.type(/^Name/, 'My first copy');
  await newcomer.press('Simulate');
  await newcomer.page.getByRole('heading', { level: 1, name: /^Plan/ }).waitFor();
}
