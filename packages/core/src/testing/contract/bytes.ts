import { createHash } from 'node:crypto';
import { PlatformError } from '../../platform/index.js';
import type { Content } from '../../platform/index.js';

const CHUNK_BYTES = 64 * 1024;

/** Bytes without a pattern, always the same for a seed. */
export function sampleBytes(size: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(size);
  let state = (seed * 2_654_435_761) | 1;
  for (let index = 0; index < size; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[index] = state;
  }
  return bytes;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function contentOf(bytes: Uint8Array): Content {
  return {
    size: bytes.length,
    async *read(range = { start: 0 }) {
      const end = range.end ?? bytes.length;
      for (let start = range.start; start < end; start += CHUNK_BYTES) {
        yield bytes.subarray(start, Math.min(start + CHUNK_BYTES, end));
      }
    },
  };
}

/** Content that says one size and yields another number of bytes. */
export function contentThatLies(size: number, bytes: Uint8Array): Content {
  return { size, read: (range) => contentOf(bytes).read(range) };
}

/** Content that yields half of its bytes, then calls `interrupt`, then goes on. */
export function interruptedContent(bytes: Uint8Array, interrupt: () => void): Content {
  const half = Math.floor(bytes.length / 2);
  return {
    size: bytes.length,
    async *read(range = { start: 0 }) {
      const end = range.end ?? bytes.length;
      const pause = Math.min(Math.max(half, range.start), end);
      yield* contentOf(bytes).read({ start: range.start, end: pause });
      interrupt();
      yield* contentOf(bytes).read({ start: pause, end });
    },
  };
}

export async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

/** What the work gives, or the PlatformError with which it fails; any other error is a failure of the test. */
export async function outcomeOf<T>(work: Promise<T>): Promise<T | PlatformError> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof PlatformError) return cause;
    throw new Error('Expected a PlatformError, got another error.', { cause });
  }
}

/** The PlatformError with which the work fails; succeeding is a failure of the test. */
export async function failureOf(work: Promise<unknown>): Promise<PlatformError> {
  const outcome = await outcomeOf(work);
  if (outcome instanceof PlatformError) return outcome;
  throw new Error('Expected a PlatformError, but it succeeded.');
}
