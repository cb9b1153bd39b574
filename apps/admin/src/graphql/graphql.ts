import { initGraphQLTada } from 'gql.tada';
import type { introspection, introspection_types } from './introspection.js';

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

type EnumNames = {
  [Name in keyof introspection_types]: introspection_types[Name] extends { enumValues: string } ? Name : never;
}[keyof introspection_types];

/** Values of an enumeration of the schema. */
export type EnumOf<Name extends EnumNames> = introspection_types[Name]['enumValues'];

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada';
