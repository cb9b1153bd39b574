import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getNamedType, isInputObjectType, isNonNullType, type GraphQLInputObjectType } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLog } from '../log.js';
import { openShareApp, QUICK_WORK, type ShareApp } from '../runner/testing.js';
import { connectSocket } from '../server/testing.js';
import type { Sender } from '../testing.js';
import { inputsThatSoundSecret, NOT_SECRET, SECRET_INPUTS } from './secret-inputs.testing.js';

const CANARY = 'canary-in-the-mine';
/** One for each place, so that a find says where it was entered. */
const canaryOf = (place: string) => `${CANARY}:${place.replaceAll(/\W/g, '-')}`;

/** What left the server or was written, by where it was found. */
const found: { where: string; text: string }[] = [];
const keep = (where: string, text: string) => void found.push({ where, text });

/** Receives webhooks and traces. */
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    // The headers of the collector are meant for it.
    const { 'api-key': _own, ...headers } = request.headers;
    keep(`sent to ${request.url}`, JSON.stringify(headers) + Buffer.concat(chunks).toString('latin1'));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
});

let app: ShareApp;
let address: string;
/** Secrets that the server makes and shows once. */
const shownOnce: string[] = [];

interface Answer {
  data: Record<string, { secret?: string; report?: { id: string } } | null> | null;
}

async function send(query: string, variables: Record<string, unknown> = {}, sender: Sender = app.admin) {
  const payload = { query, variables };
  const reply = await app.app.http.inject({ method: 'POST', url: '/graphql', headers: sender, payload });
  const answer = reply.json<Answer>();
  const secrets = Object.values(answer.data ?? {}).flatMap((value) => value?.secret ?? []);
  shownOnce.push(...secrets);
  if (secrets.length === 0) keep(`answer to ${query.slice(0, 60)}`, reply.body + JSON.stringify(reply.headers));
  return answer;
}

const get = async (url: string, headers: Record<string, string> = {}) => {
  const reply = await app.app.http.inject({ method: 'GET', url, headers });
  keep(`GET ${url.split('?')[0]}`, reply.body + JSON.stringify(reply.headers));
};

/** An input whose needed texts are names, and whose field is the canary. */
const inputWith = (type: GraphQLInputObjectType, field: string, canary: string) =>
  Object.fromEntries(
    Object.values(type.getFields())
      .filter(({ name, type: of }) => name === field || isNonNullType(of))
      .map(({ name }) => [name, name === field ? canary : 'name']),
  );

const SETTINGS = [
  { procore: { clientCredentials: 'CUSTOM', authenticationMethod: 'OAUTH_CLIENT_CREDENTIALS' } },
  { networkFileShare: { location: String.raw`\\127.0.0.1\share` } },
  { objectStorage: { bucket: 'plans' } },
];

/** Gives a credential to each kind of connection, fitting or not, and to one that is there. */
async function giveCredential(credential: Record<string, unknown>): Promise<void> {
  const create = `mutation ($input: ConnectionCreateInput!) { connectionCreate(input: $input) {
    connection { id credential { isSet hint } health { message } } userErrors { message field } } }`;
  for (const settings of SETTINGS) await send(create, { input: { settings, credential, testNow: true } });
  const update = `mutation ($id: ID!, $input: ConnectionUpdateInput!) { connectionUpdate(id: $id, input: $input) {
    connection { id } userErrors { message field } } }`;
  await send(update, { id: app.connections.source, input: { credential } });
}

const CHANGE = `mutation ($old: String!, $new: String!) { passwordChange(currentPassword: $old, newPassword: $new) {
  userErrors { message field } } }`;
const SIGN_IN =
  'mutation ($l: String!, $p: String!) { signIn(login: $l, password: $p) { viewer { scopes } userErrors { message } } }';
const USER = 'mutation ($u: UserCreateInput!) { userCreate(input: $u) { user { id } userErrors { message field } } }';
const user = (login: string, password: string) => ({ u: { login, displayName: login, role: 'VIEWER', password } });

/** How the secrets that belong to no credential are entered, taken and refused. */
const ENTERED: Readonly<Record<string, (canary: string) => Promise<unknown>>> = {
  'Mutation.oauthFlowComplete(code:)': (code) =>
    send('mutation ($c: String!) { oauthFlowComplete(id: "oau_1", code: $c) { userErrors { message } } }', { c: code }),
  'Mutation.passwordChange(currentPassword:)': (old) => send(CHANGE, { old, new: 'short' }),
  'Mutation.passwordChange(newPassword:)': async (password) => {
    await send(USER, user('changer', 'a password before'));
    const sender = await app.signIn('changer', 'a password before');
    await send(CHANGE, { old: 'a password before', new: password }, sender);
  },
  'Mutation.signIn(password:)': (p) => send(SIGN_IN, { l: 'admin', p }, {}),
  'UserCreateInput.password': async (password) => {
    await send(USER, user('mole', password));
    await send(USER, user('mole', password));
    await send(SIGN_IN, { l: 'mole', p: password }, {});
  },
};

async function enter(place: string): Promise<void> {
  const canary = canaryOf(place);
  const own = ENTERED[place];
  if (own !== undefined) return void (await own(canary));
  const credentials = app.app.schema.getType('CredentialInput') as GraphQLInputObjectType;
  const [type = '', field = ''] = place.split('.');
  const members = Object.values(credentials.getFields());
  if (type === credentials.name) return giveCredential({ [field]: canary });
  const member = members.find((each) => getNamedType(each.type).name === type);
  const input = member && getNamedType(member.type);
  if (!isInputObjectType(input)) throw new Error(`Nobody enters ${place}: say in ENTERED how it is done.`);
  await giveCredential({ [member!.name]: inputWith(input, field, canary) });
}

/** Places beside the schema. */
async function enterElsewhere(): Promise<void> {
  const query = '{ viewer { scopes } }';
  await send(query, {}, { authorization: `Bearer ${canaryOf('authorization')}` });
  await send(query, {}, { cookie: `sluice_session=${canaryOf('cookie')}`, origin: 'http://localhost:4000' });
  await get(`/oauth/callback?code=${canaryOf('code')}&state=${canaryOf('state')}`);
  await get('/metrics', { authorization: `Bearer ${canaryOf('metrics')}` });
  const socket = await connectSocket(address, {});
  socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${canaryOf('socket')}` } });
  keep('close of a socket', JSON.stringify(await socket.closed));
}

async function report(kind: string, subject: object): Promise<void> {
  const { data } = await send(
    'mutation ($i: ReportCreateInput!) { reportCreate(input: $i) { report { id } userErrors { message } } }',
    { i: { kind, subject } },
  );
  const id = data?.['reportCreate']?.report?.id;
  const read = 'query ($id: ID!) { node(id: $id) { ... on Report { taskState } } }';
  await app.until(
    () => app.ask<{ node: { taskState: string } }>(read, { id }),
    ({ node }) => node.taskState === 'SUCCEEDED',
  );
}

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const settings = {
    allowPrivateHosts: true,
    secretKey: canaryOf('the key that seals the others'),
    metricsToken: canaryOf('SLUICE_METRICS_TOKEN'),
    procoreClient: { id: 'system', secret: canaryOf('PROCORE_CLIENT_SECRET'), loginUrl: 'https://login.procore.com' },
    tracing: { url: `${url}/v1/traces`, headers: { 'api-key': canaryOf('collector') }, share: 1 },
    proxies: { https: `http://user:${canaryOf('proxy')}@127.0.0.1:9`, http: null, except: [] },
  };
  const log = createLog('trace', { write: (line) => keep('log', line) });
  app = await openShareApp(settings, { log, work: QUICK_WORK });
  address = `http://127.0.0.1:${(app.app.http.server.address() as AddressInfo).port}`;
  await send('mutation ($u: URL!) { webhookCreate(url: $u, topics: [CONNECTION, RUN]) { secret } }', {
    u: `${url}/hook`,
  });
  await send('mutation { apiTokenCreate(displayName: "t", scopes: [JOBS_READ]) { secret } }');
  for (const place of SECRET_INPUTS) await enter(place);
  await enterElsewhere();
  app.put('a.txt', 'content');
  const run = await app.runToEnd(await app.createJob());
  await report('AUDIT_LOG', { auditLog: {} });
  await report('ITEMS', { runId: run.id });
  await send('{ auditEvents(first: 100) { nodes { action changes { field before after } } } }');
  await send('{ connections(first: 100) { nodes { id name credential { isSet hint } health { message } } } }');
  await get('/metrics', { authorization: `Bearer ${settings.metricsToken}` });
  await app.until(
    async () => found.some(({ where }) => where === 'sent to /hook'),
    (isSent) => isSent,
  );
  const { reader, tables } = app.app.base.db;
  for (const [name, table] of Object.entries(tables))
    keep(`table ${name}`, JSON.stringify(await reader.select().from(table)));
  for (const path of files(app.config.dataFolder)) keep(`file ${path}`, readFileSync(path, 'latin1'));
  await app[Symbol.asyncDispose]();
});
afterAll(() => new Promise((resolve) => receiver.close(resolve)));

it('every input that sounds like a secret is reviewed: as one that is entered below, or as none', () => {
  expect(inputsThatSoundSecret(app.app.schema)).toEqual([...SECRET_INPUTS, ...Object.keys(NOT_SECRET)].sort());
});

it('places of every kind were looked at', () => {
  const kinds = [
    'answer to',
    'log',
    'table',
    'file',
    'sent to /hook',
    'sent to /v1/traces',
    'GET /metrics',
    'close of',
  ];
  for (const kind of kinds) expect(found.filter(({ where }) => where.startsWith(kind)).length, kind).toBeGreaterThan(0);
  expect(found.some(({ where, text }) => where.startsWith('file') && text.includes('reportCreate'))).toBe(true);
  expect(shownOnce).toHaveLength(2);
});

it('a secret that is entered is found nowhere, in whatever form', () => {
  const forms = [CANARY, Buffer.from(CANARY).toString('hex'), Buffer.from(CANARY).toString('base64').slice(0, 22)];
  const leaks = found.filter(({ text }) => forms.some((form) => text.includes(form)));
  expect(
    leaks.map(({ where, text }) => `${where}: ${text.slice(Math.max(0, text.indexOf(CANARY) - 80)).slice(0, 200)}`),
  ).toEqual([]);
});

it('a secret that is made here is shown once, and found nowhere else', () => {
  for (const secret of shownOnce) {
    const leaks = found.filter(({ text }) => text.includes(secret) || text.includes(secret.split('_').at(-1)!));
    expect(leaks.map(({ where }) => where)).toEqual([]);
  }
});
