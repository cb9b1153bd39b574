import { createHash } from 'node:crypto';
import { PlatformError } from '../platform/index.js';
import type { Call, DirectBatch, DirectOutcome, DirectTransfer, DirectTransfers } from '../platform/index.js';
import type { MemoryDestination } from './memory-destination.js';
import type { MemorySource } from './memory-source.js';

/** Transfers between two platforms in memory, with the faults of both. */
export class MemoryDirect implements DirectTransfers {
  constructor(
    private readonly source: MemorySource,
    private readonly writer: MemoryDestination,
  ) {}

  async *carryOut(batch: DirectBatch, call: Call): AsyncIterable<DirectOutcome> {
    const underWay = new Map<string, Promise<DirectOutcome>>();
    for (const transfer of batch.transfers) {
      if (underWay.size >= batch.maxParallel) yield await firstOf(underWay);
      if (batch.isStopping()) yield notBegun(transfer);
      else underWay.set(transfer.key, this.transfer(transfer, call, batch.onProgress));
    }
    while (underWay.size > 0) yield await firstOf(underWay);
  }

  private async transfer(
    { key, source, isProved, ...request }: DirectTransfer,
    call: Call,
    onProgress: DirectBatch['onProgress'],
  ): Promise<DirectOutcome> {
    const reading = new Reading(this.source.open(source, call), (bytes) => onProgress?.(key, bytes));
    try {
      const content = { size: source.size, read: () => reading.bytes() };
      const proof = isProved ? { expectedSha256: () => reading.sha256() } : {};
      const written = await this.writer.write({ ...request, content, ...proof }, call);
      return { key, written, sha256: reading.sha256() };
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      return { key, error, side: error === reading.error ? 'SOURCE' : 'DESTINATION' };
    }
  }
}

async function firstOf(underWay: Map<string, Promise<DirectOutcome>>): Promise<DirectOutcome> {
  const outcome = await Promise.race(underWay.values());
  underWay.delete(outcome.key);
  return outcome;
}

const notBegun = ({ key }: DirectTransfer): DirectOutcome => ({
  key,
  error: new PlatformError('ABORTED', 'The batch was stopped before this file.'),
  side: 'DESTINATION',
});

/** One reading of a source, which tells afterwards what was read and what went wrong with it. */
class Reading {
  error: unknown = null;
  private readonly hash = createHash('sha256');
  private count = 0;

  constructor(
    private readonly stream: AsyncIterable<Uint8Array>,
    private readonly onProgress: (bytes: number) => void,
  ) {}

  async *bytes(): AsyncIterable<Uint8Array> {
    try {
      for await (const chunk of this.stream) {
        this.hash.update(chunk);
        this.onProgress((this.count += chunk.length));
        yield chunk;
      }
    } catch (error) {
      this.error = error;
      throw error;
    }
  }

  sha256(): string {
    return this.hash.copy().digest('hex');
  }
}
