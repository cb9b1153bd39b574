import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema } from 'graphql';

let contract: GraphQLSchema | undefined;

/** The published contract, of which this server's schema is a part. */
export function contractSchema(): GraphQLSchema {
  return (contract ??= buildSchema(readFileSync(new URL('../../contract.graphql', import.meta.url), 'utf8')));
}
