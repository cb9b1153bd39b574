import { createHash } from 'node:crypto';
import { PlatformError, type ByteRange, type Content } from '../platform/index.js';

/**
 * A source's bytes on their way: counts them against the listed size, hashes every complete reading, and refuses a second
 * reading that gives other bytes than the first.
 */
export class HashedContent implements Content {
  /** SHA-256 in hex of a complete reading, null before one. */
  sha256: string | null = null;

  constructor(
    readonly size: number,
    private readonly open: (range?: ByteRange) => AsyncIterable<Uint8Array>,
    private readonly onProgress: (bytesDone: number) => void,
    /** Told of the SHA-256 after the first reading, before the reader learns that it is at the end. */
    private readonly onHashed: (sha256: string) => Promise<void> = async () => {},
  ) {}

  read(range?: ByteRange): AsyncIterable<Uint8Array> {
    return range ? this.open(range) : this.readWhole();
  }

  /** SHA-256 in hex of a complete reading of which nobody needs the bytes. */
  async hash(): Promise<string> {
    const reading = this.readWhole();
    while (!(await reading.next()).done);
    return this.sha256!;
  }

  private async *readWhole(): AsyncGenerator<Uint8Array, void> {
    const hash = createHash('sha256');
    let count = 0;
    for await (const chunk of this.open()) {
      count += chunk.byteLength;
      if (count > this.size)
        throw new PlatformError(
          'CHANGED_DURING_READ',
          `The file is longer than the ${this.size} bytes that were listed.`,
        );
      hash.update(chunk);
      this.onProgress(count);
      yield chunk;
    }
    if (count < this.size)
      throw new PlatformError('CONTENT_INCOMPLETE', `The content ended after ${count} of ${this.size} bytes.`);
    await this.remember(hash.digest('hex'));
  }

  private async remember(sha256: string): Promise<void> {
    if (this.sha256 !== null && this.sha256 !== sha256)
      throw new PlatformError('CHANGED_DURING_READ', 'The file changed between two readings.');
    if (this.sha256 === null) await this.onHashed((this.sha256 = sha256));
  }
}

/** SHA-256 in hex of a stream. */
export async function hashOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest('hex');
}
