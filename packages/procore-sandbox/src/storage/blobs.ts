import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { randomText } from '../ids.js';
import type { BlobPart, Bytes } from '../model/types.js';

/** The transfer has another size than was announced. */
export class SizeDiffers extends Error {}

/** Larger transfers go to disk at once. */
const MEMORY_PART_BYTES = 1024 * 1024;

/** Bytes by key, in memory while they are small and few, else in files. */
export class BlobStore {
  private readonly memory = new Map<string, Buffer>();
  private held = 0;
  private folder: Promise<string> | null = null;

  /** `dataDir` null: files are temporary and go with `close`. */
  constructor(
    private readonly dataDir: string | null,
    private readonly memoryBytes: number,
  ) {}

  /**
   * Stores a stream to its end. `expected` is its size if that is known, `atMost` a bound where only that is known.
   * A stream that fails, or a size that differs from the expected, leaves nothing behind and rejects.
   */
  async write(source: Readable, expected: number | null, atMost = expected): Promise<BlobPart> {
    const key = randomText(18);
    const meter = new Meter();
    const fits = atMost !== null && atMost <= MEMORY_PART_BYTES && this.held + atMost <= this.memoryBytes;
    try {
      if (this.dataDir === null && fits) await this.writeMemory(key, source, meter);
      else await this.writeFile(key, source, meter);
      if (expected !== null && meter.size !== expected) throw new SizeDiffers();
    } catch (error) {
      await this.remove([{ key }]);
      throw error;
    }
    return { key, ...meter.result() };
  }

  writeBuffer(content: Buffer): Promise<BlobPart> {
    return this.write(Readable.from([content]), content.length);
  }

  /** Bytes `start` to `end` (inclusive) of all parts in order. */
  read(bytes: Bytes, start: number, end: number): Readable {
    return Readable.from(this.chunks(bytes, start, end), { objectMode: false });
  }

  async readAll(bytes: Bytes): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.chunks(bytes, 0, Number.POSITIVE_INFINITY)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async sha256(bytes: Bytes): Promise<string> {
    const [only, ...others] = bytes;
    if (only && others.length === 0) return only.sha256;
    const hash = createHash('sha256');
    for await (const chunk of this.chunks(bytes, 0, Number.POSITIVE_INFINITY)) hash.update(chunk);
    return hash.digest('hex');
  }

  /** Puts bytes of which one bit is another in the place of these. */
  async flip(part: BlobPart): Promise<BlobPart> {
    const bytes = Buffer.from(await this.readAll([part]));
    const place = bytes.length >> 1;
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    await this.remove([part]);
    return this.writeBuffer(bytes);
  }

  async remove(parts: readonly { key: string }[]): Promise<void> {
    for (const { key } of parts) {
      this.held -= this.memory.get(key)?.length ?? 0;
      if (!this.memory.delete(key) && this.folder) await rm(join(await this.folder, key), { force: true });
    }
  }

  async close(): Promise<void> {
    this.memory.clear();
    if (this.folder && this.dataDir === null) await rm(await this.folder, { recursive: true, force: true });
  }

  private async *chunks(bytes: Bytes, start: number, end: number): AsyncGenerator<Buffer> {
    let offset = 0;
    for (const part of bytes) {
      const from = Math.max(0, start - offset);
      const to = Math.min(part.size, end + 1 - offset);
      if (from < to) yield* this.partChunks(part.key, from, to);
      offset += part.size;
    }
  }

  private async *partChunks(key: string, from: number, to: number): AsyncGenerator<Buffer> {
    const held = this.memory.get(key);
    if (held) yield held.subarray(from, to);
    else yield* createReadStream(join(await this.disk(), key), { start: from, end: to - 1 }) as AsyncIterable<Buffer>;
  }

  private async writeMemory(key: string, source: Readable, meter: Meter): Promise<void> {
    const chunks: Buffer[] = [];
    await pipeline(source, meter, async (stream: AsyncIterable<Buffer>) => {
      for await (const chunk of stream) chunks.push(chunk);
    });
    this.memory.set(key, Buffer.concat(chunks));
    this.held += meter.size;
  }

  private async writeFile(key: string, source: Readable, meter: Meter): Promise<void> {
    await pipeline(source, meter, createWriteStream(join(await this.disk(), key), { mode: 0o600 }));
  }

  private disk(): Promise<string> {
    this.folder ??= this.openFolder();
    return this.folder;
  }

  private async openFolder(): Promise<string> {
    if (this.dataDir === null) return mkdtemp(join(tmpdir(), 'procore-sandbox-'));
    const folder = join(this.dataDir, 'blobs');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }
}

/** Passes bytes on and keeps their size and digests. */
class Meter extends Transform {
  size = 0;
  private readonly sha256 = createHash('sha256');
  private readonly md5 = createHash('md5');

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
    this.size += chunk.length;
    this.sha256.update(chunk);
    this.md5.update(chunk);
    done(null, chunk);
  }

  result(): { size: number; sha256: string; md5: string } {
    return { size: this.size, sha256: this.sha256.digest('hex'), md5: this.md5.digest('hex') };
  }
}
