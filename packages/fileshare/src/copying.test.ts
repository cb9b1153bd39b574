import { appendFile, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Content, Item } from '@sluice/core/platform';
import { CHUNK_BYTES } from './disk/read.js';
import { failureOf, ShareFixture } from './testing/share-fixture.js';

let from: ShareFixture;
let to: ShareFixture;
beforeEach(async () => {
  from = await ShareFixture.create();
  to = await ShareFixture.create();
});
afterEach(async () => {
  await from.dispose();
  await to.dispose();
});

/** The bytes of an item, with something happening to the file after its first chunk. */
function bytesOf(item: Item, meanwhile: () => Promise<void>, sizes: number[] = []): Content {
  return {
    size: item.size ?? 0,
    async *read() {
      for await (const chunk of from.source.open(item, from.call())) {
        yield chunk;
        if (sizes.push(chunk.length) === 1) await meanwhile();
      }
    },
  };
}

async function copy(name: string, meanwhile = async () => {}, sizes?: number[]): Promise<void> {
  const content = bytesOf(await from.item(name), meanwhile, sizes);
  const replaces = await to.platform.find({ path: [name] }, to.call());
  const request = { parent: await to.item(''), name, content, modifiedAt: new Date(0) };
  await to.destination.write(replaces ? { ...request, replaces } : request, to.call());
}

const pattern = (size: number) => Buffer.from(Array.from({ length: size }, (_, at) => (at * 7 + (at >> 9)) & 255));

describe('a file that is cut, grown, replaced, removed or rewritten in place while it is copied', () => {
  const SIZE_BYTES = 3 * CHUNK_BYTES;
  const path = () => from.root('plan.bin');
  const changes: [string, () => Promise<void>, boolean][] = [
    ['cut', () => truncate(path(), CHUNK_BYTES + 1), true],
    ['grown', () => appendFile(path(), 'more'), true],
    [
      'replaced',
      async () => {
        await writeFile(from.root('new.tmp'), 'another');
        await rename(from.root('new.tmp'), path());
      },
      true,
    ],
    ['removed', () => rm(path()), false],
    ['rewritten in place', () => writeFile(path(), Buffer.alloc(SIZE_BYTES, 1)), true],
  ];

  test.each(changes)('%s: no wrong byte, nothing left over, and the next copy is exact', async (_, change, remains) => {
    for (const earlier of [null, Buffer.from('the version before')]) {
      await writeFile(path(), pattern(SIZE_BYTES));
      if (earlier) await writeFile(to.root('plan.bin'), earlier);
      else await rm(to.root('plan.bin'), { force: true });
      expect((await failureOf(copy('plan.bin', change))).kind).toBe('CHANGED_DURING_READ');
      expect(await to.onDisk()).toEqual(earlier ? ['plan.bin'] : []);
      if (earlier) expect((await readFile(to.root('plan.bin'))).equals(earlier)).toBe(true);
      if (!remains) continue;
      await copy('plan.bin');
      expect((await readFile(to.root('plan.bin'))).equals(await readFile(path()))).toBe(true);
    }
  });
});

describe('the borders of a read chunk', () => {
  test.each([
    ['0 bytes', 0, []],
    ['one byte', 1, [1]],
    ['one byte less than a chunk', CHUNK_BYTES - 1, [CHUNK_BYTES - 1]],
    ['exactly one chunk', CHUNK_BYTES, [CHUNK_BYTES]],
    ['one byte more than a chunk', CHUNK_BYTES + 1, [CHUNK_BYTES, 1]],
    ['exactly three chunks', 3 * CHUNK_BYTES, [CHUNK_BYTES, CHUNK_BYTES, CHUNK_BYTES]],
  ])('%s arrive whole', async (_, size, expected) => {
    await writeFile(from.root('a.bin'), pattern(size));
    const sizes: number[] = [];
    await copy('a.bin', undefined, sizes);
    expect(sizes).toEqual(expected);
    expect((await readFile(to.root('a.bin'))).equals(pattern(size))).toBe(true);
    expect((await to.item('a.bin')).size).toBe(size);
  });

  test('a sparse file of 64 MiB and one byte arrives whole', async () => {
    const size = 64 * 1024 * 1024 + 1;
    await writeFile(from.root('sparse.bin'), 'start');
    await truncate(from.root('sparse.bin'), size - 1);
    await appendFile(from.root('sparse.bin'), 'x');
    await copy('sparse.bin');
    expect((await to.item('sparse.bin')).size).toBe(size);
    expect((await readFile(to.root('sparse.bin'))).equals(await readFile(from.root('sparse.bin')))).toBe(true);
  });
});
