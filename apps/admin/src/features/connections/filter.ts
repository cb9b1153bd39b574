import type { EnumOf } from '@sluice/client/graphql';
import { CONNECTION_STATUSES } from '../../domain/connection/connection-tags.js';
import type { Filter } from './list-data.js';
import type { PlatformKey } from './form.js';

/** Filters of the list as its address keeps them. */
export interface Asked {
  search?: string | undefined;
  platform?: string | undefined;
  status?: string | undefined;
}

/** The filter for the request; a status that nobody knows is none, a platform that nobody knows is left to the server. */
export const filterOf = ({ search, platform, status }: Asked): Filter => ({
  nameContains: search?.trim() || null,
  platforms: platform === undefined ? null : [platform as PlatformKey],
  statuses: isStatus(status) ? [status] : null,
});

export const isFiltered = (asked: Asked): boolean => Object.values(asked).some((value) => value !== undefined);

const isStatus = (status: string | undefined): status is EnumOf<'ConnectionStatus'> =>
  CONNECTION_STATUSES.some((one) => one === status);
