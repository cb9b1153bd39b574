import { readFileSync } from 'node:fs';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { expect, it } from 'vitest';
import { contractSchema } from './contract.js';

const PRINTED = new URL('../../schema.graphql', import.meta.url);

async function breaking(schema: GraphQLSchema): Promise<string[]> {
  const changes = await diff(contractSchema(), schema);
  const broken = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
  return broken.map(({ path }) => path ?? '');
}

it('has the whole contract and breaks nothing of it', async () => {
  expect(await breaking(buildSchema(readFileSync(PRINTED, 'utf8')))).toEqual([]);
});

it('would be told of a field that is gone and of an argument that became necessary', async () => {
  const text = readFileSync(PRINTED, 'utf8');
  const fieldless = text.replace(/^ {2}".*"\n {2}queuedAt: DateTime!$/m, '');
  const stricter = text.replace(/idempotencyKey: String$/m, 'idempotencyKey: String!');
  expect(await breaking(buildSchema(fieldless))).toHaveLength(1);
  expect(await breaking(buildSchema(stricter))).toHaveLength(1);
});
