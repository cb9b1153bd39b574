import { describe, expect, test } from 'vitest';
import { baseUrl, below, deriveApiUrl, TokenHosts } from './hosts.js';

describe('deriveApiUrl', () => {
  test.each([
    ['https://login.procore.com', 'https://api.procore.com'],
    ['https://login.procore.com/', 'https://api.procore.com'],
    ['login.procore.com', 'https://api.procore.com'],
    ['https://login-sandbox.procore.com', 'https://sandbox.procore.com'],
    ['https://login-sandbox-monthly.procore.com', 'https://api-monthly.procore.com'],
    ['https://login.procoregov.com', 'https://api.procoregov.com'],
    ['https://login.build.example', 'https://api.build.example'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
    ['http://localhost:4010/procore/', 'http://localhost:4010/procore'],
  ])('%s → %s', (loginUrl, apiUrl) => {
    expect(deriveApiUrl(loginUrl)).toBe(apiUrl);
  });

  test.each(['ftp://login.procore.com', 'https://user:secret@login.procore.com', 'http://'])(
    'refuses %s',
    (address) => {
      expect(() => deriveApiUrl(address)).toThrow('cannot be used');
    },
  );
});

test('a base address keeps its own path in front', () => {
  expect(below(baseUrl('http://127.0.0.1:4010/procore/'), '/rest/v1.0/me').href).toBe(
    'http://127.0.0.1:4010/procore/rest/v1.0/me',
  );
});

describe('TokenHosts', () => {
  const may = (api: string, login: string, url: string, from: string | null = null, links: string[] = []) => {
    const hosts = new TokenHosts(new URL(api), new URL(login));
    for (const link of links) hosts.trustLink(link);
    return hosts.mayCarryToken(new URL(url), from === null ? null : new URL(from));
  };
  const procore = (url: string, from: string | null = null, links: string[] = []) =>
    may('https://api.procore.com', 'https://login.procore.com', url, from, links);

  test.each([
    'https://us02.procore.com/fas/x',
    'https://storage.procore.com/v4/d',
    'https://procore.com/x',
    'https://PROCORE.com./x',
  ])('gives the token to %s', (url) => expect(procore(url)).toBe(true));

  test.each([
    'https://s3.amazonaws.com/pro-core.com/x',
    'https://procore.com.evil.example/x',
    'https://notprocore.com/x',
    'https://procoregov.com/x',
    'http://us02.procore.com/fas/x',
    'https://127.0.0.1/x',
  ])('keeps the token from %s', (url) => {
    expect(procore(url, null, [url])).toBe(false);
  });

  test('knows the domain of each environment', () => {
    expect(may('https://sandbox.procore.com', 'https://login-sandbox.procore.com', 'https://app.procore.com/f')).toBe(
      true,
    );
    expect(may('https://api.procoregov.com', 'https://login.procoregov.com', 'https://app.procoregov.com/f')).toBe(
      true,
    );
    expect(may('https://api.procoregov.com', 'https://login.procoregov.com', 'https://app.procore.com/f')).toBe(false);
    expect(may('https://api.build.co.uk', 'https://login.build.co.uk', 'https://other.co.uk/f')).toBe(false);
    expect(may('https://api.build.co.uk', 'https://login.build.co.uk', 'https://files.build.co.uk/f')).toBe(true);
  });

  test('takes an address without domain origin by origin', () => {
    const local = (url: string, links: string[] = [], from: string | null = null) =>
      may('http://127.0.0.1:1', 'http://127.0.0.1:2', url, from, links);
    expect(local('http://127.0.0.1:1/x')).toBe(true);
    expect(local('http://127.0.0.1:2/x')).toBe(true);
    expect(local('http://127.0.0.1:3/x')).toBe(false);
    expect(local('http://127.0.0.1:3/x', ['http://127.0.0.1:3/fas/y'])).toBe(true);
    expect(local('http://localhost:1/x')).toBe(false);
    expect(local('http://127.0.0.1:1/x', [], 'https://127.0.0.1:9/')).toBe(false);
  });
});
