import { readFileSync } from 'node:fs';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { expect, it } from 'vitest';
import { contractSchema } from './contract.js';

const PRINTED = new URL('../../schema.graphql', import.meta.url);

/** What the contract has and this server does not have yet. */
const NOT_BUILT = [/^(ReportKind\.(MAPPING_SET|PERMISSIONS|UNMAPPED)$|ReportSubjectInput\.mappingSetId$)/];

async function breaking(schema: GraphQLSchema): Promise<string[]> {
  const changes = await diff(contractSchema(), schema);
  const broken = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
  return broken.map(({ path }) => path ?? '');
}

it('breaks nothing of the contract, but for what is not built yet', async () => {
  const broken = await breaking(buildSchema(readFileSync(PRINTED, 'utf8')));
  expect(broken.filter((path) => !NOT_BUILT.some((each) => each.test(path)))).toEqual([]);
  expect(NOT_BUILT.filter((each) => !broken.some((path) => each.test(path)))).toEqual([]);
});

it('would be told of a field that is gone and of an argument that became necessary', async () => {
  const text = readFileSync(PRINTED, 'utf8');
  const before = await breaking(buildSchema(text));
  const fieldless = text.replace(/^ {2}".*"\n {2}queuedAt: DateTime!$/m, '');
  const stricter = text.replace(/idempotencyKey: String$/m, 'idempotencyKey: String!');
  expect(await breaking(buildSchema(fieldless))).toHaveLength(before.length + 1);
  expect(await breaking(buildSchema(stricter))).toHaveLength(before.length + 1);
});
