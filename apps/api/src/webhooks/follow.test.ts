import { afterAll, beforeAll, expect, it } from 'vitest';
import { StatementCounter } from '../reads/statements.testing.js';
import { openSocket, type RawSocket } from '../server/testing.js';
import { openTestApp, type TestApp } from '../testing.js';

const ATTEMPTED = `subscription ($webhookId: ID, $after: ID) {
  webhookAttempted(webhookId: $webhookId, after: $after) { id kind status failure { message } } }`;
const CREATE = `mutation ($url: URL!, $topics: [EventTopic!]!) {
  answer: webhookCreate(url: $url, topics: $topics) { webhook { id } userErrors { message } } }`;
const TEST = `mutation ($id: ID!) { answer: webhookTest(id: $id) { webhook { id } userErrors { message } } }`;
/** Nothing listens there, so that each attempt fails at once. */
const URL = 'http://127.0.0.1:1/';

interface Attempted {
  id: string;
  kind: string;
  failure: { message: string } | null;
}

const counter = new StatementCounter();
let test: TestApp;
let address: string;
beforeAll(async () => {
  test = await openTestApp({ allowPrivateHosts: true }, { onStatement: counter.observe });
  address = await test.app.listen();
});
afterAll(() => test[Symbol.asyncDispose]());

const followers = () => test.app.base.hub.followersOf('webhookAttempts:');
const follow = async (variables: { webhookId?: string; after?: string }) => {
  const socket = await openSocket(address, test.admin.cookie);
  const before = followers();
  socket.send({ id: '1', type: 'subscribe', payload: { query: ATTEMPTED, variables } });
  await expect.poll(() => followers()).toBe(before + 1);
  return socket;
};
const nextOf = async (socket: RawSocket) =>
  ((await socket.next('next')).payload as { data: { webhookAttempted: Attempted } }).data.webhookAttempted;
const ask = async (query: string, variables: Record<string, unknown>) =>
  (await test.send<{ answer: { webhook: { id: string } } }>(query, variables)).data!.answer.webhook.id;
const make = (topics = ['BUDGET']) => ask(CREATE, { url: URL, topics });
const sendTest = (id: string) => ask(TEST, { id });
const close = async (...sockets: RawSocket[]) => {
  for (const socket of sockets) socket.close();
  await expect.poll(() => followers()).toBe(0);
};

it('attempts are told of to who follows the webhook or all, and after a cut from what is known', async () => {
  const id = await make();
  const [one, all] = [await follow({ webhookId: id }), await follow({})];
  await sendTest(id);
  const newest = await nextOf(one);
  expect(newest).toMatchObject({ kind: 'TEST', failure: { message: expect.any(String) as string } });
  expect(await nextOf(all)).toEqual(newest);
  await close(one, all);
  await sendTest(id);
  const again = await follow({ webhookId: id, after: newest.id });
  expect((await nextOf(again)).id > newest.id).toBe(true);
  await close(again);
});

it('what is no delivery is refused as where to go on', async () => {
  const socket = await openSocket(address, test.admin.cookie);
  const errors = await socket.refused(ATTEMPTED, { after: await test.app.base.changes.newestCursor() });
  expect(errors.map(({ extensions }) => extensions?.['code'])).toEqual(['CURSOR_INVALID']);
  await close(socket);
});

it('an attempt costs no statement for those who follow another webhook', async () => {
  const [id, other] = [await make(), await make()];
  const reads = async () => {
    const statements = await counter.of(() => sendTest(id));
    return statements.filter((each) => /^select.* from "webhook_deliveries".* order by/.test(each)).length;
  };
  const alone = await reads();
  const socket = await follow({ webhookId: other });
  expect(await reads()).toBe(alone);
  await close(socket);
});

it('attempts are no changes, of which a webhook for changes of webhooks would be told without an end', async () => {
  const socket = await follow({});
  const before = await test.app.base.changes.latest();
  // It is told that it was made.
  await make(['WEBHOOK']);
  expect(await nextOf(socket)).toMatchObject({ kind: 'EVENT' });
  expect(await test.app.base.changes.latest()).toBe(before + 1);
  await close(socket);
});
