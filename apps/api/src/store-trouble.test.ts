import { expect, it } from 'vitest';
import { PlatformError } from '@sluice/core/platform';
import { GraphQLError } from 'graphql';
import { isStoreTrouble } from './store-trouble.js';

const failed = (code: string) => new Error('Failed query', { cause: Object.assign(new Error('cause'), { code }) });

it.each([
  ['a shutdown of the database', failed('57P01'), true],
  ['a refused connection', failed('ECONNREFUSED'), true],
  ['a deadlock', failed('40P01'), true],
  ['a lost connection', new Error('Connection terminated unexpectedly'), true],
  ['a locked file', failed('SQLITE_BUSY_SNAPSHOT'), true],
  ['a full disk', failed('SQLITE_FULL'), true],
  ['an unreadable disk', failed('SQLITE_IOERR_READ'), true],
  ['a closed database', new TypeError('The database connection is not open'), true],
  ['a server that another one took over', failed('25006'), true],
  ['an error of GraphQL around it', new GraphQLError('x', { originalError: failed('57P03') }), true],
  ['a platform that refuses', new PlatformError('UNREACHABLE', 'x', { cause: failed('ECONNREFUSED') }), false],
  ['a value that is out of range', failed('22008'), false],
  ['a violated constraint', failed('23505'), false],
  ['a defect', new TypeError('undefined is not a function'), false],
  ['no error at all', 'text', false],
])('judges %s', (_name, error, expected) => {
  expect(isStoreTrouble(error)).toBe(expected);
});
