import type { Call, DirectBatch, DirectOutcome, DirectTransfer, DirectTransfers, Written } from '@sluice/core/platform';
import type { DirectFile, DirectReport, DirectResult } from './disk/direct.js';
import { errorOf } from './disk/fault.js';
import type { Wish } from './disk/messages.js';
import { platformError, translated } from './errors.js';
import type { Steps } from './lane.js';
import type { Share } from './share.js';
import { atMost, stopped } from './signal.js';
import type { UnkeptNotes } from './unkept-notes.js';
import type { WriteRequests } from './write-requests.js';

/** Threads that work on a batch at the same time. */
const WIDTH = 2;
/** A thread that does not tell what it has done so long after it was stopped hangs. */
const STOPPING_MS = 2000;

export interface DirectParts {
  from: Share;
  to: Share;
  requests: WriteRequests;
  notes: UnkeptNotes;
}

/** Files from one share to another: the threads of the destination read, hash, write and publish them. */
export class FileshareDirect implements DirectTransfers {
  constructor(private readonly parts: DirectParts) {}

  async *carryOut(batch: DirectBatch, call: Call): AsyncIterable<DirectOutcome> {
    const { transfers, onProgress } = batch;
    const open = new Map(transfers.map((transfer) => [transfer.key, transfer]));
    for await (const { results, progress } of this.reports(batch, call)) {
      if (progress) onProgress?.(progress.key, progress.bytesDone);
      for (const result of results) {
        const transfer = open.get(result.key);
        open.delete(result.key);
        if (transfer) yield this.outcomeOf(transfer, result, call);
      }
    }
    for (const key of open.keys()) yield { key, error: stopped(), side: 'DESTINATION' };
  }

  private async *reports(batch: DirectBatch, call: Call): AsyncGenerator<DirectReport> {
    if (wishOf(batch, call) !== 'GO_ON') return;
    const { from, to } = this.parts;
    const factsOf = (share: Share) => share.wait(call.signal, () => share.facts());
    const [source, destination] = await translated([], () => Promise.all([factsOf(from), factsOf(to)]));
    const files = batch.transfers.map((transfer) => this.fileOf(transfer, call));
    // Neighbours in a batch are in the same folder, where two threads would wait for each other.
    const width = Math.min(WIDTH, batch.maxParallel);
    const size = Math.max(1, Math.ceil(files.length / width));
    const streams = Array.from({ length: width }, (_, part) => files.slice(part * size, (part + 1) * size))
      .filter((part) => part.length > 0)
      .map((part) => this.part(to.lane.stream('direct', source, destination, { files: part }), batch, call));
    yield* merged(streams);
  }

  private fileOf({ key, source: item, isProved, ...request }: DirectTransfer, call: Call): DirectFile {
    const { requests } = this.parts;
    const source = { path: item.path, size: item.size, version: item.version };
    const isInDoubt = request.inDoubtSince !== undefined;
    const [file, time] = [requests.fileOf(request, call), requests.timeOf(request)];
    return { key, source, file, time, isInDoubt, isProved: isProved ?? false };
  }

  /** Reports of one thread, up to the last one, which it makes when it is stopped. */
  private async *part(steps: Steps<DirectReport, null>, batch: DirectBatch, call: Call): AsyncGenerator<DirectReport> {
    let isOver = false;
    try {
      for (;;) {
        const step = await translated([], () =>
          this.settled(this.answered(steps.next(wishOf(batch, call))), call.signal),
        );
        isOver = step.done;
        if (step.done) return;
        yield step.value;
      }
    } finally {
      if (!isOver) steps.return().catch(() => undefined);
    }
  }

  /** The thread waits for either share, and tells nothing when one of them does not answer any more. */
  private answered<T>(step: Promise<T>): Promise<T> {
    return this.parts.from.watched(this.parts.to.watched(step));
  }

  /** Waits for a thread; once the signal is raised not for long. */
  private settled<T>(step: Promise<T>, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const giveUp = () => void atMost(STOPPING_MS, step, stopped).catch(reject);
      signal.addEventListener('abort', giveUp, { once: true });
      if (signal.aborted) giveUp();
      step.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
    });
  }

  private outcomeOf({ source, ...request }: DirectTransfer, result: DirectResult, call: Call): DirectOutcome {
    const { key } = result;
    if ('fault' in result) {
      const path = result.side === 'SOURCE' ? source.path : this.parts.requests.fileOf(request, call).path;
      return { key, error: platformError(errorOf(result.fault), path), side: result.side };
    }
    const { item, verifiedBy, wasAlreadyThere, sha256, unkept } = result;
    const written: Written = { item, verifiedBy, wasAlreadyThere, ...this.parts.notes.noteOf(unkept, call.owner) };
    return { key, written, sha256 };
  }
}

const wishOf = ({ isStopping }: DirectBatch, { signal }: Call): Wish =>
  signal.aborted ? 'STOP' : isStopping() ? 'FINISH' : 'GO_ON';

/** What several streams yield, as it comes. */
async function* merged<T>(streams: readonly AsyncGenerator<T>[]): AsyncGenerator<T> {
  const steps = new Map(streams.map((stream) => [stream, stepOf(stream)]));
  try {
    while (steps.size > 0) {
      const { stream, step } = await Promise.race(steps.values());
      if (step.done) steps.delete(stream);
      else {
        steps.set(stream, stepOf(stream));
        yield step.value;
      }
    }
  } finally {
    for (const stream of steps.keys()) void stream.return(undefined).catch(() => undefined);
  }
}

async function stepOf<T>(stream: AsyncGenerator<T>) {
  return { stream, step: await stream.next() };
}
