import { useQuery } from '@apollo/client/react';
import { graphql } from '@sluice/client/graphql';
import type { JSX } from 'react';
import {
  useFirstConnections,
  useKnownConnections,
  type ConnectionChoice,
} from '../../../domain/connection/connection-choices.js';
import { Failure } from '../../../domain/failure.js';
import { Loading } from '../../../ui/states.js';
import { PolicyFields } from '../data.js';
import type { JobValues, PolicyDefaults } from '../job-input.js';
import { t } from './words.js';

const BasisQuery = graphql(
  `
    query JobForm {
      COPY: jobPolicyDefaults(transferType: COPY) {
        ...PolicyFields
      }
      MIGRATE: jobPolicyDefaults(transferType: MIGRATE) {
        ...PolicyFields
      }
      MOVE: jobPolicyDefaults(transferType: MOVE) {
        ...PolicyFields
      }
      PUBLISH: jobPolicyDefaults(transferType: PUBLISH) {
        ...PolicyFields
      }
      SCAN: jobPolicyDefaults(transferType: SCAN) {
        ...PolicyFields
      }
      STRUCTURE: jobPolicyDefaults(transferType: STRUCTURE) {
        ...PolicyFields
      }
      SYNC: jobPolicyDefaults(transferType: SYNC) {
        ...PolicyFields
      }
    }
  `,
  [PolicyFields],
);

export interface Basis {
  defaults: PolicyDefaults;
  /** The first ones by name, and those that the job has. */
  connections: ConnectionChoice[];
}

/** What every step may need; null while it is not there, with what to show instead. */
export function useBasis(): { basis: Basis | null; instead: JSX.Element } {
  const { data, error, refetch } = useQuery(BasisQuery, {
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const first = useFirstConnections();
  const failure = error ?? first.error;
  const again = () => void Promise.all([refetch(), first.refetch()]);
  const instead = failure ? <Failure error={failure} onRetry={again} /> : <Loading label={t('loadingForm')} />;
  const { COPY, MIGRATE, MOVE, PUBLISH, SCAN, STRUCTURE, SYNC } = data ?? {};
  if (!COPY || !MIGRATE || !MOVE || !PUBLISH || !SCAN || !STRUCTURE || !SYNC || !first.choices)
    return { basis: null, instead };
  const defaults = { COPY, MIGRATE, MOVE, PUBLISH, SCAN, STRUCTURE, SYNC };
  return { basis: { defaults, connections: first.choices }, instead };
}

/** What every step may need, with the connections of the job where they are not among the first. */
export function useBasisOf({ source, destination }: JobValues, basis: Basis): Basis {
  const ids = [...new Set([source.connectionId, destination.connectionId])];
  const others = useKnownConnections(ids.filter((id) => id !== '' && !basis.connections.some((one) => one.id === id)));
  return others?.length ? { ...basis, connections: [...basis.connections, ...others] } : basis;
}
