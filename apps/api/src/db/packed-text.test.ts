import { expect, it } from 'vitest';
import { packText, unpackText } from './packed-text.js';

it.each([
  ['', 0],
  ['7', 1],
  ['70', 1],
  ['i2334729-1795755237141013929', 14],
  ['1795755237145013930-4096-2334730', 16],
  ['2026-11-27T10:00:00Z', 10],
  ['0', 1],
  ['00', 1],
  ['ZZ', 1],
])('%j takes %i bytes, and is the same again', (text, length) => {
  expect(packText(text)).toHaveLength(length);
  expect(unpackText(packText(text))).toBe(text);
});

it.each(['d012/file.bin', 'ü', '日本 🙂', '12ab', '1a', 'a', '\u007f', 'ÿ1', '"e3b0"', '1.5'])(
  '%j is kept as it is, with one byte before it',
  (text) => {
    expect(packText(text)).toHaveLength(Buffer.byteLength(text) + 1);
    expect(unpackText(packText(text))).toBe(text);
  },
);

it('gives different texts different bytes', () => {
  const texts = ['', '1', '10', '1-', '-1', 'i', 'ii', 'Z', 'ZZ', 'ZZZ', 'f', 'ff', '\u00ff'];
  expect(new Set(texts.map((text) => packText(text).toString('hex'))).size).toBe(texts.length);
});
