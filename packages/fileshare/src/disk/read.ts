import { createHash, hash } from 'node:crypto';
import { constants } from 'node:fs';
import { PlatformError } from '@sluice/core/platform';
import type { ByteRange, Item } from '@sluice/core/platform';
import { versionIn } from '../adapter.js';
import { changed } from '../errors.js';
import { assertLegal, shown } from '../paths.js';
import type { ShareRoot } from './share-root.js';
import { StatRecord } from './stat-record.js';

export const CHUNK_BYTES = 256 * 1024;

/** Of an item, what its bytes are read by: so much goes to another thread with each file. */
export type Version = Pick<Item, 'path' | 'size' | 'version'>;

/** How a file is opened: links are not followed, and opening a named pipe does not wait until somebody writes to it. */
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Streams the bytes of the version that the item names; what it is is looked at before the first and after the last byte. */
export function* bytesOf(share: ShareRoot, item: Version, range: ByteRange = { start: 0 }): Generator<Uint8Array> {
  const file = openFile(share, item);
  try {
    const before = fingerprint(share, file, item);
    const size = item.size ?? 0;
    const end = Math.min(range.end ?? size, size);
    for (let position = range.start; position < end;) {
      const chunk = chunkAt(share, file, position, end - position);
      if (chunk.length === 0) throw changed(item.path);
      position += chunk.length;
      yield chunk;
    }
    if (fingerprint(share, file, item) !== before) throw changed(item.path);
  } finally {
    share.disk.close(file);
  }
}

/** Likewise all bytes of a file that fits into `memory`, where they are until that is used again. */
export function wholeOf(share: ShareRoot, item: Version & { size: number }, memory: Uint8Array): Uint8Array {
  const file = openFile(share, item);
  try {
    const before = fingerprint(share, file, item);
    const bytes = memory.subarray(0, item.size);
    for (let length = 0; length < bytes.length;) {
      const read = share.disk.read(file, length === 0 ? bytes : bytes.subarray(length), length);
      if (read === 0) throw changed(item.path);
      length += read;
    }
    if (fingerprint(share, file, item) !== before) throw changed(item.path);
    return bytes;
  } finally {
    share.disk.close(file);
  }
}

function openFile(share: ShareRoot, { path }: Version): number {
  assertLegal(path);
  return share.within(path.slice(0, -1), (folder) => share.disk.open(folder.at(path.at(-1) ?? ''), READ));
}

/** What is seen of a file is compared before the next look at any. */
const seen = new StatRecord();

/** Throws unless the file is the item's version; the rest tells an open file that is written to from one that is not. */
function fingerprint(share: ShareRoot, file: number, item: Version): string {
  if (!share.disk.statOf(file, seen.bytes)) seen.fill(share.disk.fstat(file));
  if (!seen.isFile()) throw new PlatformError('SPECIAL_FILE', `“${shown(item.path)}” is no longer a file.`);
  if (versionIn(seen, share.facts.traits.hasStableInodes) !== item.version) throw changed(item.path);
  return seen.changedText;
}

function chunkAt(share: ShareRoot, file: number, position: number, size: number): Uint8Array {
  const buffer = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, size));
  return buffer.subarray(0, share.disk.read(file, buffer, position));
}

/** In hex, of all that there is. */
export const sha256Of = (bytes: Uint8Array): string => hash('sha256', bytes);

/** The same of an open file that is expected to fit into `memory`; what is beyond that is not looked at. */
export function hashWhole(share: ShareRoot, file: number | null, memory: Uint8Array): string {
  if (file === null) throw new Error('The file is closed.');
  let length = 0;
  while (length < memory.length) {
    const read = share.disk.read(file, memory.subarray(length), length);
    if (read === 0) break;
    length += read;
  }
  return sha256Of(memory.subarray(0, length));
}

/** Reads an open file from its start and returns its SHA-256 in hex; yields now and then, so that it can be stopped. */
export function* hashFile(share: ShareRoot, file: number | null): Generator<null, string> {
  if (file === null) throw new Error('The file is closed.');
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  for (let position = 0; ;) {
    const length = share.disk.read(file, buffer, position);
    if (length === 0) return hash.digest('hex');
    hash.update(buffer.subarray(0, length));
    position += length;
    yield null;
  }
}
