import { fileshareDescription } from '@sluice/fileshare';
import { procoreDescription } from '@sluice/procore';
import type { PlatformDescription, PlatformKind } from '@sluice/core/platform';

/** Platforms that can be connected, in the order in which they are offered. */
export const CATALOG: readonly PlatformDescription[] = [procoreDescription, fileshareDescription];

/** Throws for a platform that no connection can have. */
export function describePlatformKind(kind: PlatformKind): PlatformDescription {
  const description = CATALOG.find((candidate) => candidate.kind === kind);
  if (description === undefined) throw new Error(`No connector serves ${kind}.`);
  return description;
}
