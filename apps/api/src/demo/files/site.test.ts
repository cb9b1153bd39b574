import { inflateSync } from 'node:zlib';
import { procoreDescription } from '@sluice/procore';
import { describe, expect, it } from 'vitest';
import { siteFiles } from './site.js';

const files = siteFiles();
const named = (end: string) => files.filter((file) => file.path.at(-1)?.endsWith(end));
const first = (end: string): Buffer => named(end)[0]?.bytes() ?? Buffer.alloc(0);

describe('the demo site', () => {
  it('has about 300 files of less than 30 MB in all, none of them empty', () => {
    const sizes = files.map((file) => file.bytes().length);
    expect(files.length).toBeGreaterThan(250);
    expect(Math.min(...sizes)).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(30e6);
  });

  it('is the same at every call, with no path twice', () => {
    expect(first('.png').equals(first('.png'))).toBe(true);
    expect(new Set(files.map((file) => file.path.join('/'))).size).toBe(files.length);
  });

  it('has one file with a path that a share holds and Procore does not', () => {
    const tooLong = files.filter(({ path }) => path.join('/').length > procoreDescription.limits.maxPathLength!);
    expect(tooLong).toHaveLength(1);
    expect(Buffer.byteLength(tooLong[0]?.path.at(-1) ?? '')).toBeLessThan(256);
  });

  it('writes pictures whose rows inflate to their size', () => {
    const picture = first('.png');
    const [width, height] = [picture.readUInt32BE(16), picture.readUInt32BE(20)];
    const length = picture.readUInt32BE(33);
    expect(picture.toString('latin1', 37, 41)).toBe('IDAT');
    expect(inflateSync(picture.subarray(41, 41 + length)).length).toBe(height * (width * 3 + 1));
  });

  it('writes drawings whose cross-reference table points at their objects', () => {
    const text = first('.pdf').toString('latin1');
    const table = Number(/startxref\n(\d+)/.exec(text)?.[1]);
    expect(text.slice(table, table + 4)).toBe('xref');
    const offsets = [...text.slice(table).matchAll(/^(\d{10}) 00000 n/gm)].map((match) => Number(match[1]));
    expect(offsets.map((offset, index) => text.startsWith(`${index + 1} 0 obj`, offset))).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
  });

  it('writes office files as archives whose directory is where the end says', () => {
    for (const file of [first('.docx'), first('.xlsx')]) {
      const end = file.subarray(-22);
      const start = end.readUInt32LE(16);
      expect(file.toString('latin1', 0, 2)).toBe('PK');
      expect(file.subarray(start, start + 4)).toEqual(Buffer.from([0x50, 0x4b, 1, 2]));
      expect(start + end.readUInt32LE(12)).toBe(file.length - 22);
    }
  });
});
