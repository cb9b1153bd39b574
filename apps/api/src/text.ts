import type { Problems } from './problems.js';

export interface TextRule {
  /** Characters; 1,000 unless told. */
  max?: number;
  isRequired?: boolean;
}

const CONTROL = /[\p{Cc}\p{Cs}]/u;

/** Whether a text is what the API takes; adds what is wrong with it. An absent one is fine unless it is required. */
export function checkText(
  problems: Problems,
  text: string | null | undefined,
  path: (string | number)[],
  { max = 1_000, isRequired = false }: TextRule = {},
): void {
  const value = text ?? '';
  if (isRequired && value.trim() === '') problems.add('REQUIRED', path, 'This must not be empty.');
  else if (value.length > max) problems.add('TOO_LONG', path, `This has at most ${max} characters.`);
  else if (CONTROL.test(value)) problems.add('INVALID', path, 'This must not contain control characters.');
}

/** Text as it is stored: Unicode form C, no outer spaces; null when nothing is left. */
export function tidy(text: string | null | undefined): string | null {
  const value = text?.normalize('NFC').trim() ?? '';
  return value === '' ? null : value;
}
