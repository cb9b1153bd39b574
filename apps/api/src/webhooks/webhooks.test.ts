import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../clock.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { openTestApp, type TestApp } from '../testing.js';
import { MAX_WEBHOOKS } from './topic-list.js';

const FIELDS =
  'webhook { id version url topics isActive pendingCount lastAttemptAt lastStatus nextAttemptAt failure { code message } }';
const ERRORS = 'userErrors { code message field }';
const CREATE = `mutation ($url: URL!, $topics: [EventTopic!]!, $key: String) {
  answer: webhookCreate(url: $url, topics: $topics, idempotencyKey: $key) { ${FIELDS} secret ${ERRORS} }
}`;
const UPDATE = `mutation ($id: ID!, $url: URL, $topics: [EventTopic!], $isActive: Boolean, $expectedVersion: Int) {
  answer: webhookUpdate(id: $id, url: $url, topics: $topics, isActive: $isActive, expectedVersion: $expectedVersion) {
    ${FIELDS} secret ${ERRORS}
  }
}`;
const ROTATE = `mutation ($id: ID!) { answer: webhookSecretRotate(id: $id) { ${FIELDS} secret ${ERRORS} } }`;
const DELETE = `mutation ($id: ID!) { answer: webhookDelete(id: $id) { deletedId ${ERRORS} } }`;
const TEST = `mutation ($id: ID!) { answer: webhookTest(id: $id) { ${FIELDS} secret ${ERRORS} } }`;
const DELIVERY = 'id kind messageId attempt duration status failure { code } event { topic subjectId }';
const DELIVERIES = `query ($first: Int, $after: String) {
  webhooks { deliveries(first: $first, after: $after) { nodes { ${DELIVERY} } pageInfo { endCursor } } }
}`;
const REDELIVER = `mutation ($id: ID!, $deliveryId: ID!) {
  answer: webhookRedeliver(id: $id, deliveryId: $deliveryId) { ${FIELDS} delivery { ${DELIVERY} } ${ERRORS} }
}`;

interface Delivery {
  id: string;
  kind: string;
}
interface DeliveryPage {
  nodes: Delivery[];
  pageInfo: { endCursor: string | null };
}
interface Redelivered {
  webhook: Hook | null;
  delivery: Delivery | null;
  userErrors: { code: string; field: string[] | null }[];
}
interface Hook {
  id: string;
  version: number;
  isActive: boolean;
  pendingCount: number;
  lastStatus: number | null;
  failure: { code: string; message: string } | null;
}
interface Answer {
  webhook: Hook | null;
  deletedId?: string | null;
  secret: string | null;
  userErrors: { code: string; message: string; field: string[] | null }[];
}
interface Received {
  headers: IncomingMessage['headers'];
  body: string;
}

/** A receiver on loopback; `answer` decides what it says. */
class Receiver {
  readonly received: Received[] = [];
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => response.end('ok');
  private waiting: (() => void)[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        this.received.push({ headers: request.headers, body });
        this.answer(request, response);
        this.waiting.splice(0).forEach((wake) => wake());
      });
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  async next(count: number): Promise<Received[]> {
    while (this.received.length < count) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.received;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

const signatureBy = (secret: string, { headers, body }: Received) => {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
};

const receiver = new Receiver();
beforeAll(() => receiver.listen());
afterAll(() => receiver.close());
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer = (_request, response) => response.end('ok');
});

const send = async (test: TestApp, query: string, variables: Record<string, unknown>, sender = test.admin) => {
  const { data, errors } = await test.send<{ answer: Answer }>(query, variables, sender);
  if (errors) throw new Error(JSON.stringify(errors));
  return data!.answer;
};
/** Deliveries of the one webhook that there is. */
const deliveriesOf = async (test: TestApp, first: number, after: string | null) => {
  const { data, errors } = await test.send<{ webhooks: { deliveries: DeliveryPage }[] }>(DELIVERIES, { first, after });
  if (errors) throw new Error(JSON.stringify(errors));
  return data!.webhooks[0]!.deliveries;
};
const record = ({ app: { base } }: TestApp, subjectId: string) =>
  base.db.transact((tx) => base.changes.record(tx, { topic: 'JOB', change: 'UPDATED', subjectId }));

describe('webhooks where private addresses are allowed', () => {
  let test: TestApp;
  let ahead = 0;
  beforeAll(async () => {
    const clock = { ...systemClock, now: () => Date.now() + ahead };
    const limits = { ...DEFAULT_LIMITS, sessionIdle: 10 * DEFAULT_LIMITS.sessionIdle };
    test = await openTestApp({ allowPrivateHosts: true, limits }, { overrides: { clock }, work: { poll: 60_000 } });
    await test.app.listen();
  });
  afterAll(() => test[Symbol.asyncDispose]());

  it('get what changes, signed with the secret that was shown once, as changeEvents tells it', async () => {
    const made = await send(test, CREATE, { url: receiver.url, topics: ['JOB'] });
    expect(made.webhook).toMatchObject({ version: 1, url: receiver.url, topics: ['JOB'], isActive: true });
    expect(made.secret).toMatch(/^whsec_[\w+/]{43}=$/);
    await record(test, 'job_1');
    await record(test, 'job_2');
    const received = (await receiver.next(2)).slice();
    const { data } = await test.send<{ changeEvents: object[] }>(
      '{ changeEvents(topics: [JOB]) { id cursor topic change subjectId occurredAt } }',
    );
    expect(received.map(({ body }) => JSON.parse(body) as object)).toEqual(data?.changeEvents);
    for (const message of received) {
      expect(message.headers['webhook-id']).toBe((JSON.parse(message.body) as { id: string }).id);
      expect(message.headers['webhook-signature']).toBe(signatureBy(made.secret!, message));
      expect(Math.abs(Number(message.headers['webhook-timestamp']) - Date.now() / 1_000)).toBeLessThan(60);
    }
    const rows = JSON.stringify(await test.app.base.db.reader.select().from(test.app.base.db.tables.webhooks));
    expect(rows).not.toContain(made.secret!.slice(6));
    await send(test, DELETE, { id: made.webhook!.id });
  });

  it('are signed by the old and the new secret for 24 hours after a rotation', async () => {
    const made = await send(test, CREATE, { url: receiver.url, topics: ['JOB'] });
    const { id } = made.webhook!;
    const rotated = await send(test, ROTATE, { id });
    expect(rotated.webhook?.version).toBe(2);
    await send(test, TEST, { id });
    ahead = 24 * 3_600_000 + 1_000;
    await send(test, TEST, { id });
    ahead = 0;
    const [both, late] = await receiver.next(2);
    const [old, new_] = [signatureBy(made.secret!, both!), signatureBy(rotated.secret!, both!)];
    expect(both?.headers['webhook-signature']).toBe(`${new_} ${old}`);
    expect(late?.headers['webhook-signature']).toBe(signatureBy(rotated.secret!, late!));
    await send(test, DELETE, { id });
  });

  it('are tested by a message about themselves; what came of it stands in the webhook', async () => {
    const { webhook } = await send(test, CREATE, { url: receiver.url, topics: ['JOB'] });
    const { id } = webhook!;
    const fine = await send(test, TEST, { id });
    expect(fine).toMatchObject({ webhook: { lastStatus: 200, failure: null }, secret: null, userErrors: [] });
    expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({ topic: 'WEBHOOK', subjectId: id });
    receiver.answer = (_request, response) => response.writeHead(302, { location: receiver.url }).end();
    const away = await send(test, TEST, { id });
    expect(away.webhook).toMatchObject({ lastStatus: 302, failure: { code: 'REMOTE_UNREACHABLE' } });
    expect(away.webhook?.failure?.message).toContain('Redirects are not followed');
    expect(receiver.received).toHaveLength(2);
    // A receiver that says much is not read to the end.
    receiver.answer = (_request, response) => {
      const flood = () =>
        void (response.write('x'.repeat(65_536)) ? setImmediate(flood) : response.once('drain', flood));
      flood();
      response.on('close', () => (response.write = () => true));
    };
    expect((await send(test, TEST, { id })).webhook).toMatchObject({ lastStatus: 200, failure: null });
    receiver.answer = (request) => request.socket.destroy();
    expect((await send(test, TEST, { id })).webhook?.failure?.message).toContain('could not be reached');
    await send(test, DELETE, { id });
  });

  it('show what was sent to them page by page, and send it once more', async () => {
    const { webhook, secret } = await send(test, CREATE, { url: receiver.url, topics: ['JOB'] });
    const { id } = webhook!;
    await record(test, 'job_1');
    await receiver.next(1);
    await expect.poll(async () => (await deliveriesOf(test, 1, null)).nodes).toHaveLength(1);
    const sent = await deliveriesOf(test, 1, null);
    expect(sent.nodes).toMatchObject([
      { kind: 'EVENT', attempt: 1, status: 200, failure: null, event: { topic: 'JOB', subjectId: 'job_1' } },
    ]);
    receiver.answer = (_request, response) => response.writeHead(503).end();
    const { data } = await test.send<{ answer: Redelivered }>(REDELIVER, { id, deliveryId: sent.nodes[0]!.id });
    expect(data!.answer).toMatchObject({ webhook: { id, failure: null }, userErrors: [] });
    expect(data!.answer.delivery).toMatchObject({
      kind: 'REDELIVERY',
      status: 503,
      failure: { code: 'REMOTE_UNREACHABLE' },
    });
    const [once, again] = receiver.received;
    expect([again!.headers['webhook-id'], again!.body]).toEqual([once!.headers['webhook-id'], once!.body]);
    expect(again!.headers['webhook-signature']).toBe(signatureBy(secret!, again!));
    await send(test, TEST, { id });
    const newest = await deliveriesOf(test, 2, null);
    const rest = await deliveriesOf(test, 2, newest.pageInfo.endCursor);
    expect([newest, rest].map(({ nodes }) => nodes.map(({ kind }) => kind))).toEqual([
      ['TEST', 'REDELIVERY'],
      ['EVENT'],
    ]);
    expect(newest.nodes[0]).toMatchObject({ event: null, duration: expect.stringMatching(/^PT[\d.]+S$/) as unknown });
    const refused = await test.send<{ answer: Redelivered }>(REDELIVER, { id, deliveryId: 'whd_0' });
    expect(refused.data!.answer).toMatchObject({
      delivery: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['deliveryId'] }],
    });
    const audit = await test.send<{ auditEvents: { nodes: object[] } }>(
      '{ auditEvents(filter: { actions: ["webhookRedeliver"] }) { nodes { outcome targetId } } }',
    );
    expect(audit.data!.auditEvents.nodes).toEqual(
      ['FAILED', 'SUCCEEDED'].map((outcome) => ({ outcome, targetId: id })),
    );
    await send(test, DELETE, { id });
  });

  it('that are switched on again begin with what changes from then on', async () => {
    const { webhook } = await send(test, CREATE, { url: receiver.url, topics: ['JOB'] });
    const { id } = webhook!;
    const off = await send(test, UPDATE, { id, isActive: false, expectedVersion: 1 });
    expect(off.webhook).toMatchObject({ isActive: false, version: 2 });
    await record(test, 'job_missed');
    expect((await send(test, UPDATE, { id, isActive: false })).webhook).toMatchObject({ version: 2, pendingCount: 0 });
    await send(test, UPDATE, { id, isActive: true, topics: ['JOB', 'RUN'] });
    await record(test, 'job_new');
    const [message] = await receiver.next(1);
    expect(JSON.parse(message!.body)).toMatchObject({ subjectId: 'job_new' });
    const stale = await send(test, UPDATE, { id, url: 'https://example.com/', expectedVersion: 1 });
    expect(stale).toMatchObject({
      webhook: null,
      userErrors: [{ code: 'VERSION_CONFLICT', field: ['expectedVersion'] }],
    });
    await send(test, DELETE, { id });
  });

  it('are made once with an idempotency key, and the secret is not shown again', async () => {
    const variables = { url: receiver.url, topics: ['RUN'], key: 'k1' };
    const [first, second] = [await send(test, CREATE, variables), await send(test, CREATE, variables)];
    expect(second).toMatchObject({ webhook: { id: first.webhook?.id }, secret: null });
    const other = await send(test, CREATE, { ...variables, topics: ['JOB'] });
    expect(other.userErrors[0]?.code).toBe('IDEMPOTENCY_KEY_REUSED');
    await send(test, DELETE, { id: first.webhook!.id });
  });

  it('are at most 50', async () => {
    const ids: string[] = [];
    for (let index = 0; index < MAX_WEBHOOKS; index++)
      ids.push((await send(test, CREATE, { url: receiver.url, topics: ['REPORT'] })).webhook!.id);
    const more = await send(test, CREATE, { url: receiver.url, topics: ['REPORT'] });
    expect(more.userErrors.map(({ code }) => code)).toEqual(['LIMIT_EXCEEDED']);
    const { data } = await test.send<{ webhooks: Hook[] }>('{ webhooks { id pendingCount } }');
    expect(data?.webhooks).toEqual(ids.map((id) => ({ id, pendingCount: 0 })));
    for (const id of ids) await send(test, DELETE, { id });
    expect(await send(test, DELETE, { id: ids[0] })).toMatchObject({
      deletedId: null,
      userErrors: [{ code: 'NOT_FOUND' }],
    });
  });

  it('tell of topics that their maker may read only', async () => {
    const made = await test.send<{ apiTokenCreate: { secret: string } }>(
      'mutation { apiTokenCreate(displayName: "t", scopes: [WEBHOOKS_MANAGE, JOBS_READ]) { secret } }',
    );
    const token = { authorization: `Bearer ${made.data?.apiTokenCreate.secret}` };
    const refused = await send(test, CREATE, { url: receiver.url, topics: ['JOB', 'BUDGET', 'CONNECTION'] }, token);
    expect(refused.userErrors.map(({ code, field }) => [code, field?.join('.')])).toEqual([
      ['FORBIDDEN', 'topics.1'],
      ['FORBIDDEN', 'topics.2'],
    ]);
    const { webhook } = await send(test, CREATE, { url: receiver.url, topics: ['JOB'] }, token);
    const widened = await send(test, UPDATE, { id: webhook!.id, topics: ['BUDGET'] }, token);
    expect(widened.userErrors).toMatchObject([{ code: 'FORBIDDEN', field: ['topics', '0'] }]);
    await send(test, DELETE, { id: webhook!.id });
  });
});

describe('webhooks where private addresses are not allowed', () => {
  let test: TestApp;
  beforeAll(async () => void (test = await openTestApp()));
  afterAll(() => test[Symbol.asyncDispose]());

  it('all that is wrong is told at its field', async () => {
    const { userErrors } = await send(test, CREATE, { url: 'http://example.com/', topics: [] });
    expect(userErrors.map(({ code, field }) => [code, field])).toEqual([
      ['INVALID', ['url']],
      ['REQUIRED', ['topics']],
    ]);
  });

  it.each([
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest',
    'https://user:password@example.com/',
    'https://example.com/#fragment',
  ])('%s is refused', async (url) => {
    const { userErrors } = await send(test, CREATE, { url, topics: ['JOB'] });
    expect(userErrors.map(({ code, field }) => [code, field])).toEqual([['INVALID', ['url']]]);
  });

  it('a name that leads to a private address is refused when the connection is made', async () => {
    const url = receiver.url.replace('http://127.0.0.1', 'https://localhost');
    const { webhook } = await send(test, CREATE, { url, topics: ['JOB'] });
    const { webhook: tried } = await send(test, TEST, { id: webhook!.id });
    expect(tried).toMatchObject({ lastStatus: null, failure: { code: 'REMOTE_UNREACHABLE' } });
    expect(tried?.failure?.message).toContain('private network');
    expect(receiver.received).toEqual([]);
  });
});
