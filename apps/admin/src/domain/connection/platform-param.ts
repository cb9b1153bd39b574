import type { EnumOf } from '@sluice/client/graphql';

type PlatformKey = EnumOf<'PlatformKey'>;

const KEYS: Readonly<Record<PlatformKey, true>> = { PROCORE: true, NETWORK_FILE_SHARE: true, OBJECT_STORAGE: true };

/** The platform that a search parameter names; undefined for none and for what is no platform. */
export const platformParam = (value: unknown): PlatformKey | undefined =>
  typeof value === 'string' && Object.hasOwn(KEYS, value) ? (value as PlatformKey) : undefined;
