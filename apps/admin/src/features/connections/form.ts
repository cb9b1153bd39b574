import { graphql, type EnumOf, type ResultOf, type VariablesOf } from '@sluice/client/graphql';
import type { ToldField } from '../../ui/merge.js';
import type { ConnectionCreate, SavedSettings } from './data.js';
import { t } from './words.js';

export const PlatformFormFields = graphql(`
  fragment PlatformFormFields on Platform {
    key
    displayName
    oauthRedirectUrl
    form {
      name
      label
      help
      kind
      isRequired
      isSecret
      defaultValue
      options {
        value
        label
        unavailable
      }
      shownWhenField
      shownWhenValues
    }
  }
`);

export const PlatformsQuery = graphql(
  `
    query Platforms {
      platforms {
        ...PlatformFormFields
      }
    }
  `,
  [PlatformFormFields],
);

export type PlatformForm = ResultOf<typeof PlatformFormFields>;
export type PlatformKey = PlatformForm['key'];
export type FormField = PlatformForm['form'][number];
/** Text by field name; a toggle is `true` or `false`. */
export type FormValues = Record<string, string>;

export type ConnectionInput = VariablesOf<typeof ConnectionCreate>['input'];

const MEMBERS: Record<PlatformKey, string> = {
  NETWORK_FILE_SHARE: 'networkFileShare',
  OBJECT_STORAGE: 'objectStorage',
  PROCORE: 'procore',
};

const CREDENTIAL_MEMBERS: Record<EnumOf<'AuthenticationMethod'>, string | null> = {
  NONE: null,
  ACCESS_KEY: 'accessKey',
  AZURE_ACCOUNT_KEY: 'azureAccountKey',
  AZURE_SAS: 'azureSas',
  GCS_SERVICE_ACCOUNT: 'gcsServiceAccountKey',
  OAUTH_AUTHORIZATION_CODE: 'oauthClient',
  OAUTH_CLIENT_CREDENTIALS: 'oauthClient',
  USERNAME_PASSWORD: 'usernamePassword',
};

/** A select that names a one-of input chooses its member and is not sent itself. */
export function isChooser(field: FormField, form: readonly FormField[]): boolean {
  return (
    field.kind === 'SELECT' &&
    (field.name === 'credential' || form.some((other) => other.name.startsWith(`${field.name}.`)))
  );
}

/** Values to begin with: those saved, else the defaults; a required choice begins with its first option. */
export function initialValues(form: readonly FormField[], saved: FormValues = {}): FormValues {
  return Object.fromEntries(form.map((field) => [field.name, saved[field.name] ?? startOf(field, form)]));
}

function startOf(field: FormField, form: readonly FormField[]): string {
  if (field.defaultValue !== null) return field.defaultValue;
  if (field.kind === 'TOGGLE') return 'false';
  const isChoice = field.kind === 'SELECT' && (field.isRequired || isChooser(field, form));
  return isChoice ? (field.options[0]?.value ?? '') : '';
}

/** Whether a field is shown: what decides about it is shown and has one of its values, and its one-of member is chosen. */
export function isShown(field: FormField, form: readonly FormField[], values: FormValues): boolean {
  if (field.shownWhenField !== null) {
    const decider = form.find((other) => other.name === field.shownWhenField);
    if (decider && decider !== field && !isShown(decider, form, values)) return false;
    if (!field.shownWhenValues.includes(values[field.shownWhenField] ?? '')) return false;
  }
  const chooser = form.find((other) => field.name.startsWith(`${other.name}.`) && isChooser(other, form));
  if (!chooser) return true;
  const member = field.name.slice(chooser.name.length + 1).split('.')[0];
  return values[chooser.name] === member && isShown(chooser, form, values);
}

export function shownFields(form: readonly FormField[], values: FormValues): FormField[] {
  return form.filter((field) => isShown(field, form, values));
}

/**
 * What keeps the form from being sent, by field. With `keepsSecrets` a stored credential may stay: its fields are
 * demanded only once one of them is filled.
 */
export function checkForm(
  form: readonly FormField[],
  values: FormValues,
  keepsSecrets = false,
): Record<string, string> {
  const shown = shownFields(form, values);
  const givesCredential = shown.some((field) => field.name.startsWith('credential.') && textOf(field, values) !== '');
  const problems: Record<string, string> = {};
  for (const field of shown) {
    const text = textOf(field, values);
    const isStored = keepsSecrets && !givesCredential && field.name.startsWith('credential.');
    if (text === '') {
      if (field.isRequired && !isStored) problems[field.name] = t('needed', { field: field.label });
    } else if (field.kind === 'URL' && !isWebAddress(text)) {
      problems[field.name] = t('wholeAddress');
    } else if (field.kind === 'NUMBER' && !Number.isFinite(Number(text))) {
      problems[field.name] = t('enterNumber');
    }
  }
  return problems;
}

/** A secret counts as it is; around other text, space is left out. */
function textOf(field: FormField, values: FormValues): string {
  const text = values[field.name] ?? '';
  return field.isSecret ? text : text.trim();
}

function isWebAddress(text: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}

type Tree = { [key: string]: string | number | boolean | Tree };

/** The input that the filled form means. Hidden and empty fields are left out. */
export function buildInput(platform: PlatformForm, values: FormValues): ConnectionInput {
  const input: Tree = { settings: { [MEMBERS[platform.key]]: {} } };
  for (const field of shownFields(platform.form, values)) {
    const text = textOf(field, values);
    if (text === '' || isChooser(field, platform.form)) continue;
    place(input, field.name.split('.'), valueOf(field, text));
  }
  // The paths of the descriptor are those of this input; the server checks them again.
  return input as unknown as ConnectionInput;
}

function valueOf(field: FormField, text: string): string | number | boolean {
  if (field.kind === 'NUMBER') return Number(text);
  return field.kind === 'TOGGLE' ? text === 'true' : text;
}

function place(tree: Tree, path: readonly string[], value: string | number | boolean): void {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    tree[head] = value;
    return;
  }
  const next = tree[head];
  const inner: Tree = typeof next === 'object' ? next : {};
  tree[head] = inner;
  place(inner, rest, value);
}

/** Values of the form for a saved connection; secrets stay empty. */
export function savedValues(
  platform: PlatformForm,
  saved: { name: string; settings: SavedSettings; method: EnumOf<'AuthenticationMethod'> },
): FormValues {
  const member = MEMBERS[platform.key];
  const values: FormValues = { name: saved.name };
  for (const [key, value] of Object.entries(saved.settings)) {
    if (value !== null && key !== '__typename') values[`settings.${member}.${key}`] = String(value);
  }
  values[`settings.${member}.authenticationMethod`] = saved.method;
  const chooser = platform.form.find((field) => field.name === 'credential');
  const chosen = CREDENTIAL_MEMBERS[saved.method];
  const fallback = chooser?.options.find((option) => !Object.values(CREDENTIAL_MEMBERS).includes(option.value));
  values.credential = chooser?.options.some((option) => option.value === chosen)
    ? (chosen ?? '')
    : (fallback?.value ?? '');
  return values;
}

/**
 * Settings of an update. They replace the saved ones as a whole, so company and project, which can be chosen outside of
 * the form, go along unless the form shows them.
 */
export function updatedSettings(
  settings: ConnectionInput['settings'],
  saved: SavedSettings,
  shown: readonly FormField[],
): ConnectionInput['settings'] {
  if (!('procore' in settings)) return settings;
  const isOutside = (key: string) => !shown.some((field) => field.name === `settings.procore.${key}`);
  const kept = Object.fromEntries(
    ['companyId', 'projectId'].filter(isOutside).flatMap((key) => (saved[key] ? [[key, saved[key]]] : [])),
  );
  return { procore: { ...kept, ...settings.procore } };
}

/** The fields of a form in words, those that hold no secret. */
export const toldFields = (form: readonly FormField[]): ToldField<FormValues>[] =>
  form
    .filter((field) => !field.isSecret)
    .map((field) => ({ label: field.label, text: (values) => saidIn(field, form, values) }));

function saidIn(field: FormField, form: readonly FormField[], values: FormValues): string | boolean {
  const value = values[field.name] ?? '';
  if (!isShown(field, form, values)) return '';
  if (field.kind === 'TOGGLE') return value === 'true';
  return field.options.find((option) => option.value === value)?.label ?? value;
}

/** Settings as saved, with another company and project. */
export function settingsWithProject(
  saved: SavedSettings,
  method: string,
  choice: { companyId: string; projectId: string },
): ConnectionInput['settings'] {
  const keys = ['clientCredentials', 'loginUrl', 'apiUrl', 'forbiddenCharacters'];
  const kept = Object.fromEntries(keys.flatMap((key) => (saved[key] ? [[key, saved[key]]] : [])));
  return { procore: { ...kept, authenticationMethod: method, ...choice } } as ConnectionInput['settings'];
}

/** Whether a person has to sign in at the platform once the connection is saved. */
export function needsPlatformSignIn(input: ConnectionInput): boolean {
  if (!('procore' in input.settings)) return false;
  return (input.settings.procore.authenticationMethod ?? 'OAUTH_AUTHORIZATION_CODE') === 'OAUTH_AUTHORIZATION_CODE';
}
