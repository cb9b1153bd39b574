import { addRunEvents, fillItems, type LongRun } from '@sluice/api/reads/fill-items-store.js';
import { ADMIN } from '@sluice/api/testing.js';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { openFilledApp, type FilledApp } from '../api/filled-app.js';
import { openChromium, signInAs } from '../../support/chromium.js';
import { TASK_CATEGORIES, tasksOf, type Task } from './tasks.js';

/** A run of a million items takes its time on a machine that is busy. */
const PATIENCE_MS = 120_000;

/** The application in this process, a run with many items in its store, and a browser. */
export class WatchedApp implements AsyncDisposable {
  private constructor(
    private readonly filled: FilledApp,
    private readonly browser: Browser,
    private readonly run: LongRun,
  ) {}

  static async open(items: number): Promise<WatchedApp> {
    const filled = await openFilledApp();
    return new WatchedApp(filled, await openChromium(), await fillItems(filled.test.app.base.db, items));
  }

  get url(): string {
    return this.filled.url;
  }

  get runUrl(): string {
    return `${this.url}/runs/${this.run.id}`;
  }

  /** A page of a browser that has nothing in its cache, with its protocol for measuring; signed in as another one was. */
  async page(signedIn?: Page): Promise<{ page: Page; protocol: CDPSession }> {
    const storageState = await signedIn?.context().storageState();
    const frame = { viewport: { width: 1400, height: 900 }, locale: 'en-GB' };
    const context = await this.browser.newContext({ ...frame, ...(storageState && { storageState }) });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    return { page, protocol: await context.newCDPSession(page) };
  }

  /** The page of the run, signed in and with a part of it that has come once this is seen. */
  async runPage(part: 'items' | 'log' = 'items'): Promise<{ page: Page; protocol: CDPSession }> {
    const opened = await this.page();
    await opened.page.goto(this.url);
    await signIn(opened.page);
    await opened.page.goto(`${this.runUrl}?tab=${part}`);
    const seen = part === 'items' ? opened.page.getByText(/file_.*[.]pdf/) : opened.page.getByText('Whole log');
    await seen.first().waitFor();
    return opened;
  }

  /** The tasks of a page while something is done to it. */
  async tasksDuring(page: Page, work: () => Promise<void>): Promise<Task[]> {
    await this.browser.startTracing(page, { categories: TASK_CATEGORIES });
    await work();
    return tasksOf(await this.browser.stopTracing());
  }

  /** What a worker tells of the run, and wakes its followers with. */
  async tell(events: number): Promise<void> {
    const { base } = this.filled.test.app;
    await addRunEvents(base.db, this.run.id, events, new Date(base.clock.now()));
    base.hub.wake(this.run.channel);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
    await this.filled[Symbol.asyncDispose]();
  }
}

export async function signIn(page: Page): Promise<void> {
  await signInAs(page, ADMIN);
  await page.getByRole('navigation').first().waitFor();
}
