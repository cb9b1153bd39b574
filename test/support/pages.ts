import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { House } from './house.js';
import { addJob, addShare, runToEnd } from './work.js';

/** The addresses of every page behind the sign-in; a word after a colon stands for the id of what `furnish` makes. */
export const PAGES = [
  '/',
  '/jobs',
  ...['type', 'locations', 'policies', 'mappings', 'filters', 'schedule', 'summary'].map((step) => `/jobs/new/${step}`),
  ...['policies', 'mappings', 'summary'].map((step) => `/jobs/:job/edit/${step}`),
  '/jobs/:job',
  ...['items', 'plans', 'runs', 'settings', 'mapping'].map((tab) => `/jobs/:job?tab=${tab}`),
  '/runs',
  '/runs/:run',
  ...['items', 'flagged', 'log', 'validation', 'exports', 'undo'].map((tab) => `/runs/:run?tab=${tab}`),
  '/plans/:plan',
  '/attention',
  '/scans',
  '/scans/:scan',
  '/comparison',
  '/connections',
  '/connections/new',
  ...['', '/settings', '/content', '/jobs', '/capabilities'].map((tab) => `/connections/:share${tab}`),
  '/connections/:procore/budget',
  '/mappings',
  ...['', '/suggestions', '/preview', '/jobs', '/settings'].map((tab) => `/mappings/:fields${tab}`),
  '/mappings/:tags',
  '/budgets',
  '/access/users',
  '/access/tokens',
  '/audit',
  '/webhooks',
  '/webhooks/:webhook',
  '/settings',
];
/** The address of a page with the ids of what was made. */
export const addressOf = (page: string, ids: Readonly<Record<string, string>>): string =>
  page.replace(/:(\w+)/, (_, name: string) => ids[name] ?? name);

/** Makes a run with a flagged item and two sets of mappings; returns the ids of all that has a page of its own. */
export async function furnish(house: House): Promise<Record<string, string>> {
  const origin = await house.folder('origin');
  for (const name of ['plan.pdf', 'notes.txt', 'what?.txt']) await writeFile(join(origin, name), name);
  const share = await addShare(house.client, origin, 'Origin');
  const [source, destination] = [{ connectionId: share }, { connectionId: house.procoreId }];
  const job = await addJob(house.client, 'Drawings', source, destination, { invalidCharacters: 'FLAG' });
  const { id: run } = await runToEnd(house.client, job);
  const scanJob = await addJob(house.client, 'Look', { connectionId: share }, null, undefined, {
    transferType: 'SCAN',
  });
  const { id: scan } = await runToEnd(house.client, scanJob);
  const made = await house.client.request<{ run: { plan: { id: string } } }>(
    `query ($id: ID!) { run(id: $id) { plan { id } } }`,
    { id: run },
  );
  return { share, procore: house.procoreId, job, run, scan, plan: made.run.plan.id, ...(await addMappings(house)) };
}

/** A set of rules and one of entries. */
async function addMappings({ client }: House): Promise<Record<'fields' | 'tags', string>> {
  const made = await client.request<Record<'fields' | 'tags', { mappingSet: { id: string } }>>(`mutation {
    fields: mappingSetCreate(kind: METADATA, sourcePlatform: NETWORK_FILE_SHARE, destinationPlatform: PROCORE, input: {
      name: "Fields", metadataRules: [{ destinationField: "description", value: { template: "Was {path}" }, isRequired: true }]
    }) { mappingSet { id } }
    tags: mappingSetCreate(kind: TAG, sourcePlatform: PROCORE, destinationPlatform: PROCORE, input: { name: "Tags" }) {
      mappingSet { id }
    }
  }`);
  const [fields, tags] = [made.fields.mappingSet.id, made.tags.mappingSet.id];
  await client.request(
    `mutation ($id: ID!) {
      mappingEntriesUpsert(mappingSetId: $id, entries: [{ sourceKey: "Draft", destinationKey: "For review" }]) {
        userErrors { message }
      }
    }`,
    { id: tags },
  );
  return { fields, tags };
}

/** A token and a webhook with a message, which only somebody who is signed in can make; returns the webhook's id. */
export async function fillSystem(page: Page): Promise<Record<'webhook', string>> {
  const made = await asSignedIn(
    page,
    `mutation {
      apiTokenCreate(displayName: "Nightly export", scopes: [JOBS_READ, AUDIT_READ, CONNECTIONS_WRITE]) { apiToken { id } }
      webhookCreate(url: "https://hooks.example/sluice", topics: [RUN]) { webhook { id } }
    }`,
  );
  const webhook = /"apiToken":\{"id":.*"webhook":\{"id":"(\w+)"/.exec(made)?.[1];
  if (webhook === undefined) throw new Error(`Not made: ${made}`);
  await asSignedIn(page, `mutation { webhookTest(id: "${webhook}") { userErrors { message } } }`);
  return { webhook };
}

/** What the API answers to the person who is signed in on the page, as text. */
export const asSignedIn = (page: Page, query: string): Promise<string> =>
  page.evaluate(
    async (body) =>
      (await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).text(),
    JSON.stringify({ query }),
  );

/** What the router of the web app tells of itself; the page before stays in sight until it has resolved the next one. */
interface Routed {
  __TSR_ROUTER__: { state: { status: string; resolvedLocation?: { pathname: string } } };
}

/** Shows a path without loading the app anew, as a link does, and waits until it is read and drawn. */
export async function show(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
  await page.waitForFunction((to) => {
    const { status, resolvedLocation } = (window as unknown as Routed).__TSR_ROUTER__.state;
    return (
      `${location.pathname}${to.includes('?') ? location.search : ''}` === to &&
      status === 'idle' &&
      resolvedLocation?.pathname === location.pathname &&
      document.querySelector('h1') !== null &&
      !document.querySelector('[role=status][aria-label^=Loading]')
    );
  }, path);
}

/** Runs before a page: what the app loads for later, some seconds after the first page, stays away. */
export function withoutPagesAhead(): void {
  const later = window.setTimeout.bind(window);
  window.setTimeout = ((run: () => void, wait = 0) => (wait === 3_000 ? 0 : later(run, wait))) as typeof setTimeout;
}

/** What stands beside a screen of this width: nothing, or by how much and what first. */
export async function beside(page: Page, width: number): Promise<string[]> {
  await page.setViewportSize({ width, height: 1000 });
  const [pixels, first] = await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    await frame().then(frame);
    const { scrollWidth, clientWidth } = document.documentElement;
    const out = [...document.body.querySelectorAll('*')].find((one) => one.getBoundingClientRect().right > clientWidth);
    return [scrollWidth - clientWidth, out?.outerHTML.slice(0, 120)] as const;
  });
  return pixels > 0 ? [`is ${pixels} px too wide at ${width} px: ${first ?? ''}`] : [];
}
