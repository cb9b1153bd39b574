import { createHash } from 'node:crypto';
import { PlatformError } from '@sluice/core/platform';
import { assertChangeable, shown } from '../paths.js';
import type { DirectNews, Sent, Side } from './direct-news.js';
import type { DirectFile } from './packed-files.js';
import type { PublishingBatch } from './publishing-batch.js';
import { bytesOf, CHUNK_BYTES, hashFile, hashWhole, sha256Of, wholeOf } from './read.js';
import type { Version } from './read.js';
import type { HoldingRoot, ShareRoot } from './share-root.js';
import { appendBytes, beginFile, discardFile, earlierFile } from './write.js';
import type { UnfinishedFile } from './write.js';

/** What files are carried over with. */
export interface Carrier {
  source: HoldingRoot;
  destination: HoldingRoot;
  batch: PublishingBatch<Sent>;
  news: DirectNews;
  /** For the bytes of one file, `CHUNK_BYTES` of them. */
  memory: Uint8Array;
}

/** At which of the shares something is done right now. */
export interface Place {
  side: Side;
}

/** Whether a file can be carried over in one go, since nothing has to be known of what an earlier try left. */
export const isSmall = ({ source, isInDoubt }: DirectFile) => source.size <= CHUNK_BYTES && !isInDoubt;

/** Adds a small file to the batch. Nothing is made before its bytes are there. */
export function carrySmall(
  { source, destination, batch, news, memory }: Carrier,
  work: DirectFile,
  place: Place,
): void {
  const { file } = work;
  assertChangeable(file.path);
  place.side = 'SOURCE';
  const bytes = wholeOf(source, work.source, memory);
  place.side = 'DESTINATION';
  const sha256 = sha256Of(bytes);
  news.bytes += bytes.length;
  const begun = beginFile(destination, file, 'small');
  let isTaken = false;
  try {
    appendBytes(destination, begun.descriptor, bytes);
    if (work.isProved) assertProved(hashWhole(destination, begun.descriptor, memory), sha256, file.path);
    isTaken = true;
    give(batch, begun, work, sha256);
  } finally {
    if (!isTaken) discardFile(destination, begun);
  }
}

function give(batch: Carrier['batch'], begun: UnfinishedFile, work: DirectFile, sha256: string): void {
  const { file, source, time } = work;
  batch.add(begun, file, { size: source.size, time }, { file: work, sha256 });
}

/** Bytes of the step that was done, and of the file that are read by now. */
interface Progress {
  chunk: number;
  done: number;
}

/** Adds a file of any size to the batch, or its result where it was there already. */
export function* carryLarge(carrier: Carrier, work: DirectFile, place: Place): Generator<Progress, void> {
  const { source, destination, batch } = carrier;
  const { file } = work;
  assertChangeable(file.path);
  if (work.isInDoubt && (yield* isThereAlready(carrier, work, place))) return;
  const begun = beginFile(destination, file);
  let isTaken = false;
  try {
    const write = (bytes: Uint8Array) => appendBytes(destination, begun.descriptor, bytes);
    const sha256 = yield* hashOf(source, work.source, place, write);
    if (work.isProved) yield* prove(destination, begun, sha256, file.path);
    isTaken = true;
    give(batch, begun, work, sha256);
  } finally {
    if (!isTaken) discardFile(destination, begun);
  }
}

function* isThereAlready({ source, destination, news }: Carrier, work: DirectFile, place: Place) {
  const earlier = earlierFile(destination, work.file, work.source.size);
  if (!earlier) return false;
  const sha256 = yield* hashOf(source, work.source, place);
  if ((yield* hashOf(destination, earlier, null)) !== sha256) return false;
  news.add({ index: work.index, item: earlier, sha256 });
  return true;
}

/** Reads a file once, for its SHA-256 in hex and for whoever else wants the bytes. */
function* hashOf(
  share: ShareRoot,
  item: Version,
  place: Place | null,
  take: (bytes: Uint8Array) => void = () => {},
): Generator<Progress, string> {
  const hash = createHash('sha256');
  const bytes = bytesOf(share, item);
  let done = 0;
  try {
    for (;;) {
      if (place) place.side = 'SOURCE';
      const next = bytes.next();
      if (place) place.side = 'DESTINATION';
      if (next.done) return hash.digest('hex');
      hash.update(next.value);
      take(next.value);
      yield { chunk: next.value.length, done: (done += next.value.length) };
    }
  } finally {
    bytes.return(null);
  }
}

function* prove(to: ShareRoot, { descriptor }: UnfinishedFile, expected: string, path: readonly string[]) {
  const reading = hashFile(to, descriptor);
  for (let next = reading.next(); ; next = reading.next()) {
    if (next.done) return assertProved(next.value, expected, path);
    yield { chunk: CHUNK_BYTES, done: 0 };
  }
}

/** Throws `VERIFICATION_FAILED` for a file that gives other bytes than were sent. */
export function assertProved(found: string, expected: string, path: readonly string[]): void {
  if (found === expected) return;
  throw new PlatformError('VERIFICATION_FAILED', `“${shown(path)}” gave other bytes when it was read back.`, {
    remedy: 'Retry; if it fails again, check the disk of the share.',
  });
}
