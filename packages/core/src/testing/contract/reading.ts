import { expect } from 'vitest';
import type { ByteRange, Item } from '../../platform/index.js';
import type { Bench, Promises } from './bench.js';
import { collect, failureOf, outcomeOf, sampleBytes, sha256 } from './bytes.js';

const LARGE_BYTES = 3 * 1024 * 1024 + 17;

async function opened(bench: Bench, path: string, range?: ByteRange): Promise<Uint8Array> {
  return collect(bench.source.open(await bench.existing(path), bench.call(), range));
}

export function readingPromises(promise: Promises): void {
  promise('opens a file of several megabytes with equal bytes', ['source', 'seed'], async (bench) => {
    const bytes = sampleBytes(LARGE_BYTES);
    await bench.seed({ path: 'large.bin', bytes });
    expect(sha256(await opened(bench, 'large.bin'))).toBe(sha256(bytes));
  });

  promise('opens half-open ranges', ['source', 'seed'], async (bench) => {
    const bytes = sampleBytes(200_000);
    await bench.seed({ path: 'file.bin', bytes });
    const ranges: ByteRange[] = [
      { start: 0, end: 1 },
      { start: 0, end: 200_000 },
      { start: 70_000, end: 140_001 },
      { start: 199_999 },
      { start: 65_536, end: 65_537 },
    ];
    for (const range of ranges) {
      const part = await opened(bench, 'file.bin', range);
      expect(sha256(part), JSON.stringify(range)).toBe(sha256(bytes.subarray(range.start, range.end)));
    }
  });

  promise('opens ranges of one file at the same time', ['source', 'seed'], async (bench) => {
    const bytes = sampleBytes(300_000, 3);
    await bench.seed({ path: 'file.bin', bytes });
    const starts = [0, 100_000, 200_000];
    const parts = await Promise.all(starts.map((start) => opened(bench, 'file.bin', { start, end: start + 100_000 })));
    expect(sha256(Buffer.concat(parts))).toBe(sha256(bytes));
  });

  promise(
    'throws CHANGED_DURING_READ when the file is no longer the listed version',
    ['source', 'seed'],
    async (bench) => {
      await bench.seed({ path: 'file.txt', bytes: 'as listed' });
      const listed = await bench.existing('file.txt');
      await bench.seed({ path: 'file.txt', bytes: 'and now something else' });
      const read = collect(bench.source.open(listed, bench.call()));
      expect((await failureOf(read)).kind).toBe('CHANGED_DURING_READ');
    },
  );

  promise('never mixes the bytes of two versions', ['source', 'seed'], async (bench) => {
    const bytes = sampleBytes(LARGE_BYTES, 5);
    await bench.seed({ path: 'large.bin', bytes });
    const outcome = await outcomeOf(readWhileChanging(bench, 'large.bin'));
    if (outcome instanceof Uint8Array) expect(sha256(outcome)).toBe(sha256(bytes));
    else expect(outcome.kind).toBe('CHANGED_DURING_READ');
  });

  promise('gives the former contents of a file where it keeps them', ['versions', 'destination'], async (bench) => {
    const contents = [1, 2, 3].map((seed) => sampleBytes(100 + seed, seed));
    let replaces: Item | undefined;
    for (const bytes of contents) replaces = (await bench.write('file.bin', bytes, { replaces })).item;
    const listed = (await bench.list()).find(({ kind }) => kind === 'FILE')!;
    expect(listed.formerVersions).toBe(2);
    const versions = await bench.source.versions!(listed, bench.call());
    expect(versions.map(({ size }) => size)).toEqual([101, 102, 103]);
    expect(versions.map(({ isFormer }) => isFormer ?? false)).toEqual([true, true, false]);
    expect(versions.at(-1)).toEqual(listed);
    for (const [index, version] of versions.entries())
      expect(await collect(bench.source.open(version, bench.call()))).toEqual(contents[index]);
  });

  promise('fails with a PlatformError for a file that is gone', ['source', 'remove', 'seed'], async (bench) => {
    await bench.seed({ path: 'file.txt', bytes: 'gone soon' });
    const listed = await bench.existing('file.txt');
    await bench.remove(listed);
    const error = await failureOf(collect(bench.source.open(listed, bench.call())));
    expect(['NOT_FOUND', 'CHANGED_DURING_READ']).toContain(error.kind);
  });
}

async function readWhileChanging(bench: Bench, path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bench.source.open(await bench.existing(path), bench.call())) {
    chunks.push(chunk);
    if (chunks.length === 1) await bench.seed({ path, bytes: sampleBytes(LARGE_BYTES, 6) });
  }
  return new Uint8Array(Buffer.concat(chunks));
}
