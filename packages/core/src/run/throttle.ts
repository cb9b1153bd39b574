import type { Clock } from '../http/index.js';

/** Waits are cut into such parts, so that another limit is obeyed within one of them. */
const LONGEST_WAIT_MS = 500;
/** Bytes go on in parts that take about this long. */
const PART_MS = 250;

/** Holds the bytes of all transfers of a run back to so many a second, whatever else they wait for. */
export class Throttle {
  /** Whether bytes go by that it does not see, since there was no limit when their transfers began. */
  isBypassed = false;
  /** Whether there is any limit, be it open now or later. */
  isSet = false;
  private bytesPerSecond: number | null = null;
  /** Monotonic time at which what has passed so far has had its time. */
  private freeAt = 0;

  constructor(private readonly clock: Pick<Clock, 'monotonic' | 'sleep'>) {}

  /** Obeyed by what is under way as well. */
  limit(bytesPerSecond: number | null, isSet: boolean): void {
    this.isSet = isSet;
    if (bytesPerSecond === this.bytesPerSecond) return;
    const now = this.clock.monotonic();
    const owed = Math.max(0, this.freeAt - now) * ((this.bytesPerSecond ?? 0) / (bytesPerSecond ?? Infinity));
    this.freeAt = now + owed;
    this.bytesPerSecond = bytesPerSecond;
  }

  async *paced(bytes: AsyncIterable<Uint8Array>, signal?: AbortSignal): AsyncIterable<Uint8Array> {
    for await (const chunk of bytes) {
      for (let from = 0; from < chunk.byteLength;) {
        await this.turn(signal);
        const part = chunk.subarray(from, from + this.partBytes(chunk.byteLength));
        this.pass(part.byteLength);
        from += part.byteLength;
        yield part;
      }
    }
  }

  private async turn(signal?: AbortSignal): Promise<void> {
    for (;;) {
      const wait = this.bytesPerSecond === null ? 0 : this.freeAt - this.clock.monotonic();
      if (wait <= 0) return;
      await this.clock.sleep(Math.min(wait, LONGEST_WAIT_MS), signal);
    }
  }

  private partBytes(most: number): number {
    return this.bytesPerSecond === null ? most : Math.max(1, Math.floor((this.bytesPerSecond * PART_MS) / 1000));
  }

  private pass(bytes: number): void {
    if (this.bytesPerSecond === null) return;
    this.freeAt = Math.max(this.freeAt, this.clock.monotonic()) + (bytes / this.bytesPerSecond) * 1000;
  }
}

/** A reading of content at the pace that the run may have. */
export const paced = (
  { throttle }: { throttle?: Throttle },
  bytes: AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): AsyncIterable<Uint8Array> => throttle?.paced(bytes, signal) ?? bytes;
