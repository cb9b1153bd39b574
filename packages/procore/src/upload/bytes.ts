import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { PlatformError } from '@sluice/core/platform';

export interface Expected {
  size: number;
  /** SHA-256 in hex, where it is known before. */
  sha256?: string | null;
  /** Told of all bytes in order, for a digest over several parts. */
  whole?: Hash;
}

/**
 * Passes bytes on and returns their SHA-256. The last chunk is held back until size and digest are right, so that a
 * receiver never gets a complete body of wrong bytes. Throws `CONTENT_INCOMPLETE` or `CHANGED_DURING_READ`.
 */
export async function* measured(
  bytes: AsyncIterable<Uint8Array>,
  expected: Expected,
): AsyncGenerator<Uint8Array, string> {
  const hash = createHash('sha256');
  let count = 0;
  let held: Uint8Array | null = null;
  for await (const chunk of readable(bytes)) {
    count += chunk.length;
    if (count > expected.size) throw new PlatformError('CHANGED_DURING_READ', 'The file has grown while it was read.');
    hash.update(chunk);
    expected.whole?.update(chunk);
    if (held) yield held;
    held = chunk;
  }
  if (count < expected.size)
    throw new PlatformError('CONTENT_INCOMPLETE', `Only ${count} of ${expected.size} bytes could be read.`);
  const sha256 = hash.digest('hex');
  if (expected.sha256 && expected.sha256 !== sha256)
    throw new PlatformError('CHANGED_DURING_READ', 'The file has changed while it was read.');
  if (held) yield held;
  return sha256;
}

/** A reader that fails in another way than the contract names has not given all bytes. */
async function* readable(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of bytes) if (chunk.length > 0) yield chunk;
  } catch (cause) {
    if (cause instanceof PlatformError) throw cause;
    throw new PlatformError('CONTENT_INCOMPLETE', 'The content could not be read to its end.', { cause });
  }
}

/** Reads to the end; SHA-256 in hex and size. */
export async function digest(bytes: AsyncIterable<Uint8Array>): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of readable(bytes)) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { sha256: hash.digest('hex'), size };
}
