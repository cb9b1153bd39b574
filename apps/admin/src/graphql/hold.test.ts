import { ApolloClient, ApolloLink, InMemoryCache } from '@apollo/client';
import { graphql } from '@sluice/client/graphql';
import { of, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { holdWhileLost } from './hold.js';
import { watchPresence } from './presence.js';

const Ready = graphql(`
  query HoldTest {
    server {
      version
    }
  }
`);

/** A client whose server is lost for the requests of these numbers, counted from 1, and is back as soon as it is asked. */
function clientLosing(...lost: number[]) {
  let requests = 0;
  const presence = watchPresence({ ask: () => Promise.resolve(true), now: () => 0, wait: () => Promise.resolve() });
  const http = new ApolloLink(() => {
    requests++;
    return lost.includes(requests)
      ? throwError(() => new TypeError('Failed to fetch'))
      : of({ data: { server: { __typename: 'ServerInfo', version: `${requests}` } } });
  });
  return new ApolloClient({ link: holdWhileLost(presence).concat(http), cache: new InMemoryCache() });
}

describe('a request to a lost server', () => {
  it('fails when it is the first reading', async () => {
    await expect(clientLosing(1).query({ query: Ready })).rejects.toThrow('Failed to fetch');
  });

  it('waits for the server when its data is here', async () => {
    const client = clientLosing(2);
    await client.query({ query: Ready });
    const { data } = await client.query({ query: Ready, fetchPolicy: 'network-only' });
    expect(data?.server?.version).toBe('3');
  });
});
