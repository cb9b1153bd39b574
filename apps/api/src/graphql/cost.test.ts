import {
  getNamedType,
  getOperationAST,
  isInterfaceType,
  isListType,
  getNullableType,
  isNonNullType,
  isObjectType,
  parse,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../testing.js';
import { costOf } from './cost.js';
import { declaredOf, isPaged } from './declarations.js';

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp();
});
afterAll(() => test[Symbol.asyncDispose]());

type Field = GraphQLField<unknown, unknown>;
const DEFAULT_PAGE = 25;
const MAX_LEVELS = 14;

function requestedBy(query: string, maxCost = Number.POSITIVE_INFINITY): number {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  const limits = { ...test.config.limits, maxCost };
  return costOf(test.app.schema, operation, new Map(), {}, limits).requested;
}

/** Fields that lead from a type back to it, through lists, pages and single references. */
function cyclesFrom(start: GraphQLObjectType): Field[][] {
  const cycles: Field[][] = [];
  walk(start, [], new Set());
  return cycles;

  function walk(type: GraphQLObjectType, way: Field[], visited: Set<string>): void {
    for (const field of Object.values(type.getFields())) {
      const next = getNamedType(field.type);
      if (
        !isObjectType(next) ||
        visited.has(next.name) ||
        field.args.some((one) => isNonNullType(one.type) && one.defaultValue === undefined)
      )
        continue;
      if (next === start) cycles.push([...way, field]);
      else walk(next, [...way, field], new Set([...visited, next.name]));
    }
  }
}

/** Entries that a field of the cycle brings at most, where a page has its default size. */
function entriesOf(field: Field): number {
  const isUnpagedList = isListType(getNullableType(field.type)) && !declaredOf(field).isPageContent && !isPaged(field);
  return isPaged(field) ? DEFAULT_PAGE : isUnpagedList ? (declaredOf(field).maxEntries ?? Number.NaN) : 1;
}

function nodeTypes(): readonly GraphQLObjectType[] {
  const node = test.app.schema.getType('Node');
  return isInterfaceType(node) ? test.app.schema.getPossibleTypes(node) : [];
}

/** The cycle again and again, as deep as an operation may be. */
function nested(type: GraphQLObjectType, cycle: Field[]): { query: string; innermost: number } {
  const rounds = Math.floor((MAX_LEVELS - 1) / cycle.length);
  const fields = Array.from({ length: rounds }, () => cycle).flat();
  const inner = fields.reduceRight((text, { name }) => `${name} { ${text} }`, 'id');
  const innermost = fields.reduce((product, field) => product * entriesOf(field), 1);
  return { query: `{ node(id: "x") { ... on ${type.name} { ${inner} } } }`, innermost };
}

describe('one read cannot stop the server', () => {
  it('budgets of connections of budgets, six levels deep, are refused before they are executed', async () => {
    const query = '{ budgets { connections { budget { connections { budget { connections { id } } } } } } }';
    const { errors, status, data } = await test.send(query);
    expect(errors?.map((error) => error.extensions['code'])).toEqual(['OPERATION_TOO_COSTLY']);
    expect([status, data ?? null]).toEqual([400, null]);
  });

  it('every cycle of the schema costs at least the objects that it may bring', () => {
    const seen: string[] = [];
    for (const type of nodeTypes()) {
      for (const cycle of cyclesFrom(type)) {
        const { query, innermost } = nested(type, cycle);
        seen.push(`${type.name}.${cycle.map(({ name }) => name).join('.')}`);
        expect(requestedBy(query), query).toBeGreaterThanOrEqual(innermost);
        if (innermost > test.config.limits.maxCost)
          expect(() => requestedBy(query, test.config.limits.maxCost), query).toThrow('costs at most');
      }
    }
    expect(seen).toContain('RateBudget.connections.budget');
    expect(seen).toContain('Job.runs.nodes.job');
    expect(seen).toContain('Plan.run.plan');
    expect(seen.length).toBeGreaterThan(30);
  });
});

describe('cost', () => {
  it.each([
    ['{ budgets { id } }', 1 + 15],
    ['{ budgets { connections { id } } }', 1 + 15 + 15 * 50],
    ['{ budgets(connectionIds: ["con_1", "con_2"]) { id } }', 1 + 2],
    ['{ nodes(ids: ["a", "b", "c"]) { id } }', 1 + 3],
    ['{ budgets(connectionIds: ["con_1"]) { connections { id } } }', 1 + 1 + 50],
    ['{ job(id: "a") { issues { message } } }', 1 + 1 + 20 + 10],
    ['{ connection(id: "a") { browse(first: 200) { nodes { name } } } }', 1 + 1 + 20 + 200],
    ['{ run(id: "a") { events(first: 500) { cursor } } }', 1 + 1 + 500],
    ['mutation { connectionTest(id: "a") { userErrors { code } } }', 1 + 20 + 50],
    ['mutation { jobDelete(id: "a") { deletedId } }', 1 + 10],
  ])('of %s is %d', (query, cost) => {
    expect(requestedBy(query)).toBe(cost);
  });

  it.each([
    '{ jobs(first: 100) { nodes { issues { message } } } }',
    '{ connections(first: 100) { nodes { scopes { name } } } }',
    '{ budgets { connections { budget { connections { id } } } } }',
  ])('of %s is too much', async (query) => {
    expect((await test.send(query)).errors?.[0]?.extensions['code']).toBe('OPERATION_TOO_COSTLY');
  });
});
