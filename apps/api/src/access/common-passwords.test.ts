import { expect, it } from 'vitest';
import { Problems } from '../problems.js';
import { isCommonPassword } from './common-passwords.js';
import { checkPassword } from './password-rules.js';

it.each([
  'password1234',
  'Password!!!!!!2026',
  'iloveyou1234',
  'letmeinletmein',
  'aaaaaaaaaaaa',
  'abababababab',
  '123456789012',
  '210987654321',
  'abcdefghijklm',
  'qwertyuiop12',
  'Procore2026!',
  'sluicesluice',
  'anna.schmidt1',
  '1234567890qwerty0987',
])('the password %s is among the first that others would guess', (password) => {
  expect(isCommonPassword(password, ['anna.schmidt', 'Anna'])).toBe(true);
});

it.each([
  'a password for tests',
  'correct horse battery staple',
  'x8#kQ2!vLm0p',
  'gravel under the bridge',
  'aaaaaaaaaaab',
  '482910573620',
])('the password %s is not, whichever kinds of characters it has', (password) => {
  expect(isCommonPassword(password, ['anna.schmidt', 'Anna'])).toBe(false);
});

it('a password has 12 to 200 characters as people count them, in one form of Unicode', () => {
  const codesOf = (password: string) => {
    const problems = new Problems();
    checkPassword(problems, password, ['newPassword'], []);
    return problems.list.map(({ code, field }) => [code, field]);
  };
  const rejected = [['PASSWORD_REJECTED', ['newPassword']]];
  expect(codesOf('gravel road')).toEqual(rejected);
  expect(codesOf('gravel roads')).toEqual([]);
  // One sign for people, two for a text in memory.
  expect(codesOf('gravel roa🚧')).toEqual(rejected);
  expect(codesOf('gravel roade\u0301')).toEqual([]);
  expect(codesOf('gravel roae\u0301')).toEqual(rejected);
  expect(codesOf('gravel road. '.repeat(20).slice(0, 200))).toEqual([]);
  expect(codesOf('gravel road. '.repeat(20).slice(0, 201))).toEqual(rejected);
});
