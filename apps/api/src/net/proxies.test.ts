import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ProxiedError, wayOf } from '@sluice/core/http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGuardedFetch, type ResolveName } from './guarded-fetch.js';
import { proxyFor, type ProxySettings } from './proxies.js';

describe('the proxy of a target', () => {
  const settings = (except: string[]): ProxySettings => ({ https: 'http://secure:1', http: 'http://plain:2', except });

  it('is named by HTTPS_PROXY or HTTP_PROXY', () => {
    expect(proxyFor(new URL('https://api.procore.com/x'), settings([]))).toEqual({
      address: 'http://secure:1',
      setting: 'HTTPS_PROXY',
    });
    expect(proxyFor(new URL('http://api.procore.com'), settings([]))?.setting).toBe('HTTP_PROXY');
    expect(proxyFor(new URL('http://api.procore.com'), { ...settings([]), http: null })).toBeNull();
  });

  it.each(['http://localhost:4001', 'http://127.0.0.1:4001', 'http://[::1]:4001', 'http://x.localhost'])(
    'is none for this machine: %s',
    (address) => {
      expect(proxyFor(new URL(address), settings([]))).toBeNull();
    },
  );

  it.each([
    ['*', 'https://api.procore.com', true],
    ['procore.com', 'https://api.procore.com', true],
    ['.procore.com', 'https://api.procore.com', true],
    ['*.procore.com', 'https://api.procore.com', true],
    ['API.procore.com', 'https://api.PROCORE.com', true],
    ['core.com', 'https://api.procore.com', false],
    ['api.procore.com.evil', 'https://api.procore.com', false],
    ['api.procore.com:443', 'https://api.procore.com', true],
    ['api.procore.com:8443', 'https://api.procore.com', false],
    ['10.1.2.3', 'http://10.1.2.3', true],
    ['10.0.0.0/8', 'http://10.1.2.3:8080', true],
    ['10.0.0.0/8', 'http://11.1.2.3', false],
    ['10.0.0.0/8', 'http://api.procore.com', false],
    ['fd00::/8', 'http://[fd00::7]', true],
    ['[fd00::7]:80', 'http://[fd00::7]', true],
    ['', 'https://api.procore.com', false],
  ])('is none by NO_PROXY=%s for %s: %s', (entry, address, isDirect) => {
    expect(proxyFor(new URL(address), settings([entry])) === null).toBe(isDirect);
  });
});

describe('requests through a proxy', () => {
  let target: Server;
  let proxy: Server;
  let asked: string[];
  let answer: number | null;
  let proxies: ProxySettings;
  const portOf = (server: Server) => (server.address() as AddressInfo).port;

  beforeAll(async () => {
    target = createServer((incoming, reply) => reply.end(`${incoming.headers.host} ${incoming.url}`));
    proxy = createServer((incoming, reply) => {
      asked.push(`${incoming.method} ${incoming.url} ${incoming.headers['proxy-authorization'] ?? ''}`.trim());
      if (answer !== null) return void reply.writeHead(answer).end();
      const { pathname } = new URL(incoming.url ?? '');
      const { host } = incoming.headers;
      const onward = { host: '127.0.0.1', port: portOf(target), path: pathname, headers: { host } };
      httpRequest(onward, (response) => response.pipe(reply))
        .on('error', () => reply.destroy())
        .end();
    });
    proxy.on('connect', (incoming, socket) => {
      asked.push(`CONNECT ${incoming.url}`);
      socket.on('error', () => undefined);
      socket.end(`HTTP/1.1 ${answer ?? 502} no\r\n\r\n`);
    });
    for (const server of [target, proxy]) {
      server.listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
    }
    const address = `http://user:canary@127.0.0.1:${portOf(proxy)}`;
    proxies = { https: address, http: address, except: ['direct.example'] };
  });
  beforeEach(() => {
    asked = [];
    answer = null;
  });
  afterAll(() => [target, proxy].forEach((server) => server.closeAllConnections() ?? server.close()));

  const names: ResolveName = (name, _options, done) => {
    const known: Record<string, string> = {
      'platform.example': '8.8.8.8',
      'inner.example': '10.0.0.9',
      'direct.example': '127.0.0.1',
    };
    const address = known[name];
    if (address === undefined) done(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), []);
    else done(null, [{ address, family: 4 }]);
  };
  const guardedBy = (allowPrivate: boolean) => createGuardedFetch({ allowPrivate, privateOrigins: [], proxies }, names);

  it('go to the proxy, although it lies on a private address, with its credentials', async () => {
    const guarded = guardedBy(false);
    const reply = await guarded.fetch('http://platform.example/rest/v1.0/me');
    expect(await reply.text()).toBe('platform.example /rest/v1.0/me');
    expect(asked).toEqual([`GET http://platform.example/rest/v1.0/me Basic ${btoa('user:canary')}`]);
    await guarded.close();
  });

  it('by https ask for a tunnel to the name', async () => {
    const guarded = guardedBy(false);
    await expect(guarded.fetch('https://platform.example/')).rejects.toThrow(ProxiedError);
    expect(asked).toEqual(['CONNECT platform.example:443']);
    await guarded.close();
  });

  it('go around it for NO_PROXY, and are guarded there as ever', async () => {
    const [open, closed] = [guardedBy(true), guardedBy(false)];
    const address = `http://direct.example:${portOf(target)}/x`;
    expect((await open.fetch(address)).status).toBe(200);
    await expect(closed.fetch(address)).rejects.toThrow('private network');
    expect(asked).toEqual([]);
    await Promise.all([open.close(), closed.close()]);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'https://10.0.0.9/',
    'http://[fe80::1]/',
    'http://inner.example/',
    'https://inner.example/',
    'http://metadata.google.internal/',
    'http://router/',
    'file:///etc/passwd',
  ])('do not get around the guard: %s', async (address) => {
    const guarded = guardedBy(false);
    await expect(guarded.fetch(address)).rejects.toMatchObject({ kind: 'UNREACHABLE', retry: 'never' });
    expect(asked).toEqual([]);
    await guarded.close();
  });

  it('reach a name that only the proxy can look up', async () => {
    const guarded = guardedBy(false);
    expect((await guarded.fetch('http://unknown-here.example/')).status).toBe(200);
    await guarded.close();
  });

  it.each([
    ['https://platform.example/', 407],
    ['https://platform.example/', 403],
    ['http://platform.example/', 407],
  ])('to %s that the proxy answers with %i say so, without its password', async (address, status) => {
    answer = status;
    const guarded = guardedBy(false);
    const error: unknown = await guarded.fetch(address).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(ProxiedError);
    expect(wayOf(error)).toContain(`through the proxy 127.0.0.1:${portOf(proxy)}`);
    expect(wayOf(error)).toContain(`answered ${status}`);
    expect(`${String(error)} ${wayOf(error)}`).not.toContain('canary');
    await guarded.close();
  });
});
