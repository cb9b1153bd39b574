import { discardBody } from '@sluice/core/http';
import { PlatformError } from '@sluice/core/platform';

/** Bytes looked at before any is passed on, where the reply does not tell its length. */
const PREVIEW_BYTES = 64 * 1024;

export interface Wanted {
  start: number;
  /** Null: to the end, wherever that is. */
  end: number | null;
  /** Of the whole file; null where it is not known. */
  size: number | null;
  /** Of what came before; the rest has to be of the same object. */
  etag: string | null;
}

/** One reply to a request for bytes: whether it is what was asked for, and the bytes themselves. */
export class ByteReply {
  /** Strong tag of the object; null where there is none. */
  readonly etag: string | null;
  private readonly isPartial: boolean;
  private readonly preview: Uint8Array[] = [];
  private reader: AsyncIterator<Uint8Array> | null = null;
  private isOver = false;

  constructor(
    private readonly response: Response,
    private readonly wanted: Wanted,
  ) {
    const etag = response.headers.get('etag');
    this.etag = etag?.startsWith('"') ? etag : null;
    this.isPartial = response.status === 206;
  }

  /** Why no byte of it may be used; then the body is let go. Null: `bytes` may be read. */
  async problem(): Promise<{ isChanged: boolean } | null> {
    const problem = await this.findProblem();
    if (problem) await this.letGo();
    return problem;
  }

  private async findProblem(): Promise<{ isChanged: boolean } | null> {
    const { status } = this.response;
    if (status !== 200 && status !== 206) return { isChanged: false };
    if (this.wanted.etag !== null && this.etag !== null && this.wanted.etag !== this.etag) return { isChanged: true };
    if (this.isPartial && !this.isWantedRange()) return { isChanged: false };
    return (await this.isWantedLength()) ? null : { isChanged: false };
  }

  private isWantedRange(): boolean {
    const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(this.response.headers.get('content-range') ?? '');
    if (!match || Number(match[1]) !== this.wanted.start) return false;
    return match[3] === '*' || this.wanted.size === null || Number(match[3]) === this.wanted.size;
  }

  /** An error page that comes as a success has another length than the file. */
  private async isWantedLength(): Promise<boolean> {
    const { size, start, end } = this.wanted;
    const expected = this.isPartial ? (end ?? size) && (end ?? size ?? 0) - start : size;
    if (expected === null) return true;
    const isPlain = ['', 'identity'].includes(this.response.headers.get('content-encoding') ?? '');
    const told = this.response.headers.get('content-length');
    if (isPlain && told !== null && /^\d+$/.test(told)) return Number(told) === expected;
    const seen = await this.look(Math.min(PREVIEW_BYTES, expected));
    return !this.isOver || seen === expected;
  }

  /** Reads ahead so far; returns the bytes seen. */
  private async look(least: number): Promise<number> {
    let seen = 0;
    while (seen <= least && !this.isOver) {
      const chunk = await this.next();
      if (!chunk) break;
      this.preview.push(chunk);
      seen += chunk.length;
    }
    return seen;
  }

  /** The bytes wanted, and only they; fewer when the transfer ends early. Throws when there are more than the file has. */
  async *bytes(): AsyncGenerator<Uint8Array> {
    const { start, end, size } = this.wanted;
    let position = this.isPartial ? start : 0;
    try {
      for (let chunk = await this.next(true); chunk; chunk = await this.next(true)) {
        const from = Math.min(chunk.length, Math.max(0, start - position));
        const to = end === null ? chunk.length : Math.min(chunk.length, end - position);
        position += chunk.length;
        if (size !== null && position > size)
          throw new PlatformError(
            'CHANGED_DURING_READ',
            'Procore sent more bytes than the file had when it was listed.',
          );
        if (from < to) yield chunk.subarray(from, to);
        if (end !== null && position >= end && end !== size) return;
      }
    } finally {
      await this.letGo();
    }
  }

  private async next(isFromPreview = false): Promise<Uint8Array | null> {
    const seen = isFromPreview ? this.preview.shift() : undefined;
    if (seen) return seen;
    if (this.isOver) return null;
    const body = this.response.body as AsyncIterable<Uint8Array> | null;
    this.reader ??= body ? body[Symbol.asyncIterator]() : null;
    const result = await this.reader?.next();
    if (result && !result.done) return result.value;
    this.isOver = true;
    return null;
  }

  private async letGo(): Promise<void> {
    if (this.reader) await this.reader.return?.().catch(() => undefined);
    else await discardBody(this.response);
  }
}
