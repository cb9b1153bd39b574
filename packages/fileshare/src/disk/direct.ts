import { createHash } from 'node:crypto';
import { PlatformError } from '@sluice/core/platform';
import type { Item, VerificationMethod } from '@sluice/core/platform';
import { platformError } from '../errors.js';
import { assertChangeable, shown } from '../paths.js';
import type { Unkept } from './attributes.js';
import { faultOf } from './fault.js';
import type { Fault } from './fault.js';
import type { Wish } from './messages.js';
import { bytesOf, CHUNK_BYTES, hashFile } from './read.js';
import { HoldingRoot } from './share-root.js';
import type { ShareRoot } from './share-root.js';
import { appendBytes, beginFile, discardFile, earlierFile, finishFile } from './write.js';
import type { FileToWrite, Finish, UnfinishedFile } from './write.js';

/** A file that comes from one share to another. */
export interface DirectFile {
  key: string;
  source: Item & { size: number };
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

/** So much is read, or so many files are done, between two reports. */
const REPORT_BYTES = 8 * 1024 * 1024;
const REPORT_FILES = 32;

/**
 * Carries files over one after the other; folders stay held from the first that needs them to the last. Told to stop, it
 * leaves nothing of the file that is under way. What is done by then is reported before.
 */
export function* carryOutDirectly(
  from: ShareRoot,
  to: ShareRoot,
  { files }: DirectWork,
): Generator<DirectReport, null, Wish> {
  const [source, destination] = [new HoldingRoot(from), new HoldingRoot(to)];
  const open: Open = { results: [], bytes: 0, wish: 'GO_ON' };
  try {
    for (const file of files) {
      for (const bytes of carryOver(source, destination, file, open.results)) {
        open.bytes += bytes.chunk;
        if (open.bytes >= REPORT_BYTES) yield* reported(open, { key: file.key, bytesDone: bytes.done });
        if (open.wish === 'STOP') return null;
      }
      if (open.bytes >= REPORT_BYTES || open.results.length >= REPORT_FILES) yield* reported(open, null);
      if (open.wish !== 'GO_ON') break;
    }
    if (open.results.length > 0) yield* reported(open, null);
    return null;
  } finally {
    source.release();
    destination.release();
  }
}

/** What is not reported yet, and what was wished at the last report. */
interface Open {
  results: DirectResult[];
  bytes: number;
  wish: Wish;
}

function* reported(open: Open, progress: DirectReport['progress']): Generator<DirectReport, void, Wish> {
  const results = open.results.splice(0);
  open.bytes = 0;
  const wish = yield { results, progress };
  // A wish to end is not taken back.
  if (open.wish === 'GO_ON' || wish === 'STOP') open.wish = wish;
}

interface Progress {
  chunk: number;
  done: number;
}

/** Adds the result of one file; what fails is its outcome. */
function* carryOver(from: ShareRoot, to: ShareRoot, work: DirectFile, results: DirectResult[]): Generator<Progress> {
  const place: { side: 'SOURCE' | 'DESTINATION' } = { side: 'DESTINATION' };
  try {
    results.push(yield* transferred(from, to, work, place));
  } catch (cause) {
    const path = place.side === 'SOURCE' ? work.source.path : work.file.path;
    results.push({ key: work.key, fault: faultOf(platformError(cause, path)), side: place.side });
  }
}

function* transferred(
  from: ShareRoot,
  to: ShareRoot,
  work: DirectFile,
  place: { side: 'SOURCE' | 'DESTINATION' },
): Generator<Progress, DirectResult> {
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
    const { item, unkept } = finishFile(to, begun, file, { size: source.size, time: work.time });
    return { key, item, unkept, verifiedBy: work.isProved ? 'CHECKSUM' : 'SIZE', wasAlreadyThere: false, sha256 };
  } finally {
    if (!isFinished) discardFile(to, begun);
  }
}

/** Reads a file once, for its SHA-256 in hex and for whoever else wants the bytes. */
function* hashOf(
  share: ShareRoot,
  item: Item,
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
