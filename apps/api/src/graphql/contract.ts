import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema } from 'graphql';

export const CONTRACT = new URL('../../contract.graphql', import.meta.url);

let contract: GraphQLSchema | undefined;

/** The published contract, of which this server's schema is a part; a test has found it valid. */
export function contractSchema(): GraphQLSchema {
  return (contract ??= buildSchema(readFileSync(CONTRACT, 'utf8'), { assumeValid: true, assumeValidSDL: true }));
}
