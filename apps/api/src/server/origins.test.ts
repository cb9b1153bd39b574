import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOwnOrigin } from './origins.js';

let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());

const isOwn = (origin: string | undefined, host: string) =>
  isOwnOrigin(origin, { publicUrl: 'https://sluice.example.com/transfers', host, port: 0 }, server);

describe('a page of this origin may use the cookie', () => {
  it.each([undefined, 'https://sluice.example.com'])('%s: always', (origin) => {
    expect(isOwn(origin, '10.0.0.7')).toBe(true);
  });

  it('when it is a name of loopback and the server listens there', () => {
    for (const name of ['localhost', '127.0.0.1', '[::1]']) {
      expect(isOwn(`http://${name}:${port}`, '127.0.0.1'), name).toBe(true);
      expect(isOwn(`http://${name}:${port}`, '0.0.0.0'), name).toBe(true);
      expect(isOwn(`http://${name}:${port}`, '10.0.0.7'), name).toBe(false);
    }
  });

  it('when it is an address of this machine and the server listens on all', () => {
    const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    const [first] = addresses.filter(({ family }) => family === 'IPv4');
    for (const host of [first?.address, hostname()]) {
      expect(isOwn(`http://${host}:${port}`, '0.0.0.0')).toBe(true);
    }
    expect(isOwn(`http://10.0.0.7:${port}`, '10.0.0.7')).toBe(true);
  });

  it.each([
    'http://rebound.example',
    'http://sluice.example.com',
    'https://sluice.example.com:8443',
    'https://evil.sluice.example.com',
    'null',
    'nonsense',
  ])('%s: never', (origin) => {
    expect(isOwn(origin, '0.0.0.0')).toBe(false);
  });

  it('on another port or by another scheme: never', () => {
    expect(isOwn(`http://localhost:${port + 1}`, '127.0.0.1')).toBe(false);
    expect(isOwn(`https://localhost:${port}`, '127.0.0.1')).toBe(false);
    expect(isOwn(`http://rebound.example:${port}`, '127.0.0.1')).toBe(false);
  });
});
