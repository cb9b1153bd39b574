import { initGraphQLTada } from 'gql.tada';
import type { introspection, introspection_types } from '../schema.js';

/**
 * Makes a typed document of the public schema: variables and result follow from its text. Fragments are given as a second
 * argument and are not masked: the result is what the operation names.
 */
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

/** Values of an enumeration of the schema. A later server may tell others. */
export type EnumOf<Name extends EnumNames> = introspection_types[Name]['enumValues'];

/** For types of the schema by their names, some of the fields that each has. */
export type FieldsByType = {
  readonly [Name in keyof introspection_types]?: introspection_types[Name] extends { fields: infer Fields }
    ? readonly (keyof Fields)[]
    : never;
};

/** Names of the mutations of the schema. */
export type MutationName = keyof introspection_types['Mutation']['fields'];

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada';
