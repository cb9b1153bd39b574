import { auditServer } from 'graphql-http';
import { expect, it } from 'vitest';
import { openTestApp } from '../testing.js';

/** Answers that the suite would like with 200 where `application/json` is accepted; 400 tells clients what it is. */
const KNOWN_WARNINGS = ['572B', '7B9B', 'FDE2'];

it('keeps every rule of GraphQL over HTTP, and all advice but three', async () => {
  await using test = await openTestApp();
  const url = `${await test.app.http.listen({ port: 0, host: '127.0.0.1' })}/graphql`;
  const results = await auditServer({
    url,
    fetchFn: (address: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      headers.set('cookie', test.admin.cookie ?? '');
      headers.set('apollo-require-preflight', '1');
      return fetch(address, { ...init, headers });
    },
  });
  expect(results.length).toBeGreaterThan(50);
  expect(results.filter(({ status }) => status === 'error')).toEqual([]);
  expect(results.flatMap(({ status, id }) => (status === 'warn' ? [id] : [])).sort()).toEqual(KNOWN_WARNINGS);
});
