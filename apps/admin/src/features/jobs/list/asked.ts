import type { EnumOf } from '@sluice/client/graphql';
import { platformParam } from '../../../domain/connection/platform-param.js';
import { isOffered, type OfferedType } from '../../../domain/job/transfer-types.js';
import { textParam } from '../../../routing/search.js';

type JobState = EnumOf<'JobState'>;

export const STATES = ['READY', 'DRAFT', 'SUSPENDED', 'STOPPED'] as const satisfies readonly JobState[];

/** Which jobs are shown, as it stands in the address of the page. */
export interface Asked {
  search?: string;
  type?: OfferedType;
  platform?: ReturnType<typeof platformParam>;
  state?: JobState;
  label?: string;
}

/** What the address asks for; what it cannot mean is left out. */
export function askedOf(search: Record<string, unknown>): Asked {
  const type = textParam(search.type);
  return {
    search: textParam(search.search),
    type: type !== undefined && isOffered(type) ? type : undefined,
    platform: platformParam(search.platform),
    state: STATES.find((state) => state === search.state),
    label: textParam(search.label),
  };
}

export const isNarrowed = (asked: Asked): boolean => Object.values(asked).some((value) => value !== undefined);
