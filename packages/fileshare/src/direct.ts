import type {
  Call,
  DirectBatch,
  DirectOutcome,
  DirectTransfer,
  DirectTransfers,
  Item,
  Written,
} from '@sluice/core/platform';
import { itemIn } from './adapter.js';
import { arrivalsOf } from './disk/arrivals.js';
import type { Arrival } from './disk/arrivals.js';
import type { DirectReport, DirectResult } from './disk/direct-news.js';
import { errorOf } from './disk/fault.js';
import type { Wish } from './disk/messages.js';
import { packFiles, pathOf } from './disk/packed-files.js';
import type { ShareFacts } from './disk/share-root.js';
import type { StatRecord } from './disk/stat-record.js';
import type { Keeping } from './disk/keep-manifest.js';
import { platformError, translated } from './errors.js';
import { keptItem, unkeptBy, type Manifests } from './manifests.js';
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
  manifests: Manifests;
}

interface Arrived {
  transfer: DirectTransfer;
  arrival: Arrival;
  item: Item;
  keeping: Keeping | undefined;
}

/** What both shares are. */
interface Ends {
  source: ShareFacts;
  destination: ShareFacts;
}

/** Files from one share to another: the threads of the destination read, hash, write and publish them. */
export class FileshareDirect implements DirectTransfers {
  constructor(private readonly parts: DirectParts) {}

  async *carryOut(batch: DirectBatch, call: Call): AsyncIterable<DirectOutcome> {
    const { transfers, onProgress } = batch;
    const open = new Set(transfers.keys());
    const ends = wishOf(batch, call) === 'GO_ON' ? await this.ends(call) : null;
    // Before the files have their names, so that no crash leaves one without what belongs to it.
    const keepings = ends ? await this.keepAll(transfers, call) : [];
    const reports = ends ? this.reports(batch, ends, call) : [];
    for await (const { arrived, results, progress } of reports) {
      if (progress) onProgress?.(transfers[progress.index]!.key, progress.bytesDone);
      for (const [arrival, stats] of arrivalsOf(arrived)) {
        open.delete(arrival.index);
        const transfer = transfers[arrival.index]!;
        yield this.arrived(
          { transfer, arrival, item: itemOf(transfer, stats, ends!), keeping: keepings[arrival.index] },
          call,
        );
      }
      for (const result of results) {
        open.delete(result.index);
        yield outcomeOf(transfers[result.index]!, result, keepings[result.index]);
      }
    }
    for (const index of open) yield { key: transfers[index]!.key, error: stopped(), side: 'DESTINATION' };
  }

  private async ends({ signal }: Call): Promise<Ends> {
    const factsOf = (share: Share) => share.wait(signal, () => share.facts());
    const { from, to } = this.parts;
    const [source, destination] = await translated([], () => Promise.all([factsOf(from), factsOf(to)]));
    return { source, destination };
  }

  /** Undefined for all where the destination has no manifests. */
  private async keepAll(transfers: readonly DirectTransfer[], call: Call): Promise<(Keeping | undefined)[]> {
    const { requests, manifests } = this.parts;
    if (!requests.hasManifest) return [];
    return Promise.all(
      transfers.map((transfer) =>
        manifests.keep(pathOf(transfer), requests.changeOf(transfer) ?? {}, !transfer.replaces, call),
      ),
    );
  }

  private reports(batch: DirectBatch, { source, destination }: Ends, call: Call): AsyncGenerator<DirectReport> {
    const { transfers, maxParallel } = batch;
    const { requests } = this.parts;
    // Neighbours in a batch are in the same folder, where two threads would wait for each other.
    const width = Math.min(WIDTH, maxParallel);
    const size = Math.max(1, Math.ceil(transfers.length / width));
    const streams = Array.from({ length: width }, (_, part) => part * size)
      .filter((start) => start < transfers.length)
      .map((start) =>
        packFiles(transfers.slice(start, start + size), start, requests.common(call), (one) => requests.givenOf(one)),
      )
      .map((files) => this.part(this.parts.to.lane.stream('direct', source, destination, files), batch, call));
    return merged(streams);
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

  private arrived({ transfer, arrival, item, keeping }: Arrived, call: Call): DirectOutcome {
    const { sha256, unkept } = arrival;
    const verifiedBy = transfer.isProved ? 'CHECKSUM' : 'SIZE';
    const written: Written = {
      item: keptItem(item, keeping),
      verifiedBy,
      wasAlreadyThere: false,
      ...this.parts.notes.noteOf([...unkept, ...unkeptBy(keeping)], call.owner),
    };
    return { key: transfer.key, written, sha256 };
  }
}

const itemOf = (transfer: DirectTransfer, stats: StatRecord, { destination }: Ends): Item =>
  itemIn(pathOf(transfer), stats, destination.traits.hasStableInodes)!;

function outcomeOf(transfer: DirectTransfer, result: DirectResult, keeping: Keeping | undefined): DirectOutcome {
  const { key, source } = transfer;
  if ('fault' in result) {
    const { side, fault } = result;
    return { key, error: platformError(errorOf(fault), side === 'SOURCE' ? source.path : pathOf(transfer)), side };
  }
  const { item, sha256 } = result;
  // It was compared byte by byte.
  return { key, written: { item: keptItem(item, keeping), verifiedBy: 'CHECKSUM', wasAlreadyThere: true }, sha256 };
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
