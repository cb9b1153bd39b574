import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, SETTING_NAMES, withDemo } from './config.js';

it('has defaults for everything', () => {
  expect(readConfig({}, '/srv')).toMatchObject({
    port: 4000,
    host: '127.0.0.1',
    dataFolder: '/srv/data',
    databaseUrl: null,
    role: 'all',
    isDemo: false,
    procoreClient: null,
    procoreClientOrigins: [],
    publicUrl: 'http://localhost:4000',
    allowPrivateHosts: false,
    shareRoots: null,
    proxies: { https: null, http: null, except: [] },
  });
});

it('takes empty variables for absent ones', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '', SLUICE_ROLE: '' })).toMatchObject({
    port: 4000,
    databaseUrl: null,
    role: 'all',
  });
});

it('reads what is given', () => {
  const env = { HOST: '::1', PORT: '80', SLUICE_DEMO: '1', PROCORE_CLIENT_ID: 'i', PROCORE_CLIENT_SECRET: 's' };
  expect(readConfig(env)).toMatchObject({
    publicUrl: 'http://[::1]:80',
    isDemo: true,
    procoreClient: { id: 'i', secret: 's', loginUrl: 'https://login.procore.com' },
    procoreClientOrigins: [],
  });
  expect(readConfig({ SLUICE_SHARE_ROOTS: '/srv/plans:/mnt/office:' }).shareRoots).toEqual([
    '/srv/plans',
    '/mnt/office',
  ]);
  const proxies = {
    HTTPS_PROXY: 'proxy:3128',
    http_proxy: 'http://u:p@low',
    HTTP_PROXY: 'http://up',
    NO_PROXY: 'a, .b',
  };
  expect(readConfig(proxies).proxies).toEqual({
    https: 'http://proxy:3128',
    http: 'http://u:p@low',
    except: ['a', '.b'],
  });
  const hosts = 'https://a.example/login, http://b.example:8080';
  expect(readConfig({ PROCORE_CLIENT_HOSTS: hosts }).procoreClientOrigins).toEqual([
    'https://a.example',
    'http://b.example:8080',
  ]);
  const collector = {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://o.example/otlp/',
    OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%20b=, tenant=plans',
    SLUICE_TRACE_SHARE: '0.1',
  };
  expect(readConfig(collector).tracing).toEqual({
    url: 'https://o.example/otlp/v1/traces',
    headers: { 'api-key': 'a b=', tenant: 'plans' },
    share: 0.1,
  });
  expect(readConfig({ SLUICE_PUBLIC_URL: 'https://a.example/' }).publicUrl).toBe('https://a.example');
});

const OWN = { PROCORE_CLIENT_ID: 'i', PROCORE_CLIENT_SECRET: 's' };

it('lets the own client of another environment go there', () => {
  const env = { ...OWN, PROCORE_CLIENT_DOMAIN: 'https://login-sandbox.procore.com', PROCORE_CLIENT_HOSTS: 'http://b' };
  expect(readConfig(env)).toMatchObject({
    procoreClient: { id: 'i', secret: 's', loginUrl: 'https://login-sandbox.procore.com' },
    procoreClientOrigins: ['http://b', 'https://login-sandbox.procore.com', 'https://sandbox.procore.com'],
  });
});

describe('a demo', () => {
  const client = { id: 'sandbox', secret: 'sandbox', loginUrl: 'http://127.0.0.1:4001' };
  const demo = { siteFolder: '/demo', procoreOrigins: ['http://127.0.0.1:4001'], procoreClient: client };

  it('gives its client to an installation that has none, for its own Procore only', () => {
    expect(withDemo(readConfig({}), demo)).toMatchObject({
      procoreClient: client,
      procoreClientOrigins: ['http://127.0.0.1:4001'],
    });
    expect(withDemo(readConfig({}), null)).toMatchObject({ procoreClient: null, procoreClientOrigins: [] });
  });

  it('leaves the operator’s client as it is, and sends it nowhere else', () => {
    expect(withDemo(readConfig(OWN), demo)).toMatchObject({
      procoreClient: { id: 'i' },
      procoreClientOrigins: [],
    });
  });
});

it.each([
  [{ PORT: 'http' }, /^PORT must be a port number/],
  [{ PORT: '70000' }, /^PORT must be a port number/],
  [{ DATABASE_URL: 'mysql://x' }, /^DATABASE_URL must begin with postgres/],
  [{ SLUICE_SECRET_KEY: 'short' }, /^SLUICE_SECRET_KEY must have at least 32/],
  [{ SLUICE_ADMIN_PASSWORD: 'short' }, /^SLUICE_ADMIN_PASSWORD must have 12/],
  [{ SLUICE_ADMIN_PASSWORD: 'password1234' }, /^SLUICE_ADMIN_PASSWORD must not be among the first that others/],
  [{ SLUICE_WORKER_NICENESS: '-1' }, /^SLUICE_WORKER_NICENESS must be a whole number from 0 to 19/],
  [{ SLUICE_WORKER_NICENESS: '20' }, /^SLUICE_WORKER_NICENESS must be a whole number from 0 to 19/],
  [{ SLUICE_WORKER_NICENESS: '2.5' }, /^SLUICE_WORKER_NICENESS must be a whole number from 0 to 19/],
  [{ SLUICE_WORKER_NICENESS: 'low' }, /^SLUICE_WORKER_NICENESS must be a whole number from 0 to 19/],
  [{ SLUICE_ROLE: 'boss' }, /^SLUICE_ROLE must be all, api or worker/],
  [{ SLUICE_SHARE_ROOTS: '/srv/plans:plans' }, /^SLUICE_SHARE_ROOTS must be absolute folders separated by ":"/],
  [{ SLUICE_SHARE_ROOTS: Array(101).fill('/a').join(':') }, /^SLUICE_SHARE_ROOTS must be .* at most 100/],
  [{ PROCORE_CLIENT_HOSTS: 'procore.example.com' }, /^PROCORE_CLIENT_HOSTS must be addresses separated by commas/],
  [{ HTTPS_PROXY: 'socks5://proxy:1080' }, /^HTTPS_PROXY must be the address of an HTTP proxy/],
  [{ NO_PROXY: 'a,'.repeat(501) }, /^NO_PROXY must have at most 500 hosts/],
  [{ SLUICE_DEMO: 'yes' }, /^SLUICE_DEMO must be 0 or 1/],
  [{ SLUICE_TRUST_PROXY: 'everyone' }, /^SLUICE_TRUST_PROXY must be the number of proxies/],
  [{ SLUICE_METRICS_TOKEN: 'short' }, /^SLUICE_METRICS_TOKEN must have 16 to 200 characters/],
  [
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318' },
    /^OTEL_EXPORTER_OTLP_ENDPOINT must be the address of a collector/,
  ],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://u:p@a.example' }, /^OTEL_EXPORTER_OTLP_ENDPOINT must be .* without user/],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'just text' }, /^OTEL_EXPORTER_OTLP_HEADERS must be headers such as/],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'key=%zz' }, /^OTEL_EXPORTER_OTLP_HEADERS must be headers such as/],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'a=b' }, /^OTEL_EXPORTER_OTLP_HEADERS are for the collector of OTEL_EXPORTER_OTLP_EN/],
  [{ SLUICE_TRACE_SHARE: '2' }, /^SLUICE_TRACE_SHARE must be a number from 0 to 1/],
  [{ SLUICE_MAX_COST: '5' }, /^SLUICE_MAX_COST must be a whole number from 100 to 100000/],
  [{ SLUICE_BODY_SECONDS: '1.5' }, /^SLUICE_BODY_SECONDS must be a whole number of seconds from 1 to 3600/],
  [{ SLUICE_SESSION_DAYS: 'long' }, /^SLUICE_SESSION_DAYS must be a whole number of days/],
  [{ SLUICE_PUBLIC_URL: 'here' }, /^SLUICE_PUBLIC_URL must be an address/],
  [{ SLUICE_PUBLIC_URL: 'https://a.example/b;c' }, /^SLUICE_PUBLIC_URL must be an address .* without user/],
  [{ SLUICE_PUBLIC_URL: 'https://a.example/?b' }, /^SLUICE_PUBLIC_URL must be an address/],
  [{ SLUICE_PUBLIC_URL: 'https://u:p@a.example' }, /^SLUICE_PUBLIC_URL must be an address/],
  [
    { PROCORE_CLIENT_DOMAIN: 'https://u:p@a.example' },
    /^PROCORE_CLIENT_DOMAIN must be the address where people sign in/,
  ],
  [{ PROCORE_CLIENT_DOMAIN: 'https://a.example' }, /^PROCORE_CLIENT_DOMAIN is where people sign in to the client/],
  [{ PROCORE_CLIENT_ID: 'i' }, /^PROCORE_CLIENT_SECRET and PROCORE_CLIENT_ID belong together/],
])('explains %o', (env, message) => {
  expect(() => readConfig(env)).toThrow(ConfigError);
  expect(() => readConfig(env)).toThrow(message);
});

it.each([
  'SLUICE_SECRET_KEY',
  'SLUICE_METRICS_TOKEN',
  'SLUICE_ADMIN_PASSWORD',
  'DATABASE_URL',
  'HTTPS_PROXY',
  'OTEL_EXPORTER_OTLP_HEADERS',
])('never repeats what %s is set to in its complaint', (name) => {
  expect(() => readConfig({ [name]: 'a canary:' })).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('canary') as string }),
  );
});

it('is described in the Settings of the README: every variable, and nothing else', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const settings = /^## Settings$([^]*?)^## /m.exec(readme)?.[1] ?? '';
  const firstCells = [...settings.matchAll(/^\| ([^|]*`[^|]*) \|/gm)].map((row) => row[1] ?? '');
  const described = firstCells.flatMap((cell) => cell.split(', ').map((name) => name.replaceAll('`', '')));
  expect(described.sort()).toEqual([...SETTING_NAMES].sort());
});
