import { describe, expect, it } from 'vitest';
import type { ByteRange } from '../platform/index.js';
import { HashedContent, hashOf } from './hashed-content.js';

/** SHA-256 of “some bytes”. */
const SHA_256 = '0d22cdcc10e6d049dbe1af5123d50873fdfc1a4f58306e58cb6241be9472014d';
const encoded = (text: string) => new TextEncoder().encode(text);

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield encoded(text);
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of bytes) text += new TextDecoder().decode(chunk);
  return text;
}

/** A file listed with that size, which gives these chunks at each of its readings, the last ones for all that follow. */
function fileOf(size: number, ...readings: string[][]) {
  const told = { progress: [] as number[], hashes: [] as string[], ranges: [] as (ByteRange | undefined)[] };
  const open = (range?: ByteRange) => {
    told.ranges.push(range);
    return chunks(...((readings.length > 1 ? readings.shift() : readings[0]) ?? []));
  };
  const onHashed = async (sha256: string) => void told.hashes.push(sha256);
  const content = new HashedContent(size, open, (bytes) => told.progress.push(bytes), onHashed);
  return { content, told };
}

describe('a complete reading', () => {
  it('gives the bytes, tells how far it is, and leaves the checksum', async () => {
    const { content, told } = fileOf(10, ['some ', 'bytes']);
    expect(content.sha256).toBeNull();
    expect(await textOf(content.read())).toBe('some bytes');
    expect(told).toEqual({ progress: [5, 10], hashes: [SHA_256], ranges: [undefined] });
    expect(content.sha256).toBe(SHA_256);
  });

  it('whose bytes nobody needs gives the checksum too', async () => {
    expect(await fileOf(10, ['some ', 'bytes']).content.hash()).toBe(SHA_256);
  });

  it('that is made once more is told once', async () => {
    const { content, told } = fileOf(10, ['some ', 'bytes']);
    expect([await content.hash(), await content.hash()]).toEqual([SHA_256, SHA_256]);
    expect(told.hashes).toEqual([SHA_256]);
  });

  it('is awaited where its checksum is written down, before the reader learns of the end', async () => {
    const order: string[] = [];
    const onHashed = async () => {
      await Promise.resolve();
      order.push('written down');
    };
    const content = new HashedContent(
      4,
      () => chunks('text'),
      () => {},
      onHashed,
    );
    for await (const _ of content.read()) order.push('read');
    order.push('at the end');
    expect(order).toEqual(['read', 'written down', 'at the end']);
  });

  it('needs nobody who is told of its checksum', async () => {
    const content = new HashedContent(
      10,
      () => chunks('some bytes'),
      () => {},
    );
    expect(await content.hash()).toBe(SHA_256);
  });
});

describe('a reading of a part', () => {
  it('asks for that part, counts nothing and leaves no checksum', async () => {
    const { content, told } = fileOf(10, ['ome']);
    const range = { start: 1, end: 4 };
    expect(await textOf(content.read(range))).toBe('ome');
    expect(told).toEqual({ progress: [], hashes: [], ranges: [range] });
    expect(content.sha256).toBeNull();
  });
});

describe('a file that is not as it was listed', () => {
  it('is refused as soon as it is longer, before those bytes pass on', async () => {
    const { content, told } = fileOf(7, ['some ', 'bytes']);
    await expect(content.hash()).rejects.toMatchObject({
      kind: 'CHANGED_DURING_READ',
      message: 'The file is longer than the 7 bytes that were listed.',
    });
    expect(told).toMatchObject({ progress: [5], hashes: [] });
  });

  it('is refused at its end where it is shorter', async () => {
    await expect(fileOf(12, ['some ', 'bytes']).content.hash()).rejects.toMatchObject({
      kind: 'CONTENT_INCOMPLETE',
      message: 'The content ended after 10 of 12 bytes.',
    });
  });

  it('is refused where a second reading gives other bytes than the first', async () => {
    const { content } = fileOf(10, ['some bytes'], ['SOME BYTES']);
    await content.hash();
    await expect(content.hash()).rejects.toMatchObject({
      kind: 'CHANGED_DURING_READ',
      message: 'The file changed between two readings.',
    });
    expect(content.sha256).toBe(SHA_256);
  });
});

it('the checksum of a stream is that of all its chunks', async () => {
  expect(await hashOf(chunks('some ', 'bytes'))).toBe(SHA_256);
});
