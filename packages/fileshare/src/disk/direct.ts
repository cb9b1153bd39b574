import { createHash } from 'node:crypto';
import { PlatformError } from '@sluice/core/platform';
import type { Item, VerificationMethod } from '@sluice/core/platform';
import { platformError } from '../errors.js';
import { assertChangeable, shown } from '../paths.js';
import type { Unkept } from './attributes.js';
import { faultOf } from './fault.js';
import type { Fault } from './fault.js';
import type { Wish } from './messages.js';
import { PublishingBatch } from './publishing-batch.js';
import type { Published } from './publishing-batch.js';
import { bytesOf, CHUNK_BYTES, hashFile } from './read.js';
import type { Version } from './read.js';
import { HoldingRoot } from './share-root.js';
import type { ShareRoot } from './share-root.js';
import { appendBytes, beginFile, discardFile, earlierFile } from './write.js';
import type { FileToWrite, Finish, UnfinishedFile } from './write.js';

/** A file that comes from one share to another. */
export interface DirectFile {
  key: string;
  source: Version & { size: number };
  file: FileToWrite;
  time: Finish['time'];
  isInDoubt: boolean;
  isProved: boolean;
}

export interface DirectWork {
  files: readonly DirectFile[];
}

export type DirectResult =
  | {
      key: string;
      item: Item;
      unkept: Unkept[];
      verifiedBy: VerificationMethod;
      wasAlreadyThere: boolean;
      sha256: string;
    }
  | { key: string; fault: Fault; side: 'SOURCE' | 'DESTINATION' };

/** What is told in between: results, and bytes read of the file that is under way. */
export interface DirectReport {
  results: DirectResult[];
  progress: { key: string; bytesDone: number } | null;
}

/** So much is read, or so many files are begun, between two reports, which also ask whether to go on. */
const REPORT_BYTES = 8 * 1024 * 1024;
const REPORT_FILES = 32;

/**
 * Carries files over one after the other; folders stay held from the first that needs them to the last. Told to stop, it
 * leaves nothing of what has no name yet. What has one by then is reported before.
 */
export function* carryOutDirectly(
  from: ShareRoot,
  to: ShareRoot,
  { files }: DirectWork,
): Generator<DirectReport, null, Wish> {
  const [source, destination] = [new HoldingRoot(from), new HoldingRoot(to)];
  const batch = new PublishingBatch<Arrived>(destination, files[0]?.file.fsync !== 'never');
  const open: Open = { results: [], bytes: 0, files: 0, wish: 'GO_ON' };
  try {
    for (const file of files) {
      for (const bytes of carryOver(source, destination, file, batch, open.results)) {
        open.bytes += bytes.chunk;
        if (open.bytes >= REPORT_BYTES) yield* reported(open, { key: file.key, bytesDone: bytes.done });
        if (open.wish === 'STOP') break;
      }
      if (open.wish === 'STOP') break;
      if (batch.isFull || source.isFull) publish(batch, open.results, [source, destination]);
      open.files += 1;
      if (open.bytes >= REPORT_BYTES || open.files >= REPORT_FILES) yield* reported(open, null);
      if (open.wish !== 'GO_ON') break;
    }
    if (open.wish === 'STOP') batch.discard();
    else open.results.push(...batch.publish().map(resultOf));
    open.results.push(...batch.settle().map(resultOf));
    if (open.results.length > 0) yield* reported(open, null);
    return null;
  } finally {
    batch.discard();
    source.release();
    destination.release();
  }
}

function publish(batch: PublishingBatch<Arrived>, results: DirectResult[], roots: readonly HoldingRoot[]): void {
  results.push(...batch.publish().map(resultOf));
  for (const root of roots) if (root.isFull) root.release();
}

/** What is known of a file before it has its name. */
interface Arrived {
  key: string;
  verifiedBy: VerificationMethod;
  sha256: string;
}

function resultOf({ about, outcome }: Published<Arrived>): DirectResult {
  if ('error' in outcome) return { key: about.key, fault: faultOf(outcome.error), side: 'DESTINATION' };
  return { ...about, ...outcome, wasAlreadyThere: false };
}

/** What is not reported yet, and what was wished at the last report. */
interface Open {
  results: DirectResult[];
  bytes: number;
  files: number;
  wish: Wish;
}

function* reported(open: Open, progress: DirectReport['progress']): Generator<DirectReport, void, Wish> {
  const results = open.results.splice(0);
  open.bytes = 0;
  open.files = 0;
  const wish = yield { results, progress };
  // A wish to end is not taken back.
  if (open.wish === 'GO_ON' || wish === 'STOP') open.wish = wish;
}

interface Progress {
  chunk: number;
  done: number;
}

/** Adds one file to the batch, or its result where it needs no name: it was there already, or failed. */
function* carryOver(
  from: ShareRoot,
  to: ShareRoot,
  work: DirectFile,
  batch: PublishingBatch<Arrived>,
  results: DirectResult[],
): Generator<Progress> {
  const place: { side: 'SOURCE' | 'DESTINATION' } = { side: 'DESTINATION' };
  try {
    const there = yield* transferred(from, to, work, batch, place);
    if (there) results.push(there);
  } catch (cause) {
    const path = place.side === 'SOURCE' ? work.source.path : work.file.path;
    results.push({ key: work.key, fault: faultOf(platformError(cause, path)), side: place.side });
  }
}

function* transferred(
  from: ShareRoot,
  to: ShareRoot,
  work: DirectFile,
  batch: PublishingBatch<Arrived>,
  place: { side: 'SOURCE' | 'DESTINATION' },
): Generator<Progress, DirectResult | null> {
  const { key, source, file } = work;
  assertChangeable(file.path);
  const earlier = work.isInDoubt ? earlierFile(to, file, source.size) : null;
  if (earlier) {
    const sha256 = yield* hashOf(from, source, place);
    if ((yield* hashOf(to, earlier, null)) === sha256)
      return { key, item: earlier, unkept: [], verifiedBy: 'CHECKSUM', wasAlreadyThere: true, sha256 };
  }
  const begun = beginFile(to, file);
  let isFinished = false;
  try {
    const sha256 = yield* hashOf(from, source, place, (bytes) => appendBytes(to, begun.descriptor, bytes));
    if (work.isProved) yield* prove(to, begun, sha256, file.path);
    isFinished = true;
    batch.add(
      begun,
      file,
      { size: source.size, time: work.time },
      {
        key,
        verifiedBy: work.isProved ? 'CHECKSUM' : 'SIZE',
        sha256,
      },
    );
    return null;
  } finally {
    if (!isFinished) discardFile(to, begun);
  }
}

/** Reads a file once, for its SHA-256 in hex and for whoever else wants the bytes. */
function* hashOf(
  share: ShareRoot,
  item: Version,
  place: { side: 'SOURCE' | 'DESTINATION' } | null,
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
