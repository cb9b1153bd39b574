import type { Capabilities, Capability, PlatformDescription } from '@sluice/core/platform';
import { redirectProblem } from '@sluice/procore';
import type { CapabilitySupport, Platform } from './platform.types.js';

export interface InstallationFacts {
  redirectUrl: string;
  /** What the form says about the folder of a share, beyond what the connector says. */
  shareHelp: string;
}

const FOLDER_FIELD = 'settings.networkFileShare.location';
const CLIENT_FIELD = 'credential.oauthClient.clientId';

/** A platform as the schema shows it. */
export function platformView(
  description: PlatformDescription,
  { redirectUrl, shareHelp }: InstallationFacts,
): Platform {
  const more: Record<string, string | null> = {
    [FOLDER_FIELD]: shareHelp,
    [CLIENT_FIELD]: redirectProblem(redirectUrl),
  };
  return {
    key: description.kind,
    displayName: description.displayName,
    form: description.form.map(({ shownWhen, ...field }) => ({
      ...field,
      help: [field.help, more[field.name]].filter(Boolean).join(' ') || null,
      defaultValue: field.defaultValue ?? null,
      options: field.options ?? [],
      shownWhenField: shownWhen?.field ?? null,
      shownWhenValues: shownWhen?.values ?? [],
    })),
    oauthRedirectUrl: description.kind === 'PROCORE' ? redirectUrl : null,
    capabilities: capabilitiesView(description.capabilities),
    limits: description.limits,
  };
}

export function capabilitiesView(capabilities: Capabilities): CapabilitySupport[] {
  return Object.entries(capabilities).map(([capability, { level, note }]) => ({
    capability: capability as Capability,
    level,
    note: note ?? null,
  }));
}
