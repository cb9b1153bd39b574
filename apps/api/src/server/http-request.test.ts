import { expect, it } from 'vitest';
import { readRequest, type HttpRequest } from './http-request.js';
import { haveSameShape } from './same-shape.testing.js';

const json = { 'content-type': 'application/json; charset=utf-8' };
const asked = { 'apollo-require-preflight': '1' };
const HASH = 'a'.repeat(64);
const persistedQuery = { version: 1, sha256Hash: HASH };

const post = (body: unknown, headers: HttpRequest['headers'] = json): HttpRequest => ({
  method: 'POST',
  url: '/graphql',
  headers,
  body,
});
const get = (search: string, headers: HttpRequest['headers'] = asked): HttpRequest => ({
  method: 'GET',
  url: `/graphql${search}`,
  headers,
  body: undefined,
});

it('a document, its operation and its variables are read from the body and from the address', () => {
  const operation = { query: 'query A { b }', operationName: 'A', variables: { c: [1] } };
  expect(readRequest(post(operation))).toEqual({ ...operation, hash: undefined, isGet: false });
  const search = new URLSearchParams({ ...operation, variables: JSON.stringify(operation.variables) });
  expect(readRequest(get(`?${search.toString()}`))).toEqual({ ...operation, hash: undefined, isGet: true });
});

it('all requests have one hidden class', () => {
  const kinds = [post({ query: '{ a }' }), post({ query: '{ b }', operationName: 'B' }), get('?query={c}')];
  const first = readRequest(kinds[0]!);
  // V8 shares the first few classes in any case.
  for (let count = 0; count < 100; count++)
    expect(haveSameShape(first, readRequest(kinds[count % kinds.length]!))).toBe(true);
  expect(haveSameShape({ a: 1 }, { b: 1 })).toBe(false);
});

it('the hash of a document is read from both', () => {
  expect(readRequest(post({ extensions: { persistedQuery } })).hash).toBe(HASH);
  const search = new URLSearchParams({ extensions: JSON.stringify({ persistedQuery }) });
  expect(readRequest(get(`?${search.toString()}`)).hash).toBe(HASH);
});

it('null is as good as absent', () => {
  const read = readRequest(post({ query: '{ a }', operationName: null, variables: null, extensions: null }));
  expect(read).toEqual({ query: '{ a }', isGet: false });
});

it.each<[name: string, request: HttpRequest, status: number, told: RegExp]>([
  ['no body', post(undefined), 400, /body/],
  ['an empty body', post({}), 400, /body/],
  ['a batch', post([{ query: '{ a }' }]), 400, /body/],
  ['a document that is no text', post({ query: { kind: 'Document' } }), 400, /“query”/],
  ['a name that is no text', post({ query: '{ a }', operationName: 1 }), 400, /“operationName”/],
  ['variables that are a text', post({ query: '{ a }', variables: '{}' }), 400, /“variables”/],
  ['variables that are a list', post({ query: '{ a }', variables: [] }), 400, /“variables”/],
  ['extensions that are a text', post({ query: '{ a }', extensions: '{}' }), 400, /“extensions”/],
  ['another version of hashes', post({ extensions: { persistedQuery: { version: 2 } } }), 400, /persistedQuery/],
  ['two documents', get('?query={a}&query={b}'), 400, /“query”.*more than once/],
  ['variables that are no JSON', get('?query={a}&variables={'), 400, /“variables”/],
  ['another type by GET', get('?query={a}', { ...asked, 'content-type': 'text/plain' }), 415, /GET/],
  ['a simple GET', get('?query={a}', {}), 400, /preflight/],
  ['an empty header', get('?query={a}', { 'apollo-require-preflight': '' }), 400, /preflight/],
  ['a form', post({ query: '{ a }' }, { 'content-type': 'application/x-www-form-urlencoded' }), 400, /preflight/],
  ['a type that only begins well', post({ query: '{ a }' }, { 'content-type': 'application/jsonx' }), 400, /preflight/],
])('%s is refused', (_name, request, status, told) => {
  expect(() => readRequest(request)).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(told) as string,
      extensions: { code: 'BAD_REQUEST', http: { status } },
    }),
  );
});
