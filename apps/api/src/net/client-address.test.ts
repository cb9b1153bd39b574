import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddress, networkOf, readTrustedProxies } from './client-address.js';

const request = (forwarded: string) =>
  ({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress: '10.0.0.1' } }) as unknown as IncomingMessage;

describe('the address of a client', () => {
  it.each([
    [null, '10.0.0.1'],
    ['1', '203.0.113.9'],
    ['2', '198.51.100.7'],
    ['10.0.0.0/8', '203.0.113.9'],
    ['10.0.0.1, 203.0.113.9', '198.51.100.7'],
    ['192.168.0.0/16', '10.0.0.1'],
  ])('with SLUICE_TRUST_PROXY=%s is %s', (setting, address) => {
    const trusted = setting === null ? null : readTrustedProxies(setting);
    expect(clientAddress(request('198.51.100.7, 203.0.113.9'), trusted)).toBe(address);
  });

  it.each(['everyone', '99', '10.0.0.0/99', '-1', ','])('the setting %s is refused', (setting) => {
    expect(readTrustedProxies(setting)).toBeNull();
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3::4', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['local', 'local'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
