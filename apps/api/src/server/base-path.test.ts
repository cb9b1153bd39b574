import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, openTestApp, type TestApp } from '../testing.js';
import { serveAdmin } from './admin.js';
import { belowBase } from './base-path.js';
import { openSocket } from './testing.js';

it.each([
  ['/sluice/graphql', '/graphql'],
  ['/sluice/graphql?query=x', '/graphql?query=x'],
  ['/sluice', '/'],
  ['/sluice/', '/'],
  ['/sluice?x=1', '/?x=1'],
  ['/graphql', '/graphql'],
  ['/sluice-other/graphql', '/sluice-other/graphql'],
  ['/', '/'],
])('the address %s is %s below /sluice', (url, expected) => {
  expect(belowBase(url, '/sluice')).toBe(expected);
  expect(belowBase(url, '')).toBe(url);
});

it('the entry page refers to its files below the path, from every page', async () => {
  const folder = `${mkdtempSync(join(tmpdir(), 'sluice-web-'))}/`;
  const html = '<meta name="sluice-base" content="./" /><script type="module" src="./assets/index.js"></script>';
  writeFileSync(join(folder, 'index.html'), html);
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'assets', 'index.js'), 'started()');
  const server = fastify({ rewriteUrl: ({ url }) => belowBase(url ?? '/', '/sluice') });
  await serveAdmin(server, '/sluice', folder);
  for (const url of ['/sluice', '/sluice/', '/sluice/connections/con_1', '/', '/connections/con_1', '/index.html']) {
    const reply = await server.inject({ url, headers: { accept: 'text/html' } });
    expect(reply.body, url).toBe(html.replaceAll('"./', '"/sluice/'));
    expect(reply.headers['cache-control'], url).toBe('no-cache');
  }
  expect((await server.inject('/sluice/assets/index.js')).body).toBe('started()');
  expect((await server.inject('/sluice/assets/index.js')).headers['cache-control']).toContain('immutable');
  await server.close();
  rmSync(folder, { recursive: true });
});

it.each([
  ['br, gzip', 'br', 'BR'],
  ['gzip', 'gzip', 'GZIP'],
  ['gzip;q=1, br;q=0', 'gzip', 'GZIP'],
  ['identity', undefined, 'as it is'],
  ['', undefined, 'as it is'],
])('a browser that takes “%s” gets the files of the web app as %s', async (accepted, encoding, body) => {
  const folder = `${mkdtempSync(join(tmpdir(), 'sluice-web-'))}/`;
  mkdirSync(join(folder, 'assets'));
  const files = { 'index.html': '', 'assets/a.js': 'as it is', 'assets/a.js.br': 'BR', 'assets/a.js.gz': 'GZIP' };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const server = fastify();
  await serveAdmin(server, '', folder);
  const reply = await server.inject({ url: '/assets/a.js', headers: { 'accept-encoding': accepted } });
  expect([reply.body, reply.headers['content-encoding']]).toEqual([body, encoding]);
  expect(reply.headers['content-type']).toContain('javascript');
  expect(reply.headers['vary']).toBe('accept-encoding');
  expect(reply.headers['cache-control']).toContain('immutable');
  expect((await server.inject('/assets/a.js.br')).body).not.toBe('BR');
  await server.close();
  rmSync(folder, { recursive: true });
});

describe.each([
  ['takes the path off', (url: string) => url.slice('/sluice'.length) || '/'],
  ['leaves the path on', (url: string) => url],
])('behind a proxy that %s', (_name, onward) => {
  let proxy: Server;
  let test: TestApp;
  let address: string;
  let upstream: URL;

  beforeAll(async () => {
    proxy = createServer((incoming, reply) => {
      if (!incoming.url?.startsWith('/sluice')) return void reply.writeHead(418).end();
      const options = {
        port: upstream.port,
        host: upstream.hostname,
        path: onward(incoming.url),
        method: incoming.method,
      };
      const passed = httpRequest({ ...options, headers: incoming.headers }, (response) => {
        reply.writeHead(response.statusCode ?? 0, response.headers);
        response.pipe(reply);
      });
      passed.on('error', () => reply.destroy());
      incoming.pipe(passed);
    });
    proxy.on('upgrade', (incoming: IncomingMessage, socket) => {
      const inner = connect(Number(upstream.port), upstream.hostname, () => {
        const headers = Object.entries(incoming.headers).map(([name, value]) => `${name}: ${String(value)}`);
        inner.write([`GET ${onward(incoming.url ?? '')} HTTP/1.1`, ...headers, '', ''].join('\r\n'));
        socket.pipe(inner).pipe(socket);
      });
      for (const end of [inner, socket]) end.on('error', () => inner.destroy());
    });
    proxy.listen(0, '127.0.0.1');
    await new Promise((resolve) => proxy.once('listening', resolve));
    address = `http://localhost:${(proxy.address() as AddressInfo).port}`;
    test = await openTestApp({ publicUrl: `${address}/sluice` });
    upstream = new URL(await test.app.listen());
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
    proxy.closeAllConnections();
    proxy.close();
  });

  const post = (query: string, headers: Record<string, string> = {}) =>
    fetch(`${address}/sluice/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: address, ...headers },
      body: JSON.stringify({ query }),
    });

  it('people sign in with a cookie for the path, and live pages open their socket', async () => {
    const mutation = `mutation { signIn(login: "${ADMIN.login}", password: "${ADMIN.password}") { userErrors { code } } }`;
    const cookie = (await post(mutation)).headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^sluice_session=\S+; Path=\/sluice; /);
    const [pair = ''] = cookie.split(';');
    expect(await (await post('{ viewer { actor { displayName } } }', { cookie: pair })).json()).toMatchObject({
      data: { viewer: { actor: { displayName: 'admin' } } },
    });
    const socket = await openSocket(`${address}/sluice`, pair);
    socket.close();
  });

  it('platforms send people back below the path', async () => {
    const { data } = await test.send<{ platforms: { oauthRedirectUrl: string | null }[] }>(
      '{ platforms { oauthRedirectUrl } }',
    );
    const redirect = data?.platforms[0]?.oauthRedirectUrl;
    expect(redirect).toBe(`${address}/sluice/oauth/callback`);
    const reply = await fetch(`${redirect}?code=x&state=unknown`);
    expect(reply.status).toBe(400);
    expect(await reply.text()).toContain('This sign-in cannot be completed');
  });

  it('health and unknown addresses answer as ever', async () => {
    expect((await fetch(`${address}/sluice/health/ready`)).status).toBe(200);
    expect((await fetch(`${address}/sluice/nothing`)).status).toBe(404);
  });

  it('a sign-in returns to pages below the path only', async () => {
    const create = `mutation { connectionCreate(input: { settings: { procore: { clientCredentials: CUSTOM } },
      credential: { oauthClient: { clientId: "c", clientSecret: "s" } } }) { connection { id } } }`;
    const made = await test.send<{ connectionCreate: { connection: { id: string } } }>(create);
    const start =
      'mutation ($id: ID!, $r: URL) { oauthFlowStart(connectionId: $id, returnTo: $r) { userErrors { field } } }';
    const begin = async (r: string) =>
      (await test.send(start, { id: made.data?.connectionCreate.connection.id, r })).data;
    expect(await begin(`${address}/sluice/connections`)).toEqual({ oauthFlowStart: { userErrors: [] } });
    for (const other of [`${address}/other`, `${address}/sluice-other`, `${address}/`]) {
      expect(await begin(other)).toEqual({ oauthFlowStart: { userErrors: [{ field: ['returnTo'] }] } });
    }
  });
});
