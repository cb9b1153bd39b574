import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type Sender, type TestApp } from '../testing.js';

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp();
});
afterAll(() => test[Symbol.asyncDispose]());

interface Probe {
  method?: 'GET' | 'POST';
  url?: string;
  headers?: Record<string, string>;
  payload?: unknown;
}

const json = { 'content-type': 'application/json' };
const post = (query: string): Probe => ({ headers: json, payload: JSON.stringify({ query }) });
const times = (count: number, part: (index: number) => string) => Array.from({ length: count }, (_, i) => part(i));

/** What scanners for GraphQL servers send, and what would be a finding in the answer. */
const PROBES: [name: string, probe: Probe, finding: RegExp][] = [
  ['aliases without end', post(`{ ${times(101, (i) => `a${i}: __typename`).join(' ')} }`), /"a100":/],
  ['one field without end', post(`{ ${'__typename '.repeat(500)} }`), /"__typename":/],
  ['directives without end', post(`{ __typename ${'@aa '.repeat(10)} }`), /(Unknown directive.*){6}/s],
  ['known directives without end', post(`{ __typename ${'@skip(if:false) '.repeat(50)} }`), /"__typename":/],
  ['a batch', { headers: json, payload: JSON.stringify(Array(10).fill({ query: '{__typename}' })) }, /"__typename":/],
  ['a misspelt field', post('{ __schema { directive } sever { version } }'), /did you mean|directives|"server"/i],
  ['a misspelt type', post('{ ... on Qery { __typename } }'), /did you mean|Query/i],
  ['a misspelt value', post('{ runs(filter: { states: [PAUSD] }) { totalCount } }'), /did you mean|"PAUSED"/i],
  ['nonsense', post('qwerty cop { abc }'), /exception|stacktrace|node_modules/i],
  ['a wish for traces', { ...post('{ __typename }'), headers: { ...json, 'x-apollo-tracing': '1' } }, /tracing|ftv1/i],
  [
    'a wish for traces of a gateway',
    { ...post('{ __typename }'), headers: { ...json, 'apollo-federation-include-trace': 'ftv1' } },
    /tracing|ftv1/i,
  ],
  ['a query by GET of any page', { method: 'GET', url: '/graphql?query={__typename}' }, /"__typename":/],
  ['a mutation by GET', { method: 'GET', url: '/graphql?query=mutation{__typename}' }, /"__typename":/],
  [
    'a mutation by GET that says it had a preflight',
    { method: 'GET', url: '/graphql?query=mutation{__typename}', headers: { 'apollo-require-preflight': '1' } },
    /"__typename":/,
  ],
  [
    'a form',
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'query=%7B__typename%7D' },
    /"__typename":/,
  ],
  ['text', { headers: { 'content-type': 'text/plain' }, payload: '{"query":"{__typename}"}' }, /"__typename":/],
  [
    'a browser at the address',
    { method: 'GET', url: '/graphql', headers: { accept: 'text/html' } },
    /graphiql|sandbox|playground/i,
  ],
];

describe('what scanners look for is not found', () => {
  const send = ({ method = 'POST', url = '/graphql', headers = {}, payload }: Probe, sender: Sender) =>
    test.app.http.inject({ method, url, headers: { ...headers, ...sender }, payload: payload as string });

  it.each(PROBES)('%s', async (_name, probe, finding) => {
    for (const sender of [{}, test.admin]) {
      const { body, statusCode } = await send(probe, sender);
      expect(body).not.toMatch(finding);
      expect(statusCode).toBeLessThan(500);
    }
  });

  it('a plain query is answered, by which a finding would be known', async () => {
    for (const sender of [{}, test.admin])
      expect((await send(post('{ __typename }'), sender)).body).toMatch(/"__typename":/);
  });

  it('the schema is told to who has signed in, and to nobody else', async () => {
    const ask = async (sender: Sender) => (await send(post('{ __schema { types { name } } }'), sender)).body;
    expect(await ask({})).not.toContain('"types"');
    expect(await ask(test.admin)).toContain('"types"');
  });
});
