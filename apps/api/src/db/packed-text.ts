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
  if (bytes[0] === PLAIN) return Buffer.from(bytes.subarray(1)).toString();
  let text = '';
  for (const byte of bytes) {
    text += CHARACTERS[byte >> 4];
    if ((byte & 0xf) !== FILLER) text += CHARACTERS[byte & 0xf];
  }
  return text;
}
