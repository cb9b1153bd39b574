import { readFileSync } from 'node:fs';
import type { GraphQLField } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashPassword } from '../access/passwords.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { openSocket } from '../server/testing.js';
import { ADMIN, openTestApp, type Sender, type TestApp } from '../testing.js';
import { newId } from './ids.js';
import { operationOf, sampleOf } from './sample-operations.testing.js';
import { ROLE_SCOPES, SCOPES, type Role, type Scope } from './scopes.js';

interface Caller {
  name: string;
  sender: Sender;
  scopes: readonly Scope[];
  isPerson: boolean;
}

const AMPLE = 1_000_000;
const LIMITS = {
  ...DEFAULT_LIMITS,
  maxCost: AMPLE,
  costPerMinute: 100 * AMPLE,
  maxRootFields: 1_000,
  subscribesPerSecond: 1_000,
  subscribeBurst: 10_000,
};
/** What only a person does, since a token has no password and makes no tokens. */
const OF_PERSONS = ['Mutation.apiTokenCreate', 'Mutation.passwordChange'];
/** Change who the caller is; who may is tried without an identity, where it matters. */
const CHANGE_CALLER = ['signIn', 'signOut'];

let test: TestApp;
let address: string;
const callers: Caller[] = [];
beforeAll(async () => {
  test = await openTestApp({ limits: LIMITS });
  address = await test.app.listen();
  for (const role of Object.keys(ROLE_SCOPES) as Role[]) callers.push(await personWith(role));
  for (const scope of SCOPES) callers.push(await tokenWith(scope));
});
afterAll(() => test[Symbol.asyncDispose]());

async function personWith(role: Role): Promise<Caller> {
  const { db } = test.app.base;
  const names = { login: role.toLowerCase(), displayName: role };
  const row = { id: newId('usr'), version: 1, ...names, role, isActive: true, createdAt: new Date() };
  const passwordHash = await hashPassword(ADMIN.password);
  await db.transact(async (tx) => void (await tx.insert(db.tables.users).values({ ...row, passwordHash })));
  const sender = await test.signIn(names.login, ADMIN.password);
  return { name: role, sender, scopes: ROLE_SCOPES[role], isPerson: true };
}

async function tokenWith(scope: Scope): Promise<Caller> {
  const query = 'mutation ($s: [Scope!]!) { apiTokenCreate(displayName: "One", scopes: $s) { secret } }';
  const { data } = await test.send<{ apiTokenCreate: { secret: string } }>(query, { s: [scope] });
  const sender = { authorization: `Bearer ${data?.apiTokenCreate.secret}` };
  return { name: scope, sender, scopes: [scope], isPerson: false };
}

type Root = 'Query' | 'Mutation' | 'Subscription';

const allFieldsOf = (type: Root): GraphQLField<unknown, unknown>[] =>
  Object.values(test.app.schema.getRootType(type.toLowerCase() as never)?.getFields() ?? {});

const fieldsOf = (type: Root) => allFieldsOf(type).filter(({ name }) => !CHANGE_CALLER.includes(name));

/** The fields that the reviewed matrix opens to the caller. */
function reviewed(type: string, { scopes, isPerson }: Caller): string[] {
  const matrix = readFileSync(new URL('access-matrix.txt', import.meta.url), 'utf8');
  const lines = matrix.split('\n').filter((line) => line.startsWith(`${type}.`));
  const isOpen = (line: string) => {
    const [coordinate = '', rule = ''] = line.split(': ');
    if (OF_PERSONS.includes(coordinate) && !isPerson) return false;
    const keys = rule.replace(/ \(.*\)$/, '').split(' or ');
    return rule === 'anyone' || rule === 'any identity' || keys.some((key) => scopes.includes(key as Scope));
  };
  return lines
    .filter(isOpen)
    .map((line) => line.split(/[.:]/)[1] ?? '')
    .filter((name) => !CHANGE_CALLER.includes(name));
}

it.each(['Query', 'Mutation'] as const)(
  'by HTTP, each field of %s is open to whom the reviewed matrix names: every role and every single scope',
  async (type) => {
    const operation = operationOf(
      type === 'Query' ? 'query' : 'mutation',
      fieldsOf(type).map((field) => sampleOf(field)),
    );
    for (const caller of callers) {
      const { errors = [] } = await test.send(operation.query, operation.variables, caller.sender);
      const refused = errors
        .filter(({ extensions }) => extensions['code'] === 'FORBIDDEN')
        .map(({ path }) => path?.[0]);
      const open = fieldsOf(type)
        .map(({ name }) => name)
        .filter((name) => !refused.includes(name));
      expect(open.sort(), caller.name).toEqual(reviewed(type, caller).sort());
    }
  },
  60_000,
);

it('by HTTP, a stranger is let in to three fields and to nothing else', async () => {
  const open: string[] = [];
  for (const type of ['Query', 'Mutation'] as const)
    for (const field of allFieldsOf(type)) {
      const { query, variables } = operationOf(type === 'Query' ? 'query' : 'mutation', [sampleOf(field)]);
      const { errors = [] } = await test.send(query, variables, {});
      if (!errors.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED')) open.push(field.name);
    }
  expect(open.sort()).toEqual(['server', 'signIn', 'viewer']);
});

it('by WebSocket, each subscription is open to whom the reviewed matrix names: every role and every single scope', async () => {
  for (const caller of callers) {
    const open: string[] = [];
    for (const field of fieldsOf('Subscription')) {
      const token = caller.sender.authorization?.replace('Bearer ', '');
      const socket = await openSocket(address, caller.sender.cookie, token);
      // Who is let in is told that the cursor is wrong, or that there is nothing to follow.
      const payload = operationOf('subscription', [sampleOf(field, { after: 'no cursor' })]);
      socket.send({ id: '1', type: 'subscribe', payload });
      const answer = await Promise.race(['error', 'next', 'complete'].map((type) => socket.next(type)));
      if (!JSON.stringify(answer.payload ?? '').includes('FORBIDDEN')) open.push(field.name);
      socket.close();
    }
    expect(open.sort(), caller.name).toEqual(reviewed('Subscription', caller).sort());
  }
});

it('by WebSocket, queries and mutations are refused to everybody', async () => {
  const socket = await openSocket(address, test.admin.cookie);
  for (const type of ['Query', 'Mutation'] as const)
    for (const field of fieldsOf(type)) {
      const { query, variables } = operationOf(type === 'Query' ? 'query' : 'mutation', [sampleOf(field)]);
      const codes = (await socket.refused(query, variables)).map(({ extensions }) => extensions?.['code']);
      expect(codes, field.name).toEqual(['BAD_REQUEST']);
    }
  socket.close();
});
