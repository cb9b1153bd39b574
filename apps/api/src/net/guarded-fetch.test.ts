import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forbiddenReason } from './addresses.js';
import { NO_PROXIES } from './proxies.js';
import { createGuardedFetch, type ResolveName } from './guarded-fetch.js';

describe('addresses', () => {
  it.each([
    ['8.8.8.8', true, true],
    ['2606:4700::1111', true, true],
    ['127.0.0.1', false, true],
    ['::1', false, true],
    ['10.1.2.3', false, true],
    ['192.168.0.1', false, true],
    ['172.16.5.5', false, true],
    ['100.64.0.1', false, true],
    ['fd12::1', false, true],
    ['::ffff:127.0.0.1', false, true],
    ['::ffff:169.254.169.254', false, false],
    ['169.254.169.254', false, false],
    ['169.254.1.1', false, false],
    ['fe80::1', false, false],
    ['fe80::1%eth0', false, false],
    ['fd00:ec2::254', false, false],
    ['100.100.100.200', false, false],
    ['64:ff9b::a9fe:a9fe', false, false],
    ['2002:a9fe:a9fe::1', false, false],
    ['0.0.0.0', false, false],
    ['::', false, false],
    ['224.0.0.1', false, false],
    ['255.255.255.255', false, false],
    ['not an address', false, false],
  ])('%s: public %s, with private networks %s', (address, isAllowed, isAllowedPrivately) => {
    expect(forbiddenReason(address, { allowPrivate: false }) === null).toBe(isAllowed);
    expect(forbiddenReason(address, { allowPrivate: true }) === null).toBe(isAllowedPrivately);
  });
});

describe('the guarded fetch', () => {
  let server: Server;
  let port: number;
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/away') response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
      else response.end('hello');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => void server.close());

  const names =
    (address: string): ResolveName =>
    (_name, _options, done) =>
      done(null, [{ address, family: address.includes(':') ? 6 : 4 }]);

  it('reaches loopback only where the settings allow it', async () => {
    const open = createGuardedFetch({ allowPrivate: true, privateOrigins: [], proxies: NO_PROXIES });
    const reply = await open.fetch(`http://127.0.0.1:${port}/`);
    expect(await reply.text()).toBe('hello');
    const closed = createGuardedFetch({ allowPrivate: false, privateOrigins: [], proxies: NO_PROXIES });
    await expect(closed.fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('private network');
    await Promise.all([open.close(), closed.close()]);
  });

  it('reaches the one private origin that is named, by address or name, and no other port', async () => {
    const rules = {
      allowPrivate: false,
      privateOrigins: [`http://127.0.0.1:${port}`, `http://demo.example:${port}`],
      proxies: NO_PROXIES,
    };
    const guarded = createGuardedFetch(rules, names('127.0.0.1'));
    for (const origin of rules.privateOrigins) expect((await guarded.fetch(`${origin}/x`)).status).toBe(200);
    const others = [`http://127.0.0.1:${port + 1}/`, `http://127.0.0.2:${port}/`, `http://other.example:${port}/`];
    for (const other of others) await expect(guarded.fetch(other)).rejects.toThrow('private network');
    await guarded.close();
  });

  it.each(['169.254.169.254', '127.0.0.1', 'fe80::1'])('refuses a name that stands for %s', async (address) => {
    const guarded = createGuardedFetch(
      { allowPrivate: false, privateOrigins: [], proxies: NO_PROXIES },
      names(address),
    );
    await expect(guarded.fetch(`http://platform.example:${port}/`)).rejects.toMatchObject({
      kind: 'UNREACHABLE',
      retry: 'never',
    });
    await guarded.close();
  });

  it('looks names up for the very connection, so that a name cannot change after the check', async () => {
    const asked: string[] = [];
    const guarded = createGuardedFetch(
      { allowPrivate: true, privateOrigins: [], proxies: NO_PROXIES },
      (name, options, done) => {
        asked.push(name);
        names('127.0.0.1')(name, options, done);
      },
    );
    expect((await guarded.fetch(`http://platform.example:${port}/`)).status).toBe(200);
    expect(asked).toEqual(['platform.example']);
    await guarded.close();
  });

  it('gives redirects back instead of following them', async () => {
    const guarded = createGuardedFetch({ allowPrivate: true, privateOrigins: [], proxies: NO_PROXIES });
    const reply = await guarded.fetch(`http://127.0.0.1:${port}/away`);
    expect([reply.status, reply.headers.get('location')]).toEqual([302, 'http://169.254.169.254/']);
    await expect(guarded.fetch('http://169.254.169.254/latest')).rejects.toThrow('metadata');
    await guarded.close();
  });

  it('refuses other schemes', async () => {
    const guarded = createGuardedFetch({ allowPrivate: true, privateOrigins: [], proxies: NO_PROXIES });
    await expect(guarded.fetch('file:///etc/passwd')).rejects.toThrow('http');
    await guarded.close();
  });
});
