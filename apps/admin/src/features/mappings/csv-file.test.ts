import { expect, it } from 'vitest';
import { readCsvFile } from './csv-file.js';

const file = (...bytes: (string | number[])[]) =>
  new Blob(bytes.map((part) => (typeof part === 'string' ? part : new Uint8Array(part))));

it.each<[string, Blob, Awaited<ReturnType<typeof readCsvFile>>]>([
  ['UTF-8', file('ä,ö\n'), { text: 'ä,ö\n' }],
  ['a byte order mark', file([0xef, 0xbb, 0xbf], 'a,b'), { text: 'a,b' }],
  ['Latin-1', file([0xe4], ',b'), { problem: 'notText' }],
  ['UTF-16', file([0xff, 0xfe, 0x61, 0x00]), { problem: 'notText' }],
  ['exactly 1 MiB', file('x'.repeat(2 ** 20)), { text: 'x'.repeat(2 ** 20) }],
  ['more than 1 MiB', file('x'.repeat(2 ** 20 + 1)), { problem: 'tooLarge' }],
])('reads a file of %s', async (_, blob, read) => {
  expect(await readCsvFile(blob)).toEqual(read);
});
