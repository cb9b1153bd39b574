import type { Capabilities, Capability, PlatformDescription } from '@sluice/core/platform';
import type { CapabilitySupport, Platform } from './types.js';

/** A platform as the schema shows it. */
export function platformView(description: PlatformDescription, redirectUrl: string): Platform {
  return {
    key: description.kind,
    displayName: description.displayName,
    form: description.form.map(({ shownWhen, ...field }) => ({
      ...field,
      help: field.help ?? null,
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
