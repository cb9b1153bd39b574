import { createHash } from 'node:crypto';
import type { Call, Content } from '@sluice/core/platform';
import { PlatformError } from '@sluice/core/platform';
import { measured } from './bytes.js';
import type { ProcoreClient } from '../api/client.js';
import { isInDoubt, statusOf } from '../errors.js';
import { MOST_SEGMENTS } from '../facts.js';
import { countOf, objectOf, parseJson, recordOf, rowsOf, textOf } from '../api/json.js';
import type { Json } from '../api/json.js';
import { retried } from '../api/retry.js';
import type { Waits } from '../api/waits.js';
import { StaleUploadError } from './storage.js';
import type { Storage } from './storage.js';

const PARALLEL_SEGMENTS = 4;
/** Times that an upload is completed while the answer is lost. */
const COMPLETION_TRIES = 3;

export interface UploadRequest {
  name: string;
  content: Content;
  checkpoint?: string;
  saveCheckpoint?(checkpoint: string): Promise<void>;
}

/** Bytes that wait in storage to be attached, once. */
export interface Uploaded {
  uuid: string;
  /** Of the whole content; null where it was not read in one go. */
  sha256: string | null;
  /** Taken over from an earlier try, which may have attached it. */
  isResumed: boolean;
}

export interface SegmentPlan {
  segments: { size: number; sha256: string }[];
  sha256: string;
}

interface Segment {
  size: number;
  sha256: string | null;
  url: string;
  headers: Record<string, string>;
  /** Null until storage has it. */
  etag: string | null;
}

/** What is saved to go on with. */
interface State {
  uuid: string;
  isComplete: boolean;
  segments: Segment[];
}

/** Cuts a content and reads it once to know each part's digest, which Procore wants before it gives addresses. */
export async function planSegments(content: Content, segmentSize: number): Promise<SegmentPlan> {
  const size = Math.max(segmentSize, Math.ceil(content.size / MOST_SEGMENTS));
  const whole = createHash('sha256');
  const segments: SegmentPlan['segments'] = [];
  let part = { hash: createHash('sha256'), size: 0 };
  for await (const chunk of measured(content.read(), { size: content.size, whole })) {
    for (let rest = chunk; rest.length > 0;) {
      const taken = rest.subarray(0, size - part.size);
      part.hash.update(taken);
      part.size += taken.length;
      rest = rest.subarray(taken.length);
      if (part.size < size) continue;
      segments.push({ size, sha256: part.hash.digest('hex') });
      part = { hash: createHash('sha256'), size: 0 };
    }
  }
  if (part.size > 0) segments.push({ size: part.size, sha256: part.hash.digest('hex') });
  return { segments, sha256: whole.digest('hex') };
}

/** Uploads in segments: four at a time, each repeated on its own, the state saved after each. */
export class SegmentedUploads {
  constructor(
    private readonly client: ProcoreClient,
    private readonly storage: Storage,
    private readonly waits: Waits,
  ) {}

  /** Goes on with an earlier try of the same content; null where there is none or it has expired. */
  async resume(plan: SegmentPlan, request: UploadRequest, call: Call): Promise<Uploaded | null> {
    const state = savedState(request.checkpoint, plan);
    try {
      if (!state || !(await this.refresh(state, call))) return null;
      if (!state.isComplete) await this.finish(state, request, call);
      return { uuid: state.uuid, sha256: plan.sha256, isResumed: true };
    } catch (error) {
      if (error instanceof StaleUploadError) return null;
      throw error;
    }
  }

  /** Sends the segments that Procore gave addresses for, asked for or not. */
  async transfer(
    uuid: string,
    given: unknown[],
    plan: SegmentPlan | null,
    request: UploadRequest,
    call: Call,
  ): Promise<Uploaded> {
    const segments = given.map((one, index) => readSegment(one, plan?.segments[index] ?? null));
    const size = segments.reduce((sum, segment) => sum + segment.size, 0);
    if (size !== request.content.size)
      throw new PlatformError('PLATFORM_ERROR', 'Procore cut the upload in parts that do not fit the file.');
    const state: State = { uuid, isComplete: false, segments };
    await save(state, request);
    await this.finish(state, request, call);
    return { uuid, sha256: plan?.sha256 ?? null, isResumed: false };
  }

  private async finish(state: State, request: UploadRequest, call: Call): Promise<void> {
    await this.sendMissing(state, request, call);
    await this.complete(state, call);
    state.isComplete = true;
    await save(state, request);
  }

  private async sendMissing(state: State, request: UploadRequest, call: Call): Promise<void> {
    const offsets = startsOf(state.segments);
    const waiting = state.segments
      .map((segment, index) => ({ segment, start: offsets[index] ?? 0 }))
      .filter(({ segment }) => segment.etag === null);
    const failed = new AbortController();
    const signal = AbortSignal.any([call.signal, failed.signal]);
    let saving = Promise.resolve();
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        await this.put(state, next.segment, next.start, request.content, { ...call, signal });
        saving = saving.then(() => save(state, request));
        await saving;
      }
    };
    await allOrFirstError(Array.from({ length: PARALLEL_SEGMENTS }, worker), failed);
  }

  private async put(state: State, segment: Segment, start: number, content: Content, call: Call): Promise<void> {
    const url = segment.url;
    try {
      await this.putOnce(segment, start, content, call.signal);
    } catch (error) {
      const isExpired = error instanceof StaleUploadError && error.remoteStatus === '403';
      if (!isExpired || !(await this.refresh(state, call)) || segment.url === url) throw error;
      await this.putOnce(segment, start, content, call.signal);
    }
  }

  private async putOnce(segment: Segment, start: number, content: Content, signal: AbortSignal): Promise<void> {
    const { size, url } = segment;
    const headers = { ...segment.headers, 'content-type': 'application/octet-stream', 'content-length': String(size) };
    let sha256 = segment.sha256;
    const body = async function* () {
      sha256 = yield* measured(content.read({ start, end: start + size }), { size, sha256: segment.sha256 });
    };
    const reply = await this.storage.send({ method: 'PUT', url, headers, body }, signal);
    segment.sha256 = sha256;
    segment.etag = reply.get('etag') ?? '';
  }

  /** Asks how the upload stands, takes over new addresses; false: it has expired. */
  private async refresh(state: State, call: Call): Promise<boolean> {
    try {
      const reply = objectOf((await this.client.upload(state.uuid, call)).json);
      if (reply?.['status'] === 'complete') state.isComplete = true;
      for (const [index, given] of (rowsOf(reply?.['segments']) ?? []).entries()) {
        const segment = state.segments[index];
        const url = textOf(recordOf(given)?.['url']);
        if (segment && url) Object.assign(segment, { url, headers: readHeaders(recordOf(given)?.['headers']) });
      }
      return true;
    } catch (error) {
      if ([400, 403, 404, 410].includes(statusOf(error) ?? 0)) return false;
      throw error;
    }
  }

  /** After a lost answer it is asked how the upload stands before it is completed again. */
  private async complete(state: State, call: Call): Promise<void> {
    if (state.isComplete) return;
    const { waits } = this;
    const limits = { attempts: COMPLETION_TRIES, isRepeatable: isInDoubt };
    await retried({ waits, signal: call.signal, ...limits }, async (attempt) => {
      if (attempt > 1) await this.refresh(state, call);
      if (!state.isComplete) await this.completeOnce(state, call);
    });
  }

  /** Storage quotes its tags, the platform's examples do not: the second form is tried where the first is refused. */
  private async completeOnce({ uuid, segments }: State, call: Call): Promise<void> {
    const told = (etagOf: (etag: string) => string): Json[] =>
      segments.map(({ etag, size, sha256 }) => ({ etag: etagOf(etag ?? ''), size, sha256 }));
    const isQuoted = segments.some(({ etag }) => etag?.startsWith('"'));
    const bare = told((etag) => etag.replace(/^"(.*)"$/, '$1'));
    try {
      await this.client.completeUpload(uuid, bare, call).catch((error: unknown) => {
        if (!isQuoted || ![400, 422].includes(statusOf(error) ?? 0)) throw error;
        return this.client.completeUpload(
          uuid,
          told((etag) => etag),
          call,
        );
      });
    } catch (error) {
      if (![400, 404, 410, 422].includes(statusOf(error) ?? 0)) throw error;
      throw new StaleUploadError('Procore does not accept the segments of the upload.');
    }
  }
}

function startsOf(segments: readonly Segment[]): number[] {
  let start = 0;
  return segments.map(({ size }) => (start += size) - size);
}

/** Waits for all; the first error stops the others and is thrown. */
async function allOrFirstError(work: Promise<void>[], stop: AbortController): Promise<void> {
  const errors: unknown[] = [];
  const noting = work.map((one) =>
    one.catch((error: unknown) => {
      errors.push(error);
      stop.abort();
    }),
  );
  await Promise.all(noting);
  if (errors.length > 0) throw errors[0];
}

function readSegment(value: unknown, planned: { size: number; sha256: string } | null): Segment {
  const json = recordOf(value);
  const url = textOf(json?.['url']);
  const size = countOf(json?.['size']) ?? planned?.size ?? null;
  if (!url || size === null)
    throw new PlatformError('PLATFORM_ERROR', 'Procore prepared an upload in a way that is not known.');
  const sha256 = planned?.sha256 ?? textOf(json?.['sha256']);
  return { size, sha256, url, headers: readHeaders(json?.['headers']), etag: null };
}

function readHeaders(value: unknown): Record<string, string> {
  const entries = Object.entries(recordOf(value) ?? {}).map(([name, text]): [string, string] => [
    name.toLowerCase(),
    String(text),
  ]);
  return Object.fromEntries(entries.filter(([name]) => name !== 'host' && name !== 'authorization'));
}

function save(state: State, request: UploadRequest): Promise<void> {
  return request.saveCheckpoint?.(JSON.stringify(state)) ?? Promise.resolve();
}

/** The saved state, if it belongs to exactly these bytes. */
function savedState(checkpoint: string | undefined, plan: SegmentPlan): State | null {
  const json = checkpoint === undefined ? null : recordOf(parseJson(checkpoint));
  const uuid = textOf(json?.['uuid']);
  const saved = rowsOf(json?.['segments']) ?? [];
  const isSame =
    saved.length === plan.segments.length &&
    plan.segments.every((segment, index) => recordOf(saved[index])?.['sha256'] === segment.sha256);
  if (!json || !uuid || !isSame) return null;
  const segments = saved.map((one, index) => {
    const etag = recordOf(one)?.['etag'];
    return { ...readSegment(one, plan.segments[index] ?? null), etag: typeof etag === 'string' ? etag : null };
  });
  return { uuid, isComplete: json['isComplete'] === true, segments };
}
