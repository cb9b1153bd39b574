import { expect } from 'vitest';
import type { Promises } from './bench.js';
import { collect, contentOf, failureOf, interruptedContent, outcomeOf, sampleBytes, sha256 } from './bytes.js';

const STOPPED = AbortSignal.abort();

export function abortingPromises(promise: Promises): void {
  promise('stops before it starts when the signal is raised: listing and finding', ['source'], async (bench) => {
    const call = bench.call({ signal: STOPPED });
    const listing = bench.source
      .list({ folder: { path: bench.path() } }, call)
      [Symbol.asyncIterator]()
      .next();
    expect((await failureOf(listing)).kind).toBe('ABORTED');
    expect((await failureOf(bench.platform.find({ path: bench.path() }, call))).kind).toBe('ABORTED');
  });

  promise('stops before it starts when the signal is raised: reading', ['source', 'seed'], async (bench) => {
    await bench.seed({ path: 'file.txt', bytes: 'x' });
    const file = await bench.existing('file.txt');
    const read = collect(bench.source.open(file, bench.call({ signal: STOPPED })));
    expect((await failureOf(read)).kind).toBe('ABORTED');
  });

  promise('stops before it starts when the signal is raised: writing', ['destination'], async (bench) => {
    const call = bench.call({ signal: STOPPED });
    const parent = await bench.root();
    const content = contentOf(sampleBytes(10));
    const write = bench.destination.write({ parent, name: 'file.txt', content }, call);
    expect((await failureOf(write)).kind).toBe('ABORTED');
    expect((await failureOf(bench.destination.ensureFolder({ parent, name: 'folder' }, call))).kind).toBe('ABORTED');
    expect([await bench.find('file.txt'), await bench.find('folder')]).toEqual([null, null]);
  });

  promise('ends a listing normally only when it saw everything', ['source', 'seed'], async (bench) => {
    const names = Array.from({ length: 60 }, (_, index) => `${index % 6}/${index}.txt`);
    await bench.seed(...names.map((path) => ({ path, bytes: path })));
    const stop = new AbortController();
    let seen = 0;
    const consume = async () => {
      for await (const _ of bench.source.list(
        { folder: { path: bench.path() } },
        bench.call({ signal: stop.signal }),
      )) {
        seen += 1;
        stop.abort();
      }
    };
    const error = await outcomeOf(consume());
    if (error) expect(error.kind).toBe('ABORTED');
    else expect(seen).toBe(66);
  });

  promise('stops reading with ABORTED', ['source', 'seed'], async (bench) => {
    await bench.seed({ path: 'large.bin', bytes: sampleBytes(6 * 1024 * 1024) });
    const file = await bench.existing('large.bin');
    const stop = new AbortController();
    const consume = async () => {
      for await (const _ of bench.source.open(file, bench.call({ signal: stop.signal }))) stop.abort();
    };
    expect((await failureOf(consume())).kind).toBe('ABORTED');
  });

  promise('stops writing with ABORTED and leaves nothing', ['destination'], async (bench) => {
    const stop = new AbortController();
    const content = interruptedContent(sampleBytes(6 * 1024 * 1024), () => stop.abort());
    const request = { parent: await bench.root(), name: 'large.bin', content };
    const write = bench.destination.write(request, bench.call({ signal: stop.signal }));
    expect((await failureOf(write)).kind).toBe('ABORTED');
    expect(await bench.find('large.bin')).toBeNull();
    expect(await bench.names()).toEqual([]);
  });

  promise('stops replacing with ABORTED and keeps the old version', ['destination', 'reading'], async (bench) => {
    const { item: replaces } = await bench.write('file.bin', sampleBytes(5000));
    const stop = new AbortController();
    const content = interruptedContent(sampleBytes(2 * 1024 * 1024, 2), () => stop.abort());
    const request = { parent: await bench.root(), name: 'file.bin', content, replaces };
    const write = bench.destination.write(request, bench.call({ signal: stop.signal }));
    expect((await failureOf(write)).kind).toBe('ABORTED');
    expect(sha256(await bench.read(await bench.existing('file.bin')))).toBe(sha256(sampleBytes(5000)));
  });
}
