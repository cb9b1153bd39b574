import { useQuery } from '@apollo/client/react';
import { graphql } from '@sluice/client/graphql';
import type { JSX } from 'react';
import { Failure } from '../../../domain/failure.js';
import { Loading } from '../../../ui/states.js';
import { PolicyFields } from '../data.js';
import type { PolicyDefaults } from '../job-input.js';
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
      connections(first: 100) {
        nodes {
          id
          name
          platform {
            key
            displayName
          }
          settings {
            __typename
            ... on NetworkFileShareSettings {
              location
            }
            ... on ObjectStorageSettings {
              bucket
            }
            ... on ProcoreSettings {
              projectName
            }
          }
        }
      }
    }
  `,
  [PolicyFields],
);

export interface ConnectionChoice {
  id: string;
  name: string;
  /** The project, the folder or the bucket that it leads to. */
  detail: string;
  platform: string;
}

export interface Basis {
  defaults: PolicyDefaults;
  connections: ConnectionChoice[];
}

/** What every step may need; null while it is not there, with what to show instead. */
export function useBasis(): { basis: Basis | null; instead: JSX.Element } {
  const { data, error, refetch } = useQuery(BasisQuery, {
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const instead = error ? (
    <Failure error={error} onRetry={() => void refetch()} />
  ) : (
    <Loading label={t('loadingForm')} />
  );
  const { COPY, MIGRATE, MOVE, PUBLISH, SCAN, STRUCTURE, SYNC } = data ?? {};
  if (!data || !COPY || !MIGRATE || !MOVE || !PUBLISH || !SCAN || !STRUCTURE || !SYNC) return { basis: null, instead };
  const defaults = { COPY, MIGRATE, MOVE, PUBLISH, SCAN, STRUCTURE, SYNC };
  const connections = (data.connections?.nodes ?? []).map(({ id, name, platform, settings }) => ({
    id,
    name,
    platform: platform.key,
    detail:
      settings.__typename === 'ProcoreSettings'
        ? (settings.projectName ?? platform.displayName)
        : settings.__typename === 'NetworkFileShareSettings'
          ? settings.location
          : settings.bucket,
  }));
  return { basis: { defaults, connections }, instead };
}
