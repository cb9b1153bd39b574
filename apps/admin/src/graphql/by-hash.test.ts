import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client';
import { InMemoryCache } from '@apollo/client/cache';
import { Kind, OperationTypeNode, print, type DocumentNode } from 'graphql';
import { expect, it } from 'vitest';
import { documentsOf } from '../../documents.mjs';
import { byHash, sha256 } from './by-hash.js';

const known = documentsOf(new URL('../', import.meta.url).pathname);
const modules = import.meta.glob<object>('../**/{data,changes,*-data}.ts', { eager: true });

const { ActivityQuery } = modules['../features/overview/activity-data.ts'] as { ActivityQuery: DocumentNode };

const isOperation = (value: unknown): value is DocumentNode =>
  (value as DocumentNode | null)?.kind === Kind.DOCUMENT &&
  (value as DocumentNode).definitions.some((each) => each.kind === Kind.OPERATION_DEFINITION);

/** Requests of a client whose server answers as it is told. */
function clientOf(answer: (body: Record<string, unknown>) => object) {
  const sent: Record<string, unknown>[] = [];
  const fetch = async (_url: unknown, init?: { body?: unknown }) => {
    const body = JSON.parse(init?.body as string) as Record<string, unknown>;
    sent.push(body);
    return new Response(JSON.stringify(answer(body)), { headers: { 'content-type': 'application/json' } });
  };
  const link = (isSecure: boolean) =>
    ApolloLink.from([byHash(isSecure), new HttpLink({ uri: 'http://a.example', fetch })]);
  const client = (isSecure = true) => new ApolloClient({ link: link(isSecure), cache: new InMemoryCache() });
  return { sent, client };
}

const ANSWER = {
  data: { activity: [{ __typename: 'A', from: '', callCount: 0, bytesDone: 0, itemsDone: 0, itemsFlagged: 0 }] },
};
const hashIn = (body?: Record<string, unknown>) =>
  (body?.extensions as { persistedQuery: { sha256Hash: string } }).persistedQuery.sha256Hash;

it('the build knows each document as the client sends it', () => {
  const inUse = Object.values(modules).flatMap((each) => Object.values(each).filter(isOperation));
  expect(inUse.length).toBeGreaterThan(55);
  const cache = new InMemoryCache();
  const unknown = inUse
    .map((each) => print(cache.transformDocument(each)))
    .filter((text) => !Object.values(known).includes(text));
  expect(unknown).toEqual([]);
});

it('sends the hash that the build knows in the place of the text', async () => {
  const { sent, client } = clientOf(() => ANSWER);
  await client().query({ query: ActivityQuery });
  expect(sent.map(({ query }) => query)).toEqual([undefined]);
  const text = known[hashIn(sent[0])] ?? '';
  expect(text).toContain('query Activity');
  expect(await sha256(text)).toBe(hashIn(sent[0]));
});

it('sends texts to a server that does not know the hash, and from then on', async () => {
  const refusal = { errors: [{ message: 'No.', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }] };
  const { sent, client } = clientOf(({ query }) => (query === undefined ? refusal : ANSWER));
  const one = client();
  for (let i = 0; i < 2; i++) await one.query({ query: ActivityQuery, fetchPolicy: 'network-only' });
  expect(sent.map(({ query }) => typeof query)).toEqual(['undefined', 'string', 'string']);
  expect(Object.values(known)).toContain(sent[1]?.query);
});

it('sends texts that the build knows from an address that is not secure', async () => {
  const { sent, client } = clientOf(() => ANSWER);
  await client(false).query({ query: ActivityQuery });
  expect(Object.values(known)).toContain(sent[0]?.query);
});

it('knows subscriptions as well', () => {
  const kinds = Object.values(known).map((text) => /^\w+/.exec(text)?.[0]);
  for (const kind of Object.values(OperationTypeNode)) expect(kinds).toContain(kind);
});
