import { expect, it } from 'vitest';
import { PlatformError } from '../platform/index.js';
import { isReadingError, ofSource, readingOfSource } from './source-errors.js';

async function* failing(error: unknown): AsyncIterable<Uint8Array> {
  yield new Uint8Array([1, 2]);
  throw error;
}

/** What arrives of a source's bytes, and what is thrown at their end. */
async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<{ arrived: number[]; error: unknown }> {
  const arrived: number[] = [];
  try {
    for await (const chunk of bytes) arrived.push(...chunk);
  } catch (error) {
    return { arrived, error };
  }
  return { arrived, error: null };
}

it('bytes pass on as they are', async () => {
  async function* bytes() {
    yield new Uint8Array([1, 2]);
    yield new Uint8Array([3]);
  }
  expect(await readAll(readingOfSource(bytes()))).toEqual({ arrived: [1, 2, 3], error: null });
});

it('what a source throws is told from what a destination throws', async () => {
  const [atSource, atDestination] = [new PlatformError('LOCKED', 'There.'), new PlatformError('LOCKED', 'Here.')];
  const { arrived, error } = await readAll(readingOfSource(failing(atSource)));
  expect(arrived).toEqual([1, 2]);
  expect(error).toBe(atSource);
  expect(isReadingError(atSource)).toBe(true);
  expect(isReadingError(atDestination)).toBe(false);
});

it('a bug stays a bug, whoever reads', async () => {
  const bug = new TypeError('x is not a function');
  expect((await readAll(readingOfSource(failing(bug)))).error).toBe(bug);
  expect(isReadingError(bug)).toBe(false);
});

it('an error that is marked stays the one that it was', () => {
  const error = new PlatformError('NOT_FOUND', 'Gone.');
  expect(ofSource(error)).toBe(error);
  expect(isReadingError(error)).toBe(true);
});
