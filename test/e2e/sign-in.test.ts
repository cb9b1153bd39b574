import { afterAll, beforeAll, expect, it } from 'vitest';
import { differences, evenTree, plant } from '../support/files.js';
import type { UserErrorShape } from '../support/graphql.js';
import { House } from '../support/house.js';
import { accessTo, checksumsOf, contentOf } from '../support/sandbox.js';
import { addJob, addShare, follow, readRun, startRun, type Connection } from '../support/work.js';

interface Payload {
  connection: Connection;
  flow: { authorizationUrl: string };
  userErrors: UserErrorShape[];
}

const ERRORS = 'userErrors { code message field }';
const CREATE = `mutation ($input: ConnectionCreateInput!) { connectionCreate(input: $input) { connection { id health { status message } } ${ERRORS} } }`;
const UPDATE = `mutation ($id: ID!, $input: ConnectionUpdateInput!) { connectionUpdate(id: $id, input: $input) { connection { id health { status message } } ${ERRORS} } }`;
const TEST = `mutation ($id: ID!) { connectionTest(id: $id) { connection { id health { status message } } ${ERRORS} } }`;
const START = `mutation ($id: ID!) { oauthFlowStart(connectionId: $id) { flow { authorizationUrl } ${ERRORS} } }`;

const files = evenTree(60, 6);
let house: House;
beforeAll(async () => {
  house = await House.open({ autoApprove: true });
});
afterAll(() => house?.close());

/** What the popup does, with a person who allows at once. */
async function signIn(id: string): Promise<void> {
  const { flow } = await house.client.mutate<Payload>(START, { id });
  expect((await fetch(flow.authorizationUrl)).ok).toBe(true);
}

/** A connection of a person who signed in, in the order in which the web app asks. */
async function connectAsPerson(): Promise<string> {
  const { loginUrl, apiUrl, companyId, projectId } = accessTo(house.sandbox);
  const settings = { clientCredentials: 'CUSTOM', authenticationMethod: 'OAUTH_AUTHORIZATION_CODE', loginUrl, apiUrl };
  const oauthClient = { clientId: 'sandbox-client', clientSecret: 'sandbox-secret' };
  const input = { name: 'A person', settings: { procore: settings }, credential: { oauthClient } };
  const { connection } = await house.client.mutate<Payload>(CREATE, { input });
  expect(connection.health.status).toBe('NEEDS_SIGN_IN');
  await signIn(connection.id);
  const chosen = { settings: { procore: { ...settings, companyId, projectId } } };
  const updated = await house.client.mutate<Payload>(UPDATE, { id: connection.id, input: chosen });
  expect(updated.connection.health.status).toBe('UNTESTED');
  const tested = await house.client.mutate<Payload>(TEST, { id: connection.id });
  expect(tested.connection.health).toEqual({ status: 'HEALTHY', message: 'Connected' });
  return connection.id;
}

it('rests when the sign-in is dead, and goes on by itself after the next one', async () => {
  const { sandbox, client } = house;
  const procoreId = await connectAsPerson();
  const origin = await house.folder('origin');
  await plant(origin, files);
  const job = await addJob(
    client,
    'There',
    { connectionId: await addShare(client, origin) },
    { connectionId: procoreId },
  );
  sandbox.control.addFault({ kind: 'revoke-tokens', nth: 40, match: { origin: 'api' } });
  const runId = await startRun(client, job);
  let hasRested = false;
  for await (const event of follow(client, runId)) {
    if (event.state !== 'PAUSED') continue;
    hasRested = true;
    expect(await readRun(client, runId)).toMatchObject({ stateReason: { code: 'SIGN_IN_REQUIRED' } });
    await signIn(procoreId);
    await client.mutate<Payload>(TEST, { id: procoreId });
  }
  expect(hasRested).toBe(true);
  expect(await readRun(client, runId)).toMatchObject({ state: 'SUCCEEDED', stateReason: null });
  const content = await contentOf(sandbox);
  expect(differences(content.files, checksumsOf(files))).toEqual([]);
  expect(Object.values(content.versions).every((versions) => versions === 1)).toBe(true);
});
