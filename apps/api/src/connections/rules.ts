import { isAbsolute } from 'node:path';
import { isIP } from 'node:net';
import { apiUrlOf, DEFAULT_LOGIN_URL, loginUrlOf, readProjectAddress } from '@sluice/procore';
import type {
  FileShareSettings,
  ProcoreConnectionSettings,
  StoredMethod,
  StoredSettings,
} from '../db/tables/connections.js';
import type { Config } from '../config.js';
import { forbiddenReason, hostRulesOf, rulesFor } from '../net/addresses.js';
import type { Problems } from '../problems.js';
import { checkText, tidy } from '../text.js';
import { CATALOG } from './catalog.js';
import { strangeHosts } from './own-client.js';
import { OWN_CLIENT_IS_FOR_PROCORE } from './status.js';
import type {
  ConnectionSettingsInput,
  CredentialInput,
  NetworkFileShareSettingsInput,
  ProcoreSettingsInput,
} from './connection.inputs.js';

/** An OAuth client as it is sealed in the store. */
export interface StoredClient {
  id: string;
  secret: string;
}

export interface Wanted {
  settings: StoredSettings;
  method: StoredMethod;
}

/** What the operator's settings say about hosts. */
export type HostSettings = Pick<Config, 'allowPrivateHosts' | 'demo' | 'procoreClient' | 'procoreClientOrigins'>;

const ID_FORM =
  'An identifier of Procore has only digits. The address of the project, as the browser shows it, is understood as well.';
const MAX_PATH_CHARACTERS = 4_096;
const SETTINGS = ['input', 'settings'];
/** Signs that may be refused in names: none that clean names are made with, such as letters, digits, `_`, `%` and brackets. */
const FORBIDDABLE = /^[!"#$&'*+,/:;<=>?@[\\\]^`{|}~]+$/;
const FORBIDDABLE_FORM =
  'Give the characters that Procore refuses in names, one after the other, such as ?<>:|\\*/" – signs only, and not _ % . - ( ).';

/** Reads settings and adds everything that is wrong with them; null when nothing can be stored. */
export function readSettings(input: ConnectionSettingsInput, problems: Problems, rules: HostSettings): Wanted | null {
  if (input.networkFileShare) return { settings: readShare(input.networkFileShare, problems), method: 'NONE' };
  if (input.procore) return readProcore(input.procore, problems, rules);
  const offered = CATALOG.map((platform) => platform.displayName).join(', ');
  problems.add(
    'CAPABILITY_MISSING',
    [...SETTINGS, 'objectStorage'],
    `Cloud storage cannot be connected by this version; it offers ${offered}.`,
  );
  return null;
}

function readShare(input: NetworkFileShareSettingsInput, problems: Problems): FileShareSettings {
  const { location, domain, durability, manifest } = input;
  const path = [...SETTINGS, 'networkFileShare', 'location'];
  checkText(problems, location, path, { max: MAX_PATH_CHARACTERS, isRequired: true });
  if (tidy(domain) !== null) {
    problems.add(
      'CAPABILITY_MISSING',
      [...SETTINGS, 'networkFileShare', 'domain'],
      'A folder is read with the account that runs the server; leave the domain out.',
    );
  }
  if (/^(\\\\|smb:)/i.test(location)) {
    problems.add(
      'CAPABILITY_MISSING',
      path,
      'Mount the share on the server and give the folder where it is mounted, such as /mnt/plans.',
    );
  } else if (location.trim() !== '' && !isAbsolute(location)) {
    problems.add('INVALID', path, 'Give an absolute path, such as /srv/plans.');
  }
  return { kind: 'NETWORK_FILE_SHARE', location, domain: null, durability, manifest };
}

function readProcore(input: ProcoreSettingsInput, problems: Problems, rules: HostSettings): Wanted {
  const at = (field: string) => [...SETTINGS, 'procore', field];
  const { authenticationMethod: method, clientCredentials } = input;
  if (method !== 'OAUTH_AUTHORIZATION_CODE' && method !== 'OAUTH_CLIENT_CREDENTIALS') {
    problems.add(
      'INVALID',
      at('authenticationMethod'),
      'Procore knows OAUTH_AUTHORIZATION_CODE and OAUTH_CLIENT_CREDENTIALS.',
    );
  }
  const ownDomain = clientCredentials === 'SYSTEM_DEFAULT' ? rules.procoreClient?.loginUrl : undefined;
  const loginUrl = ofEnvironment(tidy(input.loginUrl) ?? ownDomain ?? DEFAULT_LOGIN_URL, loginUrlOf);
  const given = tidy(input.apiUrl);
  const apiUrl = given && ofEnvironment(given, (text) => apiUrlOf({ loginUrl, apiUrl: text }).origin);
  checkAddress(problems, loginUrl, at('loginUrl'), rules);
  if (apiUrl !== null) checkAddress(problems, apiUrl, at('apiUrl'), rules);
  const { companyId, projectId } = readPlace(input);
  for (const [field, id] of Object.entries({ companyId, projectId })) {
    if (id !== null && !/^\d{1,20}$/.test(id)) problems.add('INVALID', at(field), ID_FORM);
  }
  if (projectId !== null && companyId === null)
    problems.add('REQUIRED', at('companyId'), 'Choose the company of the project.');
  const unknown = { companyName: null, projectName: null, signedInAs: null };
  const settings: ProcoreConnectionSettings = {
    kind: 'PROCORE',
    clientCredentials,
    loginUrl,
    apiUrl,
    companyId,
    projectId,
    ...unknown,
    forbiddenCharacters: readForbidden(input, problems),
  };
  for (const field of strangeHosts(settings, rules.procoreClientOrigins)) {
    problems.add('INVALID', at(field), OWN_CLIENT_IS_FOR_PROCORE);
  }
  return { settings, method: method === 'OAUTH_CLIENT_CREDENTIALS' ? method : 'OAUTH_AUTHORIZATION_CODE' };
}

/** Each character once; null for those that the connector knows of. */
function readForbidden({ forbiddenCharacters }: ProcoreSettingsInput, problems: Problems): string | null {
  const text = tidy(forbiddenCharacters)?.replace(/\s/g, '') ?? null;
  if (text === null) return null;
  if (!FORBIDDABLE.test(text))
    problems.add('INVALID', [...SETTINGS, 'procore', 'forbiddenCharacters'], FORBIDDABLE_FORM);
  return [...new Set(text)].join('');
}

/** Company and project, each by its identifier, or both by the address of the project that a browser shows. */
function readPlace(input: ProcoreSettingsInput): { companyId: string | null; projectId: string | null } {
  const [companyId, projectId] = [tidy(input.companyId), tidy(input.projectId)];
  const pasted = readProjectAddress(projectId ?? '') ?? readProjectAddress(companyId ?? '');
  if (pasted === null) return { companyId, projectId };
  const isId = (text: string | null) => text !== null && readProjectAddress(text) === null;
  return {
    companyId: isId(companyId) ? companyId : pasted.companyId,
    projectId: isId(projectId) ? projectId : pasted.projectId,
  };
}

/** An address of Procore from the browser becomes that of its environment; any other stays as it is, to be checked. */
function ofEnvironment(text: string, read: (text: string) => string): string {
  const { protocol, hostname, username, password } = new URL(text);
  const isPlain = protocol === 'https:' && username === '' && password === '';
  const isProcore = isPlain && /(^|\.)procore(gov)?\.com$/.test(hostname);
  return isProcore ? read(text) : text;
}

/** Adds what is wrong with an address by its text alone; what its name resolves to is checked whenever it is connected to. */
function checkAddress(problems: Problems, address: string, path: string[], rules: HostSettings): void {
  const url = new URL(address);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    problems.add('INVALID', path, 'Give the plain address, such as https://login.procore.com.');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const literal = host === 'localhost' ? '127.0.0.1' : host;
  const reason = isIP(literal) === 0 ? null : forbiddenReason(literal, rulesFor(url.origin, hostRulesOf(rules)));
  if (reason !== null) problems.add('INVALID', path, `This address ${reason}.`);
}

/** Reads a credential, adding what is wrong; it has to fit the settings. */
export function readCredential(
  input: CredentialInput,
  settings: StoredSettings,
  problems: Problems,
): StoredClient | null {
  const [member = ''] = Object.keys(input);
  const path = ['input', 'credential', member];
  if (settings.kind === 'NETWORK_FILE_SHARE') {
    problems.add(
      'CAPABILITY_MISSING',
      path,
      'A folder is read with the account that runs the server; leave the credential out.',
    );
    return null;
  }
  if (!input.oauthClient) {
    problems.add('INVALID', path, 'A Procore connection takes the credential oauthClient.');
    return null;
  }
  if (settings.clientCredentials === 'SYSTEM_DEFAULT') {
    problems.add('INVALID', path, 'Set clientCredentials to CUSTOM to use a client of your own.');
    return null;
  }
  const { clientId, clientSecret } = input.oauthClient;
  checkText(problems, clientId, [...path, 'clientId'], { max: 500, isRequired: true });
  checkText(problems, clientSecret, [...path, 'clientSecret'], { max: 2_000, isRequired: true });
  return { id: clientId.trim(), secret: clientSecret.trim() };
}
