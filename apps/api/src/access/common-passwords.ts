import { createRequire } from 'node:module';

/** What a password may be about although everybody would guess it first. */
const OWN_WORDS = ['sluice', 'procore'];
const ROWS = ['0123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
/** A piece of so many characters is short enough to be guessed with all of its repetitions. */
const SHORT_PIECE_CHARACTERS = 4;

let listed: ReadonlySet<string> | undefined;

/** The most frequent passwords of those that were published; read when the first password is chosen. */
function commonPasswords(): ReadonlySet<string> {
  const load = createRequire(import.meta.url);
  const { dictionary } = load('@zxcvbn-ts/language-common') as { dictionary: { passwords: string[] } };
  return (listed ??= new Set(dictionary.passwords));
}

/**
 * Whether others would guess the password soon: a frequent one, one of the person's own words, digits or signs around
 * either, a short piece that is repeated, or a row of the keyboard, the alphabet or the digits. Which kinds of characters
 * it has does not matter.
 */
export function isCommonPassword(password: string, ownWords: readonly string[] = []): boolean {
  const text = password.normalize('NFC').toLowerCase();
  const piece = repeatedPiece(text);
  if (piece.length <= SHORT_PIECE_CHARACTERS) return true;
  const core = piece.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const words = new Set([...OWN_WORDS, ...ownWords.map((word) => word.normalize('NFC').toLowerCase())]);
  return [text, piece, core].some((each) => words.has(each) || commonPasswords().has(each) || isRow(each));
}

/** The shortest text of which the whole is a repetition. */
function repeatedPiece(text: string): string {
  const period = (text + text).indexOf(text, 1);
  return text.slice(0, period);
}

/** Whether the text goes along a row, forwards or backwards, and perhaps begins it again. */
function isRow(text: string): boolean {
  return ROWS.some((row) => {
    const forwards = row.repeat(Math.ceil(text.length / row.length) + 1);
    return text !== '' && (forwards.includes(text) || [...forwards].reverse().join('').includes(text));
  });
}
