import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './introspection.js';

/** Typed documents of the public schema. Fragments are not masked: a component's data is what its operation names. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: {
    DateTime: string;
    Duration: string;
    LocalTime: string;
    SafeInt: number;
    TimeZone: string;
    URL: string;
  };
}>();

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada';
