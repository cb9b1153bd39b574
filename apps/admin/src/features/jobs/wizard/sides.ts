import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@sluice/client/graphql';
import { isTransfer } from '../../../domain/job/transfer-types.js';
import type { JobValues } from '../job-input.js';
import type { SideFacts, Sides } from '../policies/used-policies.js';

const SideQuery = graphql(`
  query JobSide($id: ID!) {
    connection(id: $id) {
      id
      capabilities {
        capability
        level
      }
      budget {
        id
      }
    }
  }
`);

type Side = NonNullable<ResultOf<typeof SideQuery>['connection']>;

function factsOf({ capabilities, budget }: Side): SideFacts {
  const levelOf = (name: string) => capabilities.find(({ capability }) => capability === name)?.level ?? 'NONE';
  return {
    has: (capability) => levelOf(capability) !== 'NONE',
    keepsDeleted: levelOf('RECYCLE_BIN') === 'FULL',
    countsCalls: budget !== null,
  };
}

function useSide(id: string): SideFacts | null {
  const { data } = useQuery(SideQuery, { variables: { id }, skip: id === '' });
  return data?.connection ? factsOf(data.connection) : null;
}

/** What the accounts of both sides can do; null while one is not chosen, not read, or not there any more. */
export function useSides({ source, destination, transferType }: JobValues): Sides | null {
  const from = useSide(source.connectionId);
  const to = useSide(isTransfer(transferType) ? destination.connectionId : source.connectionId);
  return from && to && [from, to];
}
