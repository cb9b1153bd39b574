/*
 * Identifiers and versions that platforms tell are mostly numbers with a few signs between them. As bytes they take half of
 * their length; texts of other characters are kept as they are. Equal texts have equal bytes, so they are found by them.
 * The migration that packs what former releases wrote does the same in SQL.
 */

/** The characters of packed texts; each takes four bits. The sixteenth value fills the last byte. */
const CHARACTERS = '0123456789-i:TZ';
const FILLER = 0xf;
/** Before the UTF-8 bytes of a text with other characters; no packed text begins with it. */
const PLAIN = 0xff;

const VALUES = new Int8Array(128).fill(-1);
for (const [value, character] of [...CHARACTERS].entries()) VALUES[character.charCodeAt(0)] = value;

export function packText(text: string): Buffer {
  const bytes = Buffer.allocUnsafe((text.length + 1) >> 1);
  for (let index = 0; index < text.length; index += 2) {
    const first = valueAt(text, index);
    const second = index + 1 < text.length ? valueAt(text, index + 1) : FILLER;
    if (first < 0 || second < 0) return Buffer.concat([Buffer.of(PLAIN), Buffer.from(text)]);
    bytes[index >> 1] = (first << 4) | second;
  }
  return bytes;
}

function valueAt(text: string, index: number): number {
  return VALUES[text.charCodeAt(index)] ?? -1;
}

export function unpackText(bytes: Uint8Array): string {
  return unpackHex(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex'));
}

/** From the bytes as hexadecimal digits in lower case, which a database gives at a fraction of the cost of bytes. */
export function unpackHex(digits: string): string {
  if (digits.startsWith(PLAIN_DIGITS)) return Buffer.from(digits.slice(PLAIN_DIGITS.length), 'hex').toString();
  const codes: number[] = [];
  const end = digits.endsWith(FILLER_DIGIT) ? digits.length - 1 : digits.length;
  for (let index = 0; index < end; index++) codes.push(CODES[digits.charCodeAt(index)]!);
  return String.fromCharCode(...codes);
}

const PLAIN_DIGITS = PLAIN.toString(16);
const FILLER_DIGIT = FILLER.toString(16);
/** Of the character that a digit stands for, by the code of the digit. */
const CODES = new Uint8Array(128);
for (const [value, character] of [...CHARACTERS].entries())
  CODES[value.toString(16).charCodeAt(0)] = character.charCodeAt(0);
