import { expect, it } from 'vitest';
import { isStoreTrouble } from './store-trouble.js';

const failed = (code: string) => new Error('Failed query', { cause: Object.assign(new Error('cause'), { code }) });

it.each([
  ['a shutdown of the database', failed('57P01'), true],
  ['a refused connection', failed('ECONNREFUSED'), true],
  ['a deadlock', failed('40P01'), true],
  ['a lost connection', new Error('Connection terminated unexpectedly'), true],
  ['a violated constraint', failed('23505'), false],
  ['a defect', new TypeError('undefined is not a function'), false],
  ['no error at all', 'text', false],
])('judges %s', (_name, error, expected) => {
  expect(isStoreTrouble(error)).toBe(expected);
});
