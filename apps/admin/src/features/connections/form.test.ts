import { beforeAll, describe, expect, it } from 'vitest';
import {
  buildInput,
  checkForm,
  initialValues,
  needsPlatformSignIn,
  savedValues,
  settingsWithProject,
  shownFields,
  updatedSettings,
  type FormField,
  type PlatformForm,
} from './form.js';
import { t } from './words.js';

beforeAll(() => t.load());

const field = (name: string, more: Partial<FormField> = {}): FormField => ({
  name,
  label: name.split('.').at(-1) ?? name,
  help: null,
  kind: 'TEXT',
  isRequired: false,
  isSecret: false,
  defaultValue: null,
  options: [],
  shownWhenField: null,
  shownWhenValues: [],
  ...more,
});

const choice = (...values: string[]) => ({
  kind: 'SELECT' as const,
  options: values.map((value) => ({ value, label: value, unavailable: null })),
});
const when = (shownWhenField: string, ...shownWhenValues: string[]) => ({ shownWhenField, shownWhenValues });

const CLIENT = 'settings.procore.clientCredentials';
const METHOD = 'settings.procore.authenticationMethod';

const procore: PlatformForm = {
  key: 'PROCORE',
  displayName: 'Procore',
  oauthRedirectUrl: null,
  form: [
    field('name'),
    field(CLIENT, { ...choice('SYSTEM_DEFAULT', 'CUSTOM'), defaultValue: 'SYSTEM_DEFAULT', isRequired: true }),
    field(METHOD, {
      ...choice('OAUTH_AUTHORIZATION_CODE', 'OAUTH_CLIENT_CREDENTIALS'),
      defaultValue: 'OAUTH_AUTHORIZATION_CODE',
      isRequired: true,
      ...when(CLIENT, 'CUSTOM'),
    }),
    field('settings.procore.loginUrl', { kind: 'URL', isRequired: true, ...when(CLIENT, 'CUSTOM') }),
    field('credential.oauthClient.clientId', { isRequired: true, ...when(CLIENT, 'CUSTOM') }),
    field('credential.oauthClient.clientSecret', {
      kind: 'SECRET',
      isRequired: true,
      isSecret: true,
      ...when(CLIENT, 'CUSTOM'),
    }),
    field('settings.procore.companyId', { isRequired: true, ...when(METHOD, 'OAUTH_CLIENT_CREDENTIALS') }),
  ],
};

const share: PlatformForm = {
  key: 'NETWORK_FILE_SHARE',
  displayName: 'File share',
  oauthRedirectUrl: null,
  form: [
    field('name'),
    field('settings.networkFileShare.location', { kind: 'PATH', isRequired: true }),
    field('credential', choice('none', 'usernamePassword')),
    field('credential.usernamePassword.username', { isRequired: true }),
    field('credential.usernamePassword.password', { kind: 'SECRET', isRequired: true, isSecret: true }),
  ],
};

const names = (fields: FormField[]) => fields.map((one) => one.name);

describe('what is shown', () => {
  it('hides a field whose decider is hidden itself', () => {
    const values = { ...initialValues(procore.form), [METHOD]: 'OAUTH_CLIENT_CREDENTIALS' };
    expect(names(shownFields(procore.form, values))).toEqual(['name', CLIENT]);
    expect(names(shownFields(procore.form, { ...values, [CLIENT]: 'CUSTOM' }))).toHaveLength(7);
  });

  it('shows the fields of the chosen one-of member only', () => {
    expect(names(shownFields(share.form, initialValues(share.form)))).not.toContain(
      'credential.usernamePassword.username',
    );
    const chosen = { ...initialValues(share.form), credential: 'usernamePassword' };
    expect(names(shownFields(share.form, chosen))).toContain('credential.usernamePassword.username');
  });
});

describe('the input', () => {
  it('leaves out what is empty or hidden, and the chooser itself', () => {
    const values = { ...initialValues(share.form), name: '  ', 'settings.networkFileShare.location': ' /srv/plans ' };
    expect(buildInput(share, values)).toEqual({ settings: { networkFileShare: { location: '/srv/plans' } } });
  });

  it('builds the chosen member and keeps a secret as typed', () => {
    const values = {
      ...initialValues(share.form),
      'settings.networkFileShare.location': '/srv',
      credential: 'usernamePassword',
      'credential.usernamePassword.username': 'sam',
      'credential.usernamePassword.password': ' pass word ',
    };
    expect(buildInput(share, values)).toEqual({
      settings: { networkFileShare: { location: '/srv' } },
      credential: { usernamePassword: { username: 'sam', password: ' pass word ' } },
    });
  });

  it('has the platform in its settings even when every field is empty', () => {
    const bare: PlatformForm = { ...procore, form: [field('name')] };
    expect(buildInput(bare, {})).toEqual({ settings: { procore: {} } });
  });

  it('sends numbers and toggles as such', () => {
    const form = [
      field('settings.objectStorage.usePathStyle', { kind: 'TOGGLE' }),
      field('settings.objectStorage.port', { kind: 'NUMBER' }),
    ];
    const platform: PlatformForm = { ...share, key: 'OBJECT_STORAGE', form };
    const values = { ...initialValues(form), 'settings.objectStorage.port': '90' };
    expect(buildInput(platform, values)).toEqual({ settings: { objectStorage: { usePathStyle: false, port: 90 } } });
  });

  it('tells a sign-in at the platform from a service account', () => {
    const values = initialValues(procore.form);
    expect(needsPlatformSignIn(buildInput(procore, values))).toBe(true);
    const service = { ...values, [CLIENT]: 'CUSTOM', [METHOD]: 'OAUTH_CLIENT_CREDENTIALS' };
    expect(needsPlatformSignIn(buildInput(procore, service))).toBe(false);
    expect(needsPlatformSignIn(buildInput(share, initialValues(share.form)))).toBe(false);
  });
});

describe('checking', () => {
  it('demands what is required while shown, and whole addresses', () => {
    expect(checkForm(procore.form, initialValues(procore.form))).toEqual({});
    const custom = {
      ...initialValues(procore.form),
      [CLIENT]: 'CUSTOM',
      'settings.procore.loginUrl': 'login.procore.com',
    };
    expect(Object.keys(checkForm(procore.form, custom))).toEqual([
      'settings.procore.loginUrl',
      'credential.oauthClient.clientId',
      'credential.oauthClient.clientSecret',
    ]);
  });

  it('lets a stored credential stay, but not half of a new one', () => {
    const custom = {
      ...initialValues(procore.form),
      [CLIENT]: 'CUSTOM',
      'settings.procore.loginUrl': 'https://login.procore.com',
    };
    expect(checkForm(procore.form, custom, true)).toEqual({});
    const half = { ...custom, 'credential.oauthClient.clientId': 'abc' };
    expect(checkForm(procore.form, half, true)).toEqual({
      'credential.oauthClient.clientSecret': 'clientSecret is needed.',
    });
  });
});

describe('a saved connection', () => {
  const settings = {
    __typename: 'ProcoreSettings',
    clientCredentials: 'CUSTOM',
    loginUrl: 'https://login.procore.com',
    apiUrl: null,
    companyId: '7',
    projectId: '9',
  };

  it('fills the form without secrets', () => {
    const values = initialValues(
      procore.form,
      savedValues(procore, { name: 'Tower', settings, method: 'OAUTH_AUTHORIZATION_CODE' }),
    );
    expect(values).toMatchObject({ name: 'Tower', [CLIENT]: 'CUSTOM', 'credential.oauthClient.clientSecret': '' });
  });

  it('chooses the member of its credential, or the option for none', () => {
    const at = (method: 'USERNAME_PASSWORD' | 'NONE') =>
      savedValues(share, { name: 'S', settings: { __typename: 'NetworkFileShareSettings' }, method }).credential;
    expect([at('USERNAME_PASSWORD'), at('NONE')]).toEqual(['usernamePassword', 'none']);
  });

  it('keeps company and project in an update, which replaces the settings, unless the form shows them', () => {
    const values = initialValues(procore.form);
    const { settings: changed } = buildInput(procore, values);
    const kept = { procore: { clientCredentials: 'SYSTEM_DEFAULT', companyId: '7', projectId: '9' } };
    expect(updatedSettings(changed, settings, shownFields(procore.form, values))).toEqual(kept);
    expect(updatedSettings(changed, settings, procore.form)).toEqual({
      procore: { clientCredentials: 'SYSTEM_DEFAULT', projectId: '9' },
    });
  });

  it('sends all settings again with a new project', () => {
    expect(settingsWithProject(settings, 'OAUTH_AUTHORIZATION_CODE', { companyId: '1', projectId: '2' })).toEqual({
      procore: {
        clientCredentials: 'CUSTOM',
        loginUrl: 'https://login.procore.com',
        authenticationMethod: 'OAUTH_AUTHORIZATION_CODE',
        companyId: '1',
        projectId: '2',
      },
    });
    const refused = { ...settings, forbiddenCharacters: '?"' };
    const again = settingsWithProject(refused, 'OAUTH_AUTHORIZATION_CODE', { companyId: '1', projectId: '2' });
    expect(again).toMatchObject({ procore: { forbiddenCharacters: '?"' } });
  });
});
