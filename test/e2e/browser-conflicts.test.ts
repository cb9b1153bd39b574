import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium, openTab, signInAs } from '../support/chromium.js';
import { GraphqlClient } from '../support/graphql.js';
import { Server } from '../support/server.js';
import { addShare } from '../support/work.js';

const ERRORS = 'userErrors { code message field }';
const RULES = 'metadataRules { destinationField template }';

/** A form that is open on one page while the same object is saved by somebody else. */
interface Case {
  /** Makes the object; returns its identifier and what the page of the form is. */
  make: (client: GraphqlClient, folder: string) => Promise<{ id: string; path: string }>;
  /** Opens the form. */
  open: (page: Page) => Promise<void>;
  /** Name of the field in the form, and in the list of what differs. */
  field: string | RegExp;
  label: string;
  mine: string;
  theirs: string;
  /** How somebody else saves theirs, and what is saved in the end. */
  change: string;
  read: string;
}

const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).first().click();
const pressIn = (menu: string) => async (page: Page) => {
  await page.getByRole('button', { name: menu }).click();
  await page.getByRole('menuitem', { name: 'Change', exact: true }).click();
};

async function make(client: GraphqlClient, mutation: string, object: string): Promise<string> {
  const made = await client.mutate<Record<string, { id: string }> & { userErrors: [] }>(
    `mutation { ${mutation} { ${object} { id } ${ERRORS} } }`,
  );
  return made[object]!.id;
}

async function makeSet(client: GraphqlClient, name: string): Promise<string> {
  const rule = '{ destinationField: "description", value: { template: "Was {path}" } }';
  const input = `{ name: "${name}", metadataRules: [${rule}, { destinationField: "private", value: { fixedValue: "true" } }] }`;
  const places = 'kind: METADATA, sourcePlatform: NETWORK_FILE_SHARE, destinationPlatform: PROCORE';
  return make(client, `mappingSetCreate(${places}, input: ${input})`, 'mappingSet');
}

async function makeBudget(client: GraphqlClient): Promise<string> {
  const settings = '{ procore: { clientCredentials: CUSTOM } }';
  const credential = '{ oauthClient: { clientId: "shared-client", clientSecret: "s" } }';
  const input = `{ name: "Client", settings: ${settings}, credential: ${credential}, testNow: false }`;
  await make(client, `connectionCreate(input: ${input})`, 'connection');
  const { budgets } = await client.request<{ budgets: { id: string }[] }>('{ budgets { id } }');
  return budgets[0]!.id;
}

const CASES: Record<string, Case> = {
  'a connection': {
    make: async (client, folder) => {
      const id = await addShare(client, folder, 'Site');
      return { id, path: `/connections/${id}` };
    },
    open: press('Edit'),
    field: 'Display as',
    label: 'Display as',
    mine: 'My site',
    theirs: 'Their site',
    change: 'connectionUpdate(id: $id, input: { name: "Their site" })',
    read: '... on ConnectionProfile { value: name }',
  },
  'a user': {
    make: async (client) => {
      const input = '{ login: "mia", displayName: "Mia", role: VIEWER, password: "crane over quay street" }';
      return { id: await make(client, `userCreate(input: ${input})`, 'user'), path: '/access/users' };
    },
    open: pressIn('Actions for Mia'),
    field: 'Name to show',
    label: 'Name to show',
    mine: 'Mia Berg',
    theirs: 'Mia Thal',
    change: 'userUpdate(id: $id, input: { displayName: "Mia Thal" })',
    read: '... on User { value: displayName }',
  },
  'a webhook': {
    make: async (client) => {
      const id = await make(client, 'webhookCreate(url: "https://a.example/", topics: [RUN])', 'webhook');
      return { id, path: '/webhooks' };
    },
    open: pressIn('Actions for https://a.example/'),
    field: 'Address',
    label: 'Address',
    mine: 'https://mine.example/',
    theirs: 'https://theirs.example/',
    change: 'webhookUpdate(id: $id, url: "https://theirs.example/")',
    read: '... on Webhook { value: url }',
  },
  'a mapping set': {
    make: async (client) => {
      const id = await makeSet(client, 'Settings of a set');
      return { id, path: `/mappings/${id}/settings` };
    },
    open: press('Change settings'),
    field: /^Name\b/,
    label: 'Name',
    mine: 'My fields',
    theirs: 'Their fields',
    change: 'mappingSetUpdate(id: $id, input: { name: "Their fields" })',
    read: '... on MappingSet { value: name }',
  },
  'a rule of a mapping set': {
    make: async (client) => {
      const id = await makeSet(client, 'Rules of a set');
      return { id, path: `/mappings/${id}` };
    },
    open: async (page) => {
      await page.getByRole('button', { name: 'Actions for description' }).click();
      await page.getByRole('menuitem', { name: 'Change', exact: true }).click();
    },
    field: /^Value\W*$/,
    label: 'Value',
    mine: 'Mine {path}',
    theirs: 'Theirs {path}',
    // The rule stands in another place meanwhile, after one that is new.
    change: `mappingSetUpdate(id: $id, input: { metadataRules: [
      { destinationField: "private", value: { fixedValue: "false" } }
      { destinationField: "description", value: { template: "Theirs {path}" } }
    ] })`,
    read: `... on MappingSet { ${RULES} }`,
  },
  'an entry of a mapping set': {
    make: async (client) => {
      const places = 'kind: TAG, sourcePlatform: NETWORK_FILE_SHARE, destinationPlatform: PROCORE';
      const id = await make(client, `mappingSetCreate(${places}, input: { name: "Entries of a set" })`, 'mappingSet');
      const entry = '{ sourceKey: "civil", destinationKey: "Roads" }';
      await client.mutate(
        `mutation { mappingEntriesUpsert(mappingSetId: "${id}", entries: [${entry}]) { ${ERRORS} } }`,
      );
      return { id, path: `/mappings/${id}` };
    },
    open: pressIn('Actions for civil'),
    field: 'Name at the destination',
    label: 'Name at the destination',
    mine: 'My roads',
    theirs: 'Their roads',
    change: `mappingEntriesUpsert(mappingSetId: $id, entries: [
      { sourceKey: "arch", destinationKey: "Walls" }
      { sourceKey: "civil", destinationKey: "Their roads" }
    ])`,
    read: '... on MappingSet { entries(first: 9) { nodes { destinationKey } } }',
  },
  'a budget': {
    make: async (client) => ({ id: await makeBudget(client), path: '/budgets' }),
    open: (page) =>
      page
        .getByRole('button', { name: /^Change limits: shared-client/ })
        .first()
        .click(),
    field: 'Calls per hour',
    label: 'Calls per hour',
    mine: '500',
    theirs: '900',
    change: 'budgetUpdate(id: $id, input: { hourlyLimit: 900 })',
    read: '... on RateBudget { hourly { limit } }',
  },
};

/** Somebody else saves an object while a form of it is open: nothing of it is lost without a person's word. */
describe('two people who change', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let client: GraphqlClient;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-conflicts-'));
    [server, browser] = await Promise.all([Server.start(), openChromium()]);
    page = await openTab(browser);
    await page.goto(server.url);
    await signInAs(page);
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    // With all rights of the person who is signed in, which no token has.
    const cookies = await page.context().cookies();
    client = new GraphqlClient(server.url, { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const saved = async (id: string, { read }: Case) =>
    JSON.stringify(await client.request(`query ($id: ID!) { node(id: $id) { ${read} } }`, { id }));
  const save = (form: Locator) => form.getByRole('button', { name: /^Save/ }).click();

  it.for(Object.entries(CASES))('%s see both versions, and choose the one that goes on', async ([, one]) => {
    const { id, path } = await one.make(client, folder);
    await page.goto(server.url + path);
    await one.open(page);
    const form = page.getByRole('dialog').first();
    await form.getByLabel(one.field).first().fill(one.mine);
    await client.mutate(`mutation ($id: ID!) { ${one.change} { ${ERRORS} } }`, { id });
    await save(form);
    const both = page.getByRole('dialog', { name: /saved changes meanwhile/ });
    await both
      .getByRole('row', { name: new RegExp(`${one.label} ${one.mine} ${one.theirs}`.replaceAll(/[{}]/g, '\\$&')) })
      .waitFor();
    await page.keyboard.press('Escape');
    await both.waitFor({ state: 'hidden' });
    expect(await saved(id, one)).toContain(one.theirs);
    await save(form);
    await both.getByRole('button', { name: 'Take over theirs' }).click();
    await expect.poll(() => form.getByLabel(one.field).first().inputValue()).toBe(one.theirs);
    await form.getByLabel(one.field).first().fill(one.mine);
    await save(form);
    await form.waitFor({ state: 'hidden' });
    expect(await saved(id, one)).toContain(one.mine);
  });

  it('rules of one set keep both: mine over theirs, and a new one after them', async () => {
    const id = await makeSet(client, 'Rules of two');
    await page.goto(`${server.url}/mappings/${id}`);
    await CASES['a rule of a mapping set']!.open(page);
    const form = page.getByRole('dialog').first();
    await form.getByLabel('Value if there is none').fill('None');
    const theirs = { id, rules: [{ destinationField: 'description', value: { template: 'Theirs' } }] };
    const update = `mutation ($id: ID!, $rules: [MetadataRuleInput!]) {
      mappingSetUpdate(id: $id, input: { metadataRules: $rules }) { ${ERRORS} } }`;
    await client.mutate(update, theirs);
    await save(form);
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await save(form);
    await page.getByRole('row', { name: /description.*Theirs.*otherwise “None”/ }).waitFor();
    await page.getByRole('button', { name: 'Add rule' }).click();
    await form.getByLabel('Field at the destination').fill('status');
    await form.getByLabel(/^Value\W*$/).fill('owner');
    await client.mutate(update, theirs);
    await form.getByRole('button', { name: 'Add rule' }).click();
    await page.getByRole('row', { name: /status.*owner/ }).waitFor();
    const { node } = await client.request<{ node: { metadataRules: object[] } }>(
      `query ($id: ID!) { node(id: $id) { ... on MappingSet { ${RULES} } } }`,
      { id },
    );
    expect(node.metadataRules).toMatchObject([{ template: 'Theirs' }, { destinationField: 'status' }]);
  });
});
