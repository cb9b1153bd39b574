import type { EnumOf, VariablesOf } from '@sluice/client/graphql';
import { platformParam } from '../../../domain/connection/platform-param.js';
import { isOffered, type OfferedType } from '../../../domain/job/transfer-types.js';
import { textParam } from '../../../routing/search.js';
import type { JobsQuery } from './list-data.js';

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

const only = <Value>(value: Value | undefined): [Value] | null => (value === undefined ? null : [value]);

/** The condition for the request. */
export const filterOf = ({ search, type, platform, state, label }: Asked): VariablesOf<typeof JobsQuery>['filter'] => ({
  nameContains: search ?? null,
  transferTypes: only(type),
  platforms: only(platform),
  states: only(state),
  labels: only(label),
});

export const isNarrowed = (asked: Asked): boolean => Object.values(asked).some((value) => value !== undefined);
