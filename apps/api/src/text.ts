import type { Problems } from './problems.js';

export interface TextRule {
  /** Characters. */
  max: number;
  isRequired?: boolean;
}

/** Only spaces and signs that nobody sees. */
const BLANK = /^[\s\p{Z}\p{Cf}]*$/u;

/**
 * Adds what is wrong with the length of a text. An absent one is fine unless it is required. Control characters and the
 * bound of every input are checked before (graphql/bounds.ts).
 */
export function checkText(
  problems: Problems,
  text: string | null | undefined,
  path: (string | number)[],
  { max, isRequired = false }: TextRule,
): void {
  const value = text ?? '';
  if (isRequired && BLANK.test(value)) problems.add('REQUIRED', path, 'This must not be empty or blank.');
  else if (value.length > max) problems.add('TOO_LONG', path, `This has at most ${max} characters.`);
}

/** A name as it is compared, ordered and searched: without regard to case. */
export const nameKeyOf = (name: string): string => name.normalize('NFC').toLowerCase();

/** Pattern for `like` that finds the text itself; `\` is the escape character. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** Text as it is stored: Unicode form C, no outer spaces; null when nothing is left. */
export function tidy(text: string | null | undefined): string | null {
  const value = text?.normalize('NFC').trim() ?? '';
  return value === '' ? null : value;
}
