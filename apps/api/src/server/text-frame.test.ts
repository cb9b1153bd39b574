import { expect, it } from 'vitest';
import { textFrame } from './text-frame.js';

it.each([
  [0, '8100'],
  [125, '817d'],
  [126, '817e007e'],
  [65_535, '817effff'],
  [65_536, '817f0000000000010000'],
])('a text of %i bytes begins with %s, and follows whole', (length, head) => {
  const text = 'x'.repeat(length);
  const frame = textFrame(text);
  expect(frame.subarray(0, head.length / 2).toString('hex')).toBe(head);
  expect(frame.subarray(head.length / 2).toString()).toBe(text);
});

it('a length is counted in bytes', () => {
  const text = '“Ä€😀”';
  expect([...textFrame(text)]).toEqual([0x81, Buffer.byteLength(text), ...Buffer.from(text)]);
});
