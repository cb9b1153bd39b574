import { expect, it } from 'vitest';
import { answerTypeOf } from './answer-type.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8';

it.each<[accept: string | undefined, type: string | null]>([
  [undefined, JSON_TYPE],
  ['*/*', JSON_TYPE],
  ['application/*', JSON_TYPE],
  ['application/json', JSON_TYPE],
  ['application/graphql-response+json', RESPONSE_TYPE],
  ['APPLICATION/GraphQL-Response+JSON', RESPONSE_TYPE],
  ['application/graphql-response+json, application/json;q=0.9', RESPONSE_TYPE],
  ['application/json;q=0.9, application/graphql-response+json', RESPONSE_TYPE],
  ['application/json, application/graphql-response+json', JSON_TYPE],
  ['application/graphql-response+json, application/json', RESPONSE_TYPE],
  ['*/*, application/graphql-response+json', RESPONSE_TYPE],
  ['text/html, */*;q=0.1', JSON_TYPE],
  ['application/json;q=0, */*', RESPONSE_TYPE],
  ['*/*;q=0', null],
  ['application/json;q=none', null],
  ['text/html', null],
  ['', null],
])('who accepts %j gets %j', (accept, type) => {
  expect(answerTypeOf(accept)).toBe(type);
});
