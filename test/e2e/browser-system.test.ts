import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium, openTab, signInAs } from '../support/chromium.js';
import { GraphqlClient } from '../support/graphql.js';
import { asSignedIn } from '../support/pages.js';
import { Server } from '../support/server.js';
import { addJob, addShare, runToEnd } from '../support/work.js';

/** A page that is loaded anew takes a while on a busy machine. */

/** One server, browser and signed-in page for what an administrator looks after. */
describe('an administrator with a browser', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-flagged-'));
    [server, browser] = await Promise.all([Server.start(), openChromium()]);
    page = await openTab(browser);
    await page.goto(server.url);
    await signInAs(page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const open = (name: string) => page.getByRole('link', { name, exact: true }).first().click();
  const dialog = () => page.getByRole('dialog');

  it('adds a person: the focus goes to what is wrong, and Escape asks before it loses what was typed', async () => {
    await open('Access');
    await page.getByRole('button', { name: 'Add user' }).click();
    await dialog().getByLabel('Name at sign-in').fill('mia');
    await dialog().getByRole('button', { name: 'Add user' }).click();
    await expect.poll(() => page.evaluate('document.activeElement.getAttribute("aria-invalid")')).toBe('true');
    await dialog().getByLabel('Name to show').fill('Mia Berg');
    await page.keyboard.press('Escape');
    await dialog().getByRole('button', { name: 'Keep editing' }).click();
    expect(await dialog().getByLabel('Name to show').inputValue()).toBe('Mia Berg');
    await dialog()
      .getByLabel(/First password/)
      .fill('password1234');
    await dialog().getByRole('button', { name: 'Add user' }).click();
    const focused = () => page.evaluate('document.activeElement.getAttribute("autocomplete")');
    await expect.poll(focused).toBe('new-password');
    await dialog()
      .getByLabel(/First password/)
      .fill('crane over quay street');
    await dialog().getByRole('button', { name: 'Add user' }).click();
    await page.getByRole('row', { name: /Mia Berg.*Viewer.*Active/ }).waitFor();
  });

  it('sees the text of a token until it says so, and revokes the token', async () => {
    await open('API tokens');
    await page.getByRole('button', { name: 'Create token' }).click();
    await dialog().getByLabel('Name').fill('Nightly export');
    await dialog().getByLabel('Read jobs').check();
    await dialog().getByRole('button', { name: 'Create token' }).click();
    const secret = dialog().getByLabel('Token', { exact: true });
    await secret.waitFor();
    await page.keyboard.press('Escape');
    expect(await secret.textContent()).toMatch(/^\S{20,}$/);
    await dialog().getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Revoke Nightly export' }).click();
    await dialog().getByRole('button', { name: 'Revoke token' }).click();
    await page.getByRole('row', { name: /Nightly export.*Revoked/ }).waitFor();
  });

  it('shows a person whom somebody else adds while the list is open', async () => {
    await page.goto(`${server.url}/access/users`);
    await page.getByRole('row', { name: /admin \(you\)/ }).waitFor();
    const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const other = new GraphqlClient(server.url, { cookie: cookies });
    const input = '{ login: "ben", displayName: "Ben Thal", role: VIEWER, password: "crane over quay street" }';
    await other.mutate(`mutation { userCreate(input: ${input}) { userErrors { code message field } } }`);
    await page.getByRole('row', { name: /Ben Thal/ }).waitFor();
  });

  it('finds in the audit log what was done, by an address that says it', async () => {
    await open('Audit log');
    await page.getByLabel('What').selectOption('Revoked a token');
    await expect.poll(() => page.url()).toContain('what=apiTokenRevoke');
    await page.getByRole('button', { name: /^Details of event/ }).click();
    await dialog().getByText('Nightly export').waitFor();
    await page.keyboard.press('Escape');
    await page.goto(`${server.url}/audit?outcome=FAILED&what=userCreate`);
    await page.getByRole('row', { name: /Added a user.*Failed/ }).waitFor();
    await page.locator('time').first().focus();
    const exact = page.getByRole('tooltip').filter({ hasText: /\d{1,2}:\d{2}:\d{2}/ });
    await exact.waitFor();
    await page.keyboard.press('Escape');
    await exact.waitFor({ state: 'hidden' });
  });

  it('shows in the audit log what others do meanwhile: at once at its top, else behind a line that leads to it', async () => {
    const client = await server.client();
    const suspend = () => client.request('mutation { jobSuspend(id: "job_none") { userErrors { code } } }');
    await page.setViewportSize({ width: 1_280, height: 500 });
    for (let count = 0; count < 20; count++) await suspend();
    await page.goto(`${server.url}/audit?what=jobSuspend`);
    const newest = page.getByRole('row', { name: /Suspended a job/ }).first();
    const numberOf = async () => (await newest.getByRole('button').getAttribute('aria-label')) ?? '';
    await newest.waitFor();
    const before = await numberOf();
    await suspend();
    await expect.poll(numberOf).not.toBe(before);
    await page.mouse.move(640, 300);
    await page.mouse.wheel(0, 400);
    await expect.poll(() => page.evaluate('scrollY')).toBeGreaterThan(100);
    await suspend();
    await client.request('mutation { jobResume(id: "job_none") { userErrors { code } } }');
    await page.getByRole('button', { name: '1 new event' }).waitFor();
    await suspend();
    await page.getByRole('button', { name: '2 new events' }).press('Enter');
    await expect.poll(() => page.evaluate('scrollY')).toBe(0);
    await page.getByRole('button', { name: /new event/ }).waitFor({ state: 'hidden' });
    expect(Number((await numberOf()).match(/\d+/)?.[0])).toBeGreaterThan(Number(before.match(/\d+/)?.[0]) + 3);
    await page.waitForFunction(() => document.activeElement?.closest('[role="table"]') instanceof HTMLElement);
    await page.setViewportSize({ width: 1_280, height: 720 });
  });

  it('adds a webhook, whose secret is shown once', async () => {
    await open('Webhooks');
    await page.getByRole('button', { name: 'Add webhook' }).first().click();
    await dialog().getByLabel('Address').fill('https://hooks.example/sluice');
    await dialog().getByRole('button', { name: 'Add webhook' }).click();
    await dialog().getByText('shown only this once').waitFor();
    await dialog().getByRole('button', { name: 'Done' }).click();
    await page.getByRole('row', { name: /hooks\.example.*Runs.*Delivers/ }).waitFor();
    await page.getByRole('link', { name: /hooks\.example/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Deliveries' }).waitFor();
    await page.getByText('Nothing was sent yet').waitFor();
  });

  it('shows by itself what is sent to a webhook, in its deliveries and in the list', async () => {
    const id = /[^/]+$/.exec(page.url())?.[0] ?? '';
    const sendTest = () => asSignedIn(page, `mutation { webhookTest(id: "${id}") { userErrors { code } } }`);
    await sendTest();
    await page.getByRole('row', { name: /Test.*Not accepted/ }).waitFor();
    await sendTest();
    await expect.poll(() => page.getByRole('row', { name: /Test.*Not accepted/ }).count()).toBe(2);
    await open('Webhooks');
    const row = page.getByRole('row', { name: /hooks\.example/ });
    await row.getByText('Last attempt failed').waitFor();
    await asSignedIn(
      page,
      `mutation { webhookUpdate(id: "${id}", url: "${server.url}/health") { userErrors { code } } }`,
    );
    await sendTest();
    await page.getByRole('row', { name: /health.*\b4\d\d\b/ }).waitFor();
  });

  it('ignores what is flagged, as only the policy could change it', async () => {
    const client = await server.client();
    await writeFile(join(folder, 'empty.txt'), '');
    const source = { connectionId: await addShare(client, folder, 'Site') };
    const kept = await mkdtemp(join(tmpdir(), 'sluice-kept-'));
    const destination = { connectionId: await addShare(client, kept, 'Kept') };
    const job = await addJob(client, 'Site to archive', source, destination, { zeroByteFile: 'FLAG' });
    const run = await runToEnd(client, job);
    expect(run.state).toBe('SUCCEEDED_WITH_ISSUES');
    await page.goto(`${server.url}/runs/${run.id}`);
    await page.getByText('No flagged item can succeed in another try').waitFor();
    await page.getByRole('link', { name: 'Change in the job: empty files' }).waitFor();
    expect(await page.getByRole('button', { name: 'Retry flagged' }).count()).toBe(0);
    await open('Overview');
    await page.getByRole('listitem').filter({ hasText: 'Empty file' }).getByText('1 item flagged').waitFor();
    await open('Needs attention');
    await page.getByRole('heading', { name: 'Empty file' }).waitFor();
    expect(await page.getByRole('button', { name: /^Try again/ }).count()).toBe(0);
    await page.getByRole('link', { name: 'Change in the job: empty files' }).waitFor();
    await page.getByRole('button', { name: /^Ignore/ }).click();
    await dialog().getByRole('button', { name: 'Ignore', exact: true }).click();
    await page.getByText('No item of any job is flagged.').waitFor();
    await rm(kept, { recursive: true, force: true });
  });

  it('fills a mapping set by hand and from a file, whose faulty rows are told by number, and sees what it does', async () => {
    const client = await server.client();
    const site = await addShare(client, folder, 'Mapped site');
    await open('Mappings');
    await page.getByRole('button', { name: 'Add mapping set' }).click();
    await dialog()
      .getByLabel(/^Name\W*$/)
      .fill('Where files were');
    await dialog().getByLabel('From').selectOption('NETWORK_FILE_SHARE');
    await dialog().getByLabel('To', { exact: true }).selectOption('PROCORE');
    await dialog().getByRole('button', { name: 'Add mapping set' }).click();
    await page.getByRole('heading', { level: 1, name: 'Where files were' }).waitFor();
    await page.getByRole('button', { name: 'Add rule' }).click();
    await dialog().getByLabel('Field at the destination').fill('description');
    await dialog().getByLabel('Where the value comes from').selectOption('A text with fields in it');
    await dialog()
      .getByLabel(/^Value\W*$/)
      .fill('Was {path');
    await dialog().getByRole('button', { name: 'Add rule' }).click();
    await expect.poll(() => page.evaluate('document.activeElement.getAttribute("aria-invalid")')).toBe('true');
    await dialog()
      .getByLabel(/^Value\W*$/)
      .fill('Was {path}');
    await dialog().getByRole('button', { name: 'Add rule' }).click();
    await page.getByRole('row', { name: /description.*Was \{path\}/ }).waitFor();
    const csv = (text: string) => ({ name: 'rules.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    const head = 'destinationField,sourceField,fixedValue,template,defaultValue,isRequired,choices\n';
    await page.getByRole('button', { name: 'Import CSV' }).click();
    await dialog()
      .locator('input[type=file]')
      .setInputFiles(csv(`${head}private,private,true,,,,\n`));
    await dialog().getByRole('button', { name: 'Check the file' }).click();
    await dialog()
      .getByRole('row', { name: /2\s*sourceField/ })
      .waitFor();
    expect(await dialog().getByRole('button', { name: 'Import', exact: true }).count()).toBe(0);
    await dialog()
      .locator('input[type=file]')
      .setInputFiles(csv(`${head}private,,false,,,,\n`));
    await dialog().getByRole('button', { name: 'Check the file' }).click();
    await dialog().getByText('add 1, replace 0 and delete 0').waitFor();
    await dialog().getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('row', { name: /private.*always “false”/ }).waitFor();
    await open('Preview');
    await page.getByLabel('Connection of the source').selectOption(site);
    await page.getByRole('row', { name: /empty\.txt.*Was \/empty\.txt.*By an entry or rule/ }).waitFor();
    const { mappingSets } = await client.request<{ mappingSets: { id: string }[] }>('{ mappingSets { id } }');
    const rename = (name: string) =>
      client.mutate(
        `mutation ($id: ID!, $name: String!) { mappingSetUpdate(id: $id, input: { name: $name }) { userErrors { code } } }`,
        { id: mappingSets[0]?.id, name },
      );
    await rename('Where others say');
    await page.getByRole('heading', { level: 1, name: 'Where others say' }).waitFor();
    await open('Mappings');
    await rename('Where files were');
    await page.getByRole('link', { name: 'Where files were' }).waitFor();
  });

  it('goes to a page and to a job by the keyboard alone', async () => {
    await page.keyboard.press('Control+k');
    await dialog().getByRole('combobox').fill('audit');
    await dialog().getByRole('option', { name: 'Audit log Page', selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.textContent?.trim() === 'Audit log');
    await page.keyboard.press('Control+k');
    await dialog().getByRole('combobox').fill('site to');
    await dialog().getByRole('option', { name: 'Site to archive Job', selected: true }).waitFor();
    await page.keyboard.press('ArrowDown');
    await dialog().getByRole('option', { name: 'Site to archive #1 Run', selected: true }).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Site to archive' }).waitFor();
    await page.getByRole('button', { name: 'Search' }).click();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    const focused = () => page.evaluate('document.activeElement.getAttribute("aria-keyshortcuts")');
    await expect.poll(focused).toBe('Control+K Meta+K');
  });

  it('finds a connection among 150 by a part of its name, wherever one is chosen', async () => {
    const client = await server.client();
    const create = `mutation ($input: ConnectionCreateInput!) {
      connectionCreate(input: $input) { connection { id } userErrors { code message field } } }`;
    const add = (name: string) =>
      client.mutate<{ connection: { id: string }; userErrors: [] }>(create, {
        input: { name, settings: { networkFileShare: { location: folder } }, testNow: false },
      });
    const towers = Array.from({ length: 150 }, (_, number) => `Tower ${number + 100}`);
    for (const tower of towers) await add(tower);
    const { id } = (await add('Zoo gate')).connection;
    const picker = (field: string) => page.getByRole('combobox', { name: field }).and(page.locator('input'));
    const choose = async (field: string) => {
      await picker(field).fill('zoo g');
      await page.getByRole('option', { name: /^Zoo gate/ }).click();
    };
    const chosen = (field: string) => picker(field).inputValue();
    await page.goto(`${server.url}/comparison`);
    await choose('From');
    await page.waitForURL(`**/comparison?from=${id}**`);
    await page.reload();
    await expect.poll(() => chosen('From')).toBe('Zoo gate');
    await open('Mappings');
    await page.getByRole('link', { name: 'Where files were' }).click();
    await open('Preview');
    await choose('Connection of the source');
    await page.getByRole('row', { name: /empty\.txt.*Was \/empty\.txt/ }).waitFor();
    await page.goto(`${server.url}/jobs/new/locations`);
    await choose('Source connection');
    await choose('Destination connection');
    await expect.poll(() => chosen('Source connection')).toBe(`Zoo gate (${folder})`);
    await page.getByRole('link', { name: 'Summary' }).click();
    await page.getByText('Zoo gate, /', { exact: true }).first().waitFor();
    await open('Overview');
    await dialog().getByRole('button', { name: 'Discard' }).click();
  });

  it('sees in the settings how often the worker was started anew, as it is now', async () => {
    await open('Settings');
    await page.getByText('0 restarts').waitFor();
    const worker = {
      __typename: 'WorkerStatus',
      state: 'RUNNING',
      since: '2026-01-01T00:00:00Z',
      restartCount: 7,
      message: null,
    };
    await page.route('**/graphql', (route) =>
      (route.request().postDataJSON() as { operationName: string }).operationName === 'ServerNotice'
        ? route.fulfill({ json: { data: { server: { __typename: 'ServerInfo', worker } } } })
        : route.fallback(),
    );
    await page.getByText('7 restarts').waitFor();
    await page.unroute('**/graphql');
  });

  it('chooses German, and reads what the server says of itself', async () => {
    await open('Settings');
    await page.getByText('Carries out runs').waitFor();
    await page.getByRole('main').getByText('Deutsch', { exact: true }).click();
    await page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
    await page.getByText('Führt Läufe aus').waitFor();
  });
});
