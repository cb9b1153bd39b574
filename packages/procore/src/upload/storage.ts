import { transferDelayMs, wayOf, type Fetch } from '@sluice/core/http';
import { PlatformError } from '@sluice/core/platform';
import { sentenceOf } from '../errors.js';
import type { Waits } from '../api/waits.js';
import { SILENCE_TIMEOUT_MS, Watchdog } from '../api/waits.js';
import { retried } from '../api/retry.js';

/** Times that bytes are sent while storage breaks off or fails. */
const TRANSFER_TRIES = 4;

export interface StorageRequest {
  method: 'POST' | 'PUT';
  url: string;
  /** With the exact `content-length`. */
  headers: Record<string, string>;
  /** Bytes of the body, anew for each try. */
  body(): AsyncIterable<Uint8Array>;
}

/** The upload is expired or spoilt: only a new one helps. */
export class StaleUploadError extends PlatformError {
  constructor(message: string, remoteStatus?: string) {
    super('PLATFORM_ERROR', message, { remoteStatus });
  }
}

/** Transfers to object storage: not counted, and never with a token. */
export class Storage {
  constructor(
    private readonly fetch: Fetch,
    private readonly waits: Waits,
  ) {}

  /** Sends until storage took it and returns its reply. Throws `StaleUploadError`, what the content throws, `UNREACHABLE` or `PLATFORM_ERROR`. */
  send(request: StorageRequest, signal: AbortSignal): Promise<Headers> {
    const retry = {
      waits: this.waits,
      signal,
      attempts: TRANSFER_TRIES,
      isRepeatable: (error: unknown) => error instanceof TransferError,
      delayMs: transferDelayMs,
    };
    return retried(retry, () => this.sendOnce(request, signal));
  }

  private async sendOnce(request: StorageRequest, signal: AbortSignal): Promise<Headers> {
    const watchdog = new Watchdog(this.waits.clock, SILENCE_TIMEOUT_MS, signal);
    const body = new WatchedBody(request.body(), watchdog);
    try {
      const { url, method, headers } = request;
      const init = { method, headers, body, duplex: 'half', redirect: 'manual', signal: watchdog.signal } as const;
      const response = await this.fetch(url, init);
      const text = await response.text().catch(() => '');
      if ([200, 201, 204].includes(response.status)) return response.headers;
      throw failure(response.status, text);
    } catch (error) {
      if (body.failure) throw body.failure;
      if (error instanceof PlatformError) throw error;
      throw new TransferError('UNREACHABLE', `The storage of Procore broke the transfer off${wayOf(error)}.`);
    } finally {
      watchdog.stop();
    }
  }
}

/** The transfer failed and may be repeated as it is. */
class TransferError extends PlatformError {}

function failure(status: number, text: string): PlatformError {
  const remoteStatus = String(status);
  const message = `The storage of Procore refused the bytes: ${sentenceOf(status, /^\s*</.test(text) ? '' : text)}`;
  if (status === 413) return new PlatformError('FILE_TOO_LARGE', message, { remoteStatus });
  if (status >= 500 || status === 408 || status === 429)
    return new TransferError('PLATFORM_ERROR', message, { remoteStatus });
  return new StaleUploadError(message, remoteStatus);
}

/** Remembers why the bytes ended early: `fetch` itself tells only that it failed. */
class WatchedBody implements AsyncIterable<Uint8Array> {
  failure: PlatformError | null = null;

  constructor(
    private readonly bytes: AsyncIterable<Uint8Array>,
    private readonly watchdog: Watchdog,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      this.watchdog.rest();
      for await (const chunk of this.bytes) {
        this.watchdog.moved();
        yield chunk;
        this.watchdog.rest();
      }
      this.watchdog.moved();
    } catch (error) {
      this.failure = error instanceof PlatformError ? error : null;
      throw error;
    }
  }
}
