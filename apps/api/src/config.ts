import { delimiter, isAbsolute, resolve } from 'node:path';
import { DEFAULT_LOGIN_URL, originsOf } from '@sluice/procore';
import { z } from 'zod';
import { isCommonPassword } from './access/common-passwords.js';
import type { ProxySettings } from './net/proxies.js';
import { limitVariables, readLimits, type ServerLimits } from './limits.js';
import { readTrustedProxies, type TrustedProxies } from './net/client-address.js';
import { StartError } from './start/start-error.js';
import { tracingOf, tracingVariables, type TracingSettings } from './tracing/settings.js';

/** Settings of one process, checked once at start. */
export interface Config {
  port: number;
  host: string;
  /** Absolute path of the data folder. */
  dataFolder: string;
  /** Null: SQLite in the data folder. */
  databaseUrl: string | null;
  /** Null: made once and kept in the data folder. */
  secretKey: string | null;
  adminUser: string;
  /** Null: made and printed at each start until somebody has signed in. */
  adminPassword: string | null;
  isDemo: boolean;
  role: 'all' | 'api' | 'worker';
  /** By how much the worker process that `all` starts gives way to other processes, 0 to 19 as in `nice`. */
  workerNiceness: number;
  /** This installation's own client at Procore, the system default of connections. */
  procoreClient: OwnClient | null;
  /** Origins beside Procore's own that may be given this client. */
  procoreClientOrigins: string[];
  /** What browsers and OAuth redirects use, without trailing slash; its path is where the server is found. */
  publicUrl: string;
  /** Where platforms can send to, without trailing slash: the public address where it is given and has https; null: nowhere. */
  deliveryUrl: string | null;
  allowPrivateHosts: boolean;
  /** Absolute folders below which shares may lie; null: a signed-in administrator decides. */
  shareRoots: string[] | null;
  /** What the demo needs beyond the settings; null without it. */
  demo: DemoGrants | null;
  /** Proxies on the way to platforms, from HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
  proxies: ProxySettings;
  /** Proxies whose `X-Forwarded-For` is believed; null: none. */
  trustedProxies: TrustedProxies | null;
  /** Absolute path of documents that may be named by their hash, besides those of the web app; null: no others. */
  documentsFile: string | null;
  /** Whether only these documents are carried out, but for tokens with API_FREE. */
  takesKnownOnly: boolean;
  /** What Prometheus sends to read `/metrics`; null: nothing is measured. */
  metricsToken: string | null;
  /** Null: no traces. */
  tracing: TracingSettings | null;
  limits: ServerLimits;
}

export interface OwnClient {
  id: string;
  secret: string;
  /** Where people sign in to it, for connections that name no other address. */
  loginUrl: string;
}

export interface DemoGrants {
  /** Absolute path of the demo's files, the only share below the data folder. */
  siteFolder: string;
  /** Origins of the demo's Procore sandbox, which may lie on loopback although other platforms may not. */
  procoreOrigins: string[];
  /** The sandbox's client for people, the system default where the operator gives none. */
  procoreClient: OwnClient;
}

/** A setting is wrong; the message names the variable and says what is right, in one sentence. */
export class ConfigError extends StartError {
  override readonly name = 'ConfigError';
}

const flag = z.enum(['0', '1'], 'must be 0 or 1').optional();
const MAX_SHARE_ROOTS = 100;
const SHARE_ROOTS_FORM = `must be absolute folders separated by "${delimiter}", at most ${MAX_SHARE_ROOTS}, such as /srv/plans${delimiter}/mnt/office`;
const shareRoots = z
  .string()
  .transform((text) => text.split(delimiter).filter((folder) => folder !== ''))
  .refine(
    (folders) => folders.length <= MAX_SHARE_ROOTS && folders.every((folder) => isAbsolute(folder)),
    SHARE_ROOTS_FORM,
  )
  .optional();
const PROXY_FORM = 'must be the address of an HTTP proxy, such as http://proxy.example.com:3128';
const proxyAddress = z
  .string()
  .transform((text) => (text.includes('://') ? text : `http://${text}`))
  .refine((text) => isWebAddress(text), PROXY_FORM)
  .optional();
const MAX_EXCEPTIONS = 500;
const proxyExceptions = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((entry) => entry !== ''))
  .refine((entries) => entries.length <= MAX_EXCEPTIONS, `must have at most ${MAX_EXCEPTIONS} hosts`)
  .optional();
const MAX_CLIENT_HOSTS = 20;
const CLIENT_HOSTS_FORM = `must be addresses separated by commas, at most ${MAX_CLIENT_HOSTS}, such as https://login.example.com,https://api.example.com`;
const clientHosts = z
  .string()
  .transform((text) => text.split(',').map((address) => address.trim()))
  .refine((addresses) => addresses.length <= MAX_CLIENT_HOSTS && addresses.every(isWebAddress), CLIENT_HOSTS_FORM)
  .transform((addresses) => addresses.map((address) => new URL(address).origin))
  .optional();
const CLIENT_DOMAIN_FORM = 'must be the address where people sign in at Procore, such as https://login.procore.com';
const clientDomain = z
  .string()
  .refine((text) => isWebAddress(text) && /^https?:\/\/[^/?#@]+\/?$/.test(text), CLIENT_DOMAIN_FORM)
  .optional();
const PUBLIC_URL_FORM =
  'must be an address such as https://sluice.example.com or https://example.com/sluice, without user, query and fragment';
const publicAddress = z
  .url({ protocol: /^https?$/, error: PUBLIC_URL_FORM })
  .refine((text) => /^https?:\/\/[^/?#@]+[\w/.~-]*$/.test(text), PUBLIC_URL_FORM);

const NICENESS_FORM = 'must be a whole number from 0 to 19';

const trustedProxies = z
  .string()
  .transform((text) => readTrustedProxies(text))
  .refine((read) => read !== null, {
    message: 'must be the number of proxies, such as 1, or their addresses or ranges, separated by commas',
  })
  .optional();

const environment = z
  .object({
    PORT: z.coerce
      .number('must be a port number from 0 to 65535')
      .int('must be a port number from 0 to 65535')
      .min(0, 'must be a port number from 0 to 65535')
      .max(65535, 'must be a port number from 0 to 65535')
      .default(4000),
    HOST: z.string().default('127.0.0.1'),
    SLUICE_DATA: z.string().default('data'),
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://, or be absent to use SQLite in the data folder')
      .optional(),
    SLUICE_SECRET_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
    SLUICE_ADMIN_USER: z.string().max(200, 'must have at most 200 characters').default('admin'),
    SLUICE_ADMIN_PASSWORD: z
      .string()
      .min(12, 'must have 12 to 200 characters')
      .max(200, 'must have 12 to 200 characters')
      .refine((password) => !isCommonPassword(password), 'must not be among the first that others would guess')
      .optional(),
    SLUICE_DEMO: flag,
    SLUICE_ROLE: z.enum(['all', 'api', 'worker'], 'must be all, api or worker').default('all'),
    SLUICE_WORKER_NICENESS: z.coerce
      .number(NICENESS_FORM)
      .int(NICENESS_FORM)
      .min(0, NICENESS_FORM)
      .max(19, NICENESS_FORM)
      .default(10),
    PROCORE_CLIENT_ID: z.string().optional(),
    PROCORE_CLIENT_SECRET: z.string().optional(),
    PROCORE_CLIENT_DOMAIN: clientDomain,
    PROCORE_CLIENT_HOSTS: clientHosts,
    SLUICE_PUBLIC_URL: publicAddress.optional(),
    SLUICE_ALLOW_PRIVATE_HOSTS: flag,
    SLUICE_SHARE_ROOTS: shareRoots,
    HTTPS_PROXY: proxyAddress,
    HTTP_PROXY: proxyAddress,
    NO_PROXY: proxyExceptions,
    SLUICE_TRUST_PROXY: trustedProxies,
    SLUICE_API_DOCUMENTS: z.string().optional(),
    SLUICE_API_KNOWN_ONLY: flag,
    SLUICE_METRICS_TOKEN: z
      .string()
      .regex(/^[\x21-\x7e]{16,200}$/, 'must have 16 to 200 characters of ASCII, without spaces')
      .optional(),
    ...tracingVariables,
    ...limitVariables,
  })
  .refine((env) => Boolean(env.PROCORE_CLIENT_ID) === Boolean(env.PROCORE_CLIENT_SECRET), {
    path: ['PROCORE_CLIENT_SECRET'],
    message: 'and PROCORE_CLIENT_ID belong together: give both or neither',
  })
  .refine((env) => env.PROCORE_CLIENT_DOMAIN === undefined || env.PROCORE_CLIENT_ID !== undefined, {
    path: ['PROCORE_CLIENT_DOMAIN'],
    message: 'is where people sign in to the client PROCORE_CLIENT_ID: give both or leave it out',
  })
  .refine((env) => env.OTEL_EXPORTER_OTLP_HEADERS === undefined || env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined, {
    path: ['OTEL_EXPORTER_OTLP_HEADERS'],
    message: 'are for the collector of OTEL_EXPORTER_OTLP_ENDPOINT: give both or leave them out',
  });

/** Every variable that is read. */
export const SETTING_NAMES: readonly string[] = Object.keys(environment.shape);

/** A variable of a proxy may be written in lower case, which goes before upper case as in other programs. */
function withUpperCase(env: Record<string, string | undefined>): Record<string, string | undefined> {
  const proxies = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'].map((name) => [name, env[name.toLowerCase()] || env[name]]);
  return { ...env, ...(Object.fromEntries(proxies) as Record<string, string | undefined>) };
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Reads the settings. Empty variables count as absent. Throws `ConfigError` with one sentence per mistake. */
export function readConfig(env: Record<string, string | undefined>, folder = process.cwd()): Config {
  const given = Object.fromEntries(
    Object.entries(withUpperCase(env)).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`).join('\n'));
  }
  const values = parsed.data;
  return {
    port: values.PORT,
    host: values.HOST,
    dataFolder: isAbsolute(values.SLUICE_DATA) ? values.SLUICE_DATA : resolve(folder, values.SLUICE_DATA),
    databaseUrl: values.DATABASE_URL ?? null,
    secretKey: values.SLUICE_SECRET_KEY ?? null,
    adminUser: values.SLUICE_ADMIN_USER,
    adminPassword: values.SLUICE_ADMIN_PASSWORD ?? null,
    isDemo: values.SLUICE_DEMO === '1',
    role: values.SLUICE_ROLE,
    workerNiceness: values.SLUICE_WORKER_NICENESS,
    ...ownClient(values),
    publicUrl: (values.SLUICE_PUBLIC_URL ?? localAddress(values.HOST, values.PORT)).replace(/\/+$/, ''),
    deliveryUrl: deliverable(values.SLUICE_PUBLIC_URL),
    allowPrivateHosts: values.SLUICE_ALLOW_PRIVATE_HOSTS === '1',
    shareRoots: values.SLUICE_SHARE_ROOTS ?? null,
    demo: null,
    proxies: { https: values.HTTPS_PROXY ?? null, http: values.HTTP_PROXY ?? null, except: values.NO_PROXY ?? [] },
    trustedProxies: values.SLUICE_TRUST_PROXY ?? null,
    documentsFile: values.SLUICE_API_DOCUMENTS === undefined ? null : resolve(folder, values.SLUICE_API_DOCUMENTS),
    takesKnownOnly: values.SLUICE_API_KNOWN_ONLY === '1',
    metricsToken: values.SLUICE_METRICS_TOKEN ?? null,
    tracing: tracingOf(values),
    limits: readLimits(values),
  };
}

/** The settings of a demo, whose sandbox reaches the server on this machine and has a client to sign in to. */
export function withDemo(config: Config, demo: DemoGrants | null): Config {
  if (demo === null) return config;
  const own = config.procoreClient === null ? allowedAt(demo.procoreClient, config.procoreClientOrigins) : {};
  return { ...config, ...own, demo, deliveryUrl: config.deliveryUrl ?? config.publicUrl };
}

function ownClient(values: z.infer<typeof environment>): Pick<Config, 'procoreClient' | 'procoreClientOrigins'> {
  const { PROCORE_CLIENT_ID: id, PROCORE_CLIENT_SECRET: secret, PROCORE_CLIENT_DOMAIN: domain } = values;
  const origins = values.PROCORE_CLIENT_HOSTS ?? [];
  if (id === undefined || secret === undefined) return { procoreClient: null, procoreClientOrigins: origins };
  const client = { id, secret, loginUrl: domain ?? DEFAULT_LOGIN_URL };
  return domain === undefined ? { procoreClient: client, procoreClientOrigins: origins } : allowedAt(client, origins);
}

/** A client that may be given to the hosts of its own sign-in and of the API that belongs to it, beside others. */
function allowedAt(client: OwnClient, origins: readonly string[]) {
  const own = originsOf({ loginUrl: client.loginUrl, apiUrl: null });
  return { procoreClient: client, procoreClientOrigins: [...new Set([...origins, ...own])] };
}

const deliverable = (publicUrl: string | undefined): string | null =>
  publicUrl?.startsWith('https://') ? publicUrl.replace(/\/+$/, '') : null;

function localAddress(host: string, port: number): string {
  const isEverywhere = host === '0.0.0.0' || host === '::' || host === '127.0.0.1';
  const name = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
