/*
 * download/ reads the bytes of a version: links are followed by hand so that the token stays with Procore (links.ts), each
 * reply is doubted before a byte is passed on (byte-reply.ts), and a transfer that breaks off goes on where it ended.
 */
import {
  parseRetryAfter,
  transferDelayMs,
  wayOf,
  type Authorization,
  type Budget,
  type Fetch,
} from '@sluice/core/http';
import { PlatformError } from '@sluice/core/platform';
import type { ByteRange, Call, Item, PlatformErrorKind } from '@sluice/core/platform';
import { versionKey } from '../api/adapter.js';
import type { Version } from '../api/adapter.js';
import { LinkFollower } from './links.js';
import { GONE } from '../api/session.js';
import type { Project } from '../listing/project.js';
import { ByteReply } from './byte-reply.js';
import { pause, SILENCE_TIMEOUT_MS, throwIfAborted, Watchdog } from '../api/waits.js';

/** Failures in a row, without a byte of progress, before a download is given up. */
const DOWNLOAD_TRIES = 5;
/** Of a longer `Retry-After` of storage no more is waited for. */
const LONGEST_RETRY_AFTER_MS = 300_000;

export interface DownloadOptions {
  fetch: Fetch;
  authorization: Authorization;
  budget: Budget;
  apiUrl: URL;
  companyId: string | null;
}

/** What the next request asks for. */
interface Progress {
  item: Item;
  offset: number;
  end: number | null;
  etag: string | null;
  isRenewed: boolean;
  failures: number;
}

/** Bytes of file versions through their links; not counted, unless the API host itself serves them. */
export class Downloads {
  private readonly links: LinkFollower;

  constructor(
    private readonly project: Project,
    options: DownloadOptions,
  ) {
    this.links = new LinkFollower(project.session.hosts, options);
  }

  /**
   * Bytes of the version that was listed; goes on where a transfer broke off. Throws `CHANGED_DURING_READ`,
   * `CONTENT_INCOMPLETE`, `NOT_FOUND`, `ACCESS_DENIED`, `UNREACHABLE`, `PLATFORM_ERROR` or `ABORTED`.
   */
  async *open(item: Item, call: Call, range: ByteRange = { start: 0 }): AsyncGenerator<Uint8Array> {
    throwIfAborted(call.signal);
    this.assertCurrent(item);
    const known = item.handle === null || item.size === null ? await this.renewed(item, call) : item;
    if (known.handle !== null) this.project.session.hosts.trustLink(known.handle);
    const end = known.size === null ? (range.end ?? null) : Math.min(range.end ?? known.size, known.size);
    const progress: Progress = {
      item: known,
      offset: range.start,
      end,
      etag: null,
      isRenewed: known !== item,
      failures: 0,
    };
    while (progress.end === null || progress.offset < progress.end) {
      const before = progress.offset;
      const failure = yield* this.attempt(progress, call);
      if (failure === null) return;
      if (progress.offset > before) progress.failures = 0;
      await this.recover(progress, failure, call);
    }
  }

  /** The file with each of its contents up to the listed one, oldest first. Costs a call for each folder at most. */
  async versions(item: Item, call: Call): Promise<readonly Item[]> {
    throwIfAborted(call.signal);
    const all = await this.project.versions.of(item, call);
    const position = all.findIndex((version) => versionKey(version) === item.version);
    if (position < 0) throw changed();
    return [...all.slice(0, position).map((version) => formerItem(item, version)), item];
  }

  private assertCurrent(item: Item): void {
    if (item.isFormer) return;
    const written = this.project.session.written.get(item.id);
    if (written === GONE) throw new PlatformError('NOT_FOUND', 'The file has been removed from Procore.');
    if (typeof written === 'string' && item.version !== null && written !== item.version) throw changed();
  }

  /** Passes on what one request brings; returns why it ended early, or null at the end. */
  private async *attempt(progress: Progress, call: Call): AsyncGenerator<Uint8Array, Failure | null> {
    const watchdog = new Watchdog(this.project.session.waits.clock, SILENCE_TIMEOUT_MS, call.signal);
    try {
      const response = await this.links.get(
        progress.item.handle ?? '',
        requestHeaders(progress),
        call,
        watchdog.signal,
      );
      const reply = new ByteReply(response, {
        start: progress.offset,
        end: progress.end,
        size: progress.item.size,
        etag: progress.etag,
      });
      const problem = await reply.problem();
      if (problem) return problem.isChanged ? { error: changed() } : failureOf(response);
      progress.etag = reply.etag;
      for await (const chunk of reply.bytes()) {
        progress.offset += chunk.length;
        watchdog.rest();
        yield chunk;
        watchdog.moved();
      }
      return progress.end === null || progress.offset >= progress.end
        ? null
        : { isRepeatable: true, error: incomplete(progress) };
    } catch (error) {
      throwIfAborted(call.signal);
      if (error instanceof PlatformError && !watchdog.signal.aborted) return { error };
      return { isRepeatable: true, error: incomplete(progress, error) };
    } finally {
      watchdog.stop();
    }
  }

  private async recover(progress: Progress, failure: Failure, call: Call): Promise<void> {
    if (failure.isStale && !progress.isRenewed) {
      progress.item = await this.renewed(progress.item, call);
      progress.isRenewed = true;
      return;
    }
    progress.failures += 1;
    if (!failure.isRepeatable || progress.failures === DOWNLOAD_TRIES) throw failure.error;
    const { waits } = this.project.session;
    const askedMs = failure.headers ? parseRetryAfter(failure.headers, waits.clock.now()) : null;
    const delayMs =
      askedMs === null ? transferDelayMs(progress.failures, waits.random()) : Math.min(LONGEST_RETRY_AFTER_MS, askedMs);
    await pause(waits, delayMs, call.signal);
  }

  /** The item with a fresh link. Throws when it is gone or another version. */
  private async renewed(item: Item, call: Call): Promise<Item> {
    if (item.isFormer) return this.renewedFormer(item, call);
    const file = await this.project.finder.fileOf(item.id, call);
    if (!file || file.isRecycled) throw new PlatformError('NOT_FOUND', 'The file does not exist in Procore any more.');
    const { version } = file;
    if (!version?.url)
      throw new PlatformError('PLATFORM_ERROR', 'Procore has no content for the file yet.', { retry: 'later' });
    if (item.version !== null && versionKey(version) !== item.version) throw changed();
    return this.project.session.view(file, item.path);
  }

  private async renewedFormer(item: Item, call: Call): Promise<Item> {
    const all = await this.project.versions.ofFile(item.id, call);
    const version = all.find((one) => versionKey(one) === item.version);
    if (version?.url) return formerItem(item, version);
    throw new PlatformError('NOT_FOUND', 'Procore does not give that version of the file any more.');
  }
}

/** The file as it was with that content. */
function formerItem({ formerVersions: _count, ...item }: Item, version: Version): Item {
  const { size, createdAt, url, notes } = version;
  const { versionNotes: _newest, ...fields } = item.fields ?? {};
  return {
    ...item,
    fields: { ...fields, ...(notes ? { versionNotes: notes } : {}) },
    version: versionKey(version),
    size,
    modifiedAt: createdAt,
    handle: url,
    isFormer: true,
  };
}

interface Failure {
  error: PlatformError;
  /** The same request may succeed. */
  isRepeatable?: boolean;
  /** Another link may succeed. */
  isStale?: boolean;
  /** Of the reply, if one came that says when to come again. */
  headers?: Headers;
}

function requestHeaders({ offset, end, etag, item }: Progress): Record<string, string> {
  const isWhole = offset === 0 && (end === null || end === item.size);
  return {
    'accept-encoding': 'identity',
    ...(!isWhole && { range: `bytes=${offset}-${end === null ? '' : end - 1}` }),
    ...(!isWhole && etag && { 'if-range': etag }),
  };
}

/** What the statuses of a link that may have expired mean where a fresh one gets them too. */
const STALE: Readonly<Record<number, PlatformErrorKind>> = {
  400: 'REJECTED',
  401: 'ACCESS_DENIED',
  403: 'ACCESS_DENIED',
  404: 'NOT_FOUND',
  410: 'NOT_FOUND',
};

function failureOf({ status, headers }: Response): Failure {
  const facts = { remoteStatus: String(status) };
  const staleKind = STALE[status];
  if (staleKind)
    return {
      isStale: true,
      error: new PlatformError(staleKind, `Procore did not give the file’s bytes (status ${status}).`, facts),
    };
  const isRepeatable = status < 400 || status >= 500 || [408, 416, 425, 429].includes(status);
  const kind = status < 300 ? 'CONTENT_INCOMPLETE' : status < 500 && !isRepeatable ? 'REJECTED' : 'PLATFORM_ERROR';
  const error = new PlatformError(kind, `Procore did not give the file’s bytes as listed (status ${status}).`, facts);
  return { isRepeatable, error, headers };
}

function incomplete({ offset, end }: Progress, cause?: unknown): PlatformError {
  const way = wayOf(cause);
  const message =
    end === null
      ? `The transfer from Procore ended after ${offset} bytes${way}.`
      : `The transfer from Procore ended after ${offset} of ${end} bytes${way}.`;
  return new PlatformError(offset === 0 && cause ? 'UNREACHABLE' : 'CONTENT_INCOMPLETE', message);
}

function changed(): PlatformError {
  return new PlatformError('CHANGED_DURING_READ', 'The file has another version than the one listed.');
}
