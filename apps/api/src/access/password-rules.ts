import type { Problems } from '../problems.js';
import { isCommonPassword } from './common-passwords.js';
import { MAX_PASSWORD_CHARACTERS, MIN_PASSWORD_CHARACTERS } from './passwords.js';

/** Adds what is wrong with a password that somebody chooses. Its length counts, not which kinds of characters it has. */
export function checkPassword(
  problems: Problems,
  password: string,
  path: readonly string[],
  ownWords: readonly string[],
): void {
  const length = [...password.normalize('NFC')].length;
  if (length < MIN_PASSWORD_CHARACTERS || length > MAX_PASSWORD_CHARACTERS) {
    const range = `${MIN_PASSWORD_CHARACTERS} to ${MAX_PASSWORD_CHARACTERS}`;
    problems.add('PASSWORD_REJECTED', [...path], `A password has ${range} characters; a sentence is easy to remember.`);
  } else if (isCommonPassword(password, ownWords)) {
    const message = 'This password is among the first that others would guess. Choose another, such as a sentence.';
    problems.add('PASSWORD_REJECTED', [...path], message);
  }
}
