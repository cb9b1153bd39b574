import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Kind, parse, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../testing.js';
import { costOf } from './cost.js';

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp();
});
afterAll(() => test[Symbol.asyncDispose]());

const SOURCES = fileURLToPath(new URL('../../../admin/src/', import.meta.url));
const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !name.includes('.test.'),
);
const documents = files
  .flatMap((name) => [...readFileSync(`${SOURCES}${name}`, 'utf8').matchAll(/graphql\(\s*`([^`]+)`/g)])
  .flatMap(([, text = '']) => parse(text).definitions);
const fragments = new Map(
  documents
    .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
    .map((node) => [node.name.value, node]),
);
const operations = documents.filter((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION);

const NEEDED = {
  id: 'map_1',
  kind: 'TAG',
  sourceId: 'con_1',
  destinationId: 'con_2',
  location: { connectionId: 'con_1' },
};
/** Page sizes that the pages ask for, and what a list that has one cannot be asked for without. */
const LARGEST = {
  first: 100,
  runs: 100,
  offset: 0,
  reason: 'LOCKED',
  rules: [],
  ids: ['budget_1', 'budget_2'],
  isSaved: true,
  ...NEEDED,
};

it.each(operations.map((operation) => [operation.name?.value ?? '', operation] as const))(
  'the operation %s of the web app stays within what one may cost',
  (_name, operation) => {
    const { requested } = costOf(test.app.schema, operation, fragments, LARGEST, test.config.limits);
    expect(requested).toBeLessThanOrEqual(test.config.limits.maxCost);
  },
);

it('finds the operations of the web app', () => {
  expect(operations.length).toBeGreaterThan(20);
});
