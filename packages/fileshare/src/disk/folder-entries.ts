import { isUtf8 } from 'node:buffer';
import type { HeldFolder, RawEntry } from './held-folder.js';

/** Of the system's `struct dirent64`, in bytes from its start. */
const LENGTH_AT = 16;
const TYPE_AT = 18;
const NAME_AT = 19;
const TYPE_FOLDER = 4;
const BUFFER_BYTES = 32_768;

const REPLACED = '\ufffd';

/** An entry of a folder; its name is null where it is no text in UTF-8, and then the bytes are of use alone. */
export interface FolderEntry extends RawEntry {
  text: string | null;
}

/**
 * Streams the entries of a folder in batches, in the order of the file system: by the system's own call, which tells some
 * hundred at once, else by way of Node. May be asked once of each folder that is held.
 */
export function* folderEntries(folder: HeldFolder): Generator<FolderEntry[]> {
  const bytes = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  const first = folder.disk.entriesOf(folder.state.descriptor, bytes);
  if (first < 0) {
    yield* entriesByNode(folder);
    return;
  }
  for (let length = first; length > 0; length = next(folder, bytes)) {
    const entries = readEntries(bytes.subarray(0, length));
    if (entries.length > 0) yield entries;
  }
}

function next(folder: HeldFolder, bytes: Buffer): number {
  const length = folder.disk.entriesOf(folder.state.descriptor, bytes);
  if (length >= 0) return length;
  // The other way tells what is wrong.
  for (const _ of folder.batches());
  throw Object.assign(new Error('The folder could not be read to its end.'), { code: 'EIO' });
}

function readEntries(bytes: Buffer): FolderEntry[] {
  const entries: FolderEntry[] = [];
  for (let start = 0; start < bytes.length; start += bytes.readUInt16LE(start + LENGTH_AT)) {
    const from = start + NAME_AT;
    const text = bytes.toString('utf8', from, bytes.indexOf(0, from));
    if (text === '.' || text === '..') continue;
    entries.push(entryOf(bytes, start, text));
  }
  return entries;
}

function entryOf(bytes: Buffer, start: number, text: string): FolderEntry {
  const isDirectory = bytes[start + TYPE_AT] === TYPE_FOLDER;
  const from = start + NAME_AT;
  if (!text.includes(REPLACED)) return { text, name: NO_BYTES, isDirectory };
  const name = Buffer.from(bytes.subarray(from, bytes.indexOf(0, from)));
  return { text: isUtf8(name) ? text : null, name, isDirectory };
}

const NO_BYTES = Buffer.alloc(0);

function* entriesByNode(folder: HeldFolder): Generator<FolderEntry[]> {
  for (const batch of folder.batches())
    yield batch.map((entry) => ({ ...entry, text: isUtf8(entry.name) ? entry.name.toString() : null }));
}
