import type { FormField } from '@sluice/core/platform';
import { DEFAULT_LOGIN_URL, FORBIDDEN_CHARACTERS } from './facts.js';

const CLIENT = 'settings.procore.clientCredentials';
const whenCustom = { field: CLIENT, values: ['CUSTOM'] };
const forServiceAccount = { field: 'settings.procore.authenticationMethod', values: ['OAUTH_CLIENT_CREDENTIALS'] };
const text = { kind: 'TEXT', isRequired: false, isSecret: false } as const;

/** The form of a Procore connection. */
export const procoreForm: readonly FormField[] = [
  { ...text, name: 'name', label: 'Display as', help: 'The name of the connection; “Procore” if left empty.' },
  {
    name: CLIENT,
    label: 'Client credentials',
    help: 'The app that asks Procore: the one that this installation has, or one of your own.',
    kind: 'SELECT',
    isRequired: true,
    isSecret: false,
    defaultValue: 'SYSTEM_DEFAULT',
    options: [
      { value: 'SYSTEM_DEFAULT', label: 'System default' },
      { value: 'CUSTOM', label: 'Custom' },
    ],
  },
  {
    name: 'settings.procore.authenticationMethod',
    label: 'Sign in as',
    kind: 'SELECT',
    isRequired: true,
    isSecret: false,
    defaultValue: 'OAUTH_AUTHORIZATION_CODE',
    options: [
      { value: 'OAUTH_AUTHORIZATION_CODE', label: 'A person, with “Sign in with Procore”' },
      { value: 'OAUTH_CLIENT_CREDENTIALS', label: 'A service account' },
    ],
  },
  {
    name: 'settings.procore.loginUrl',
    label: 'Domain',
    help: 'The address where Procore users sign in; any address of Procore from the browser will do.',
    kind: 'URL',
    isRequired: true,
    isSecret: false,
    defaultValue: DEFAULT_LOGIN_URL,
    shownWhen: whenCustom,
  },
  {
    name: 'settings.procore.apiUrl',
    label: 'API address',
    help: 'Only where it cannot be told from the domain.',
    kind: 'URL',
    isRequired: false,
    isSecret: false,
    shownWhen: whenCustom,
  },
  {
    ...text,
    name: 'credential.oauthClient.clientId',
    label: 'Client ID',
    help: 'Of the app in the Procore Developer Portal. Register the redirect address to the letter: Procore takes https, and http for localhost only. The app needs a component and a version before a company can install it; where “Install App” is missing there, ask Procore to allow custom apps.',
    isRequired: true,
    shownWhen: whenCustom,
  },
  {
    name: 'credential.oauthClient.clientSecret',
    label: 'Client secret',
    kind: 'SECRET',
    isRequired: true,
    isSecret: true,
    shownWhen: whenCustom,
  },
  {
    ...text,
    name: 'settings.procore.companyId',
    label: 'Company',
    help: 'Its identifier. A service account belongs to one company, and Procore lists nothing without it. The address of the project in the field below can fill it.',
    isRequired: true,
    shownWhen: forServiceAccount,
  },
  {
    ...text,
    name: 'settings.procore.projectId',
    label: 'Project',
    help: 'Its identifier, or the address that the browser shows in the project. Can also be chosen from a list later.',
    shownWhen: forServiceAccount,
  },
  {
    ...text,
    name: 'settings.procore.forbiddenCharacters',
    label: 'Characters refused in names',
    help: `Names with one of them are cleaned before they are written; ${FORBIDDEN_CHARACTERS.join(' ')} if left empty. Add the quotation mark where your Procore refuses it, or leave out what it takes.`,
  },
];
