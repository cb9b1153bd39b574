import type { Capabilities, Capability, PlatformDescription } from '@sluice/core/platform';
import { redirectProblem } from '@sluice/procore';
import type { CapabilitySupport, FormField, Platform } from './platform.types.js';

export interface InstallationFacts {
  redirectUrl: string;
  /** What the form says about the folder of a share, beyond what the connector says. */
  shareHelp: string;
  /** Where people sign in to its own client at Procore; null without one. */
  ownClientAt: string | null;
}

const FOLDER_FIELD = 'settings.networkFileShare.location';
const CLIENT_FIELD = 'credential.oauthClient.clientId';

const CREDENTIALS_FIELD = 'settings.procore.clientCredentials';
const OWN_CLIENT = 'SYSTEM_DEFAULT';
const NO_OWN_CLIENT =
  'This installation has no Procore client of its own; its operator gives it one by PROCORE_CLIENT_ID and PROCORE_CLIENT_SECRET.';

/** A platform as the schema shows it. */
export function platformView(
  description: PlatformDescription,
  { redirectUrl, shareHelp, ownClientAt }: InstallationFacts,
): Platform {
  const more: Record<string, string | null> = {
    [FOLDER_FIELD]: shareHelp,
    [CLIENT_FIELD]: redirectProblem(redirectUrl),
    [CREDENTIALS_FIELD]: ownClientAt && `With the system default you sign in at ${ownClientAt}.`,
  };
  return {
    key: description.kind,
    displayName: description.displayName,
    form: description.form.map(({ shownWhen, ...field }) => ({
      ...field,
      help: [field.help, more[field.name]].filter(Boolean).join(' ') || null,
      ...choicesOf(field, ownClientAt !== null),
      shownWhenField: shownWhen?.field ?? null,
      shownWhenValues: shownWhen?.values ?? [],
    })),
    oauthRedirectUrl: description.kind === 'PROCORE' ? redirectUrl : null,
    capabilities: capabilitiesView(description.capabilities),
    limits: description.limits,
  };
}

/** The choices of a field; one that cannot be chosen here says why, and is not what the form begins with. */
function choicesOf(
  { options = [], defaultValue: begin }: Pick<PlatformDescription['form'][number], 'options' | 'defaultValue'>,
  hasOwnClient: boolean,
): Pick<FormField, 'options' | 'defaultValue'> {
  const shown = options.map((option) => ({
    ...option,
    unavailable: option.value === OWN_CLIENT && !hasOwnClient ? NO_OWN_CLIENT : null,
  }));
  const defaultValue = begin ?? null;
  const isDefaultThere = shown.find(({ value }) => value === defaultValue)?.unavailable == null;
  const first = shown.find(({ unavailable }) => unavailable === null);
  return { options: shown, defaultValue: isDefaultThere ? defaultValue : (first?.value ?? null) };
}

export function capabilitiesView(capabilities: Capabilities): CapabilitySupport[] {
  return Object.entries(capabilities).map(([capability, { level, note }]) => ({
    capability: capability as Capability,
    level,
    note: note ?? null,
  }));
}
