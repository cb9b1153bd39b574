import { isObjectType, type GraphQLField, type GraphQLObjectType, type GraphQLResolveInfo } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../testing.js';
import type { Caller, Context } from './context.js';
import { ROLE_SCOPES, SCOPES, type Role, type Scope } from './scopes.js';

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp();
});
afterAll(() => test[Symbol.asyncDispose]());

type Field = GraphQLField<unknown, unknown>;

class Reached extends Error {}
/** Stands for everything that a resolver uses: once it is touched the rights were enough. */
const reach = (known: object): object =>
  new Proxy(known, {
    get(target, name) {
      if (name in target) return target[name as keyof typeof target];
      throw new Reached();
    },
  });

function callerWith(scopes: readonly Scope[]): Caller {
  return {
    actorId: 'usr_1',
    personId: 'usr_x',
    kind: 'USER',
    displayName: '',
    scopes: new Set(scopes),
    sessionId: null,
    expiresAt: null,
  };
}

/** Whether the field itself, not its declaration, lets the caller in. */
async function isLetIn(field: Field, caller: Caller | null, objectId = 'usr_2'): Promise<boolean> {
  // Mutations that are denied are recorded, by where they come from.
  const context = reach({ caller, concerned: null, address: '127.0.0.1', requestId: 'matrix' }) as Context;
  const source = reach({ id: objectId, createdById: objectId, then: undefined });
  for (const run of [field.resolve, field.subscribe]) {
    if (run === undefined) continue;
    const code = await Promise.resolve()
      .then(() => run(source, reach({}), context, {} as GraphQLResolveInfo))
      .then(
        () => null,
        (error: { extensions?: { code?: string } }) => error.extensions?.code,
      );
    if (code === 'FORBIDDEN' || code === 'UNAUTHENTICATED') return false;
  }
  return true;
}

async function matrixLine(coordinate: string, field: Field): Promise<string> {
  if (await isLetIn(field, null)) return `${coordinate}: anyone`;
  const roles: string[] = [];
  for (const role of Object.keys(ROLE_SCOPES) as Role[])
    if (await isLetIn(field, callerWith(ROLE_SCOPES[role]))) roles.push(role.toLowerCase());
  if (await isLetIn(field, callerWith([]))) return `${coordinate}: any identity`;
  const owner = (await isLetIn(field, callerWith([]), 'usr_1')) ? ' owner' : '';
  return `${coordinate}: ${(await keysOf(field)).join(' or ')} (${roles.join(' ')}${owner})`;
}

/** The scopes of which each opens the field alone; where none does, the pairs. */
async function keysOf(field: Field): Promise<string[]> {
  const single: string[] = [];
  for (const scope of SCOPES) if (await isLetIn(field, callerWith([scope]))) single.push(scope);
  if (single.length > 0) return single;
  const pairs: string[] = [];
  for (const one of SCOPES)
    for (const other of SCOPES.filter((scope) => scope > one))
      if (await isLetIn(field, callerWith([one, other]))) pairs.push(`${one} and ${other}`);
  return pairs;
}

function objectTypes(): GraphQLObjectType[] {
  const types = Object.values(test.app.schema.getTypeMap()).filter((type) => isObjectType(type));
  return types.filter(({ name }) => !name.startsWith('__')).sort((a, b) => (a.name < b.name ? -1 : 1));
}

describe('access matrix', () => {
  it('of every root field, object field and payload × anonymous, role and single scope is the reviewed one', async () => {
    const lines: string[] = [];
    for (const type of objectTypes())
      for (const [name, field] of Object.entries(type.getFields()).sort())
        lines.push(await matrixLine(`${type.name}.${name}`, field));
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('access-matrix.txt');
  });

  it('opens three root fields to strangers, and no others', () => {
    const roots = objectTypes().filter(({ name }) => ['Query', 'Mutation', 'Subscription'].includes(name));
    const coordinates = roots.flatMap((type) => Object.keys(type.getFields()).map((name) => `${type.name}.${name}`));
    const open = coordinates.filter((coordinate) => test.app.rights.isOpen(coordinate));
    expect(open.sort()).toEqual(['Mutation.signIn', 'Query.server', 'Query.viewer']);
  });
});
