import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { PlatformError } from '@sluice/core/platform';
import type { ByteRange, Call, Item, ListEntry, ListRequest, Source } from '@sluice/core/platform';
import { versionOf } from './adapter.js';
import type { ShareClient } from './client.js';
import { changed, platformError, translated } from './errors.js';
import { assertLegal, pathOf, shown } from './paths.js';
import { obedient } from './signal.js';
import { walk } from './walk.js';

export const CHUNK_BYTES = 256 * 1024;

/** How a file is opened: links are not followed, and opening a named pipe does not wait until somebody writes to it. */
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

export class FileshareSource implements Source {
  constructor(
    private readonly client: ShareClient,
    private readonly now: () => number,
  ) {}

  list(request: ListRequest, call: Call): AsyncIterable<ListEntry> {
    const start = pathOf(request.folder);
    return obedient(call.signal, walk(this.client, { start, isShallow: request.isShallow ?? false, now: this.now() }));
  }

  open(item: Item, call: Call, range?: ByteRange): AsyncIterable<Uint8Array> {
    return obedient(call.signal, bytesOf(this.client, item, range));
  }
}

/** Streams the bytes of the version that the item names; what it is is looked at before the first and after the last byte. */
export async function* bytesOf(
  client: ShareClient,
  item: Item,
  range: ByteRange = { start: 0 },
): AsyncGenerator<Uint8Array> {
  const file = await translated(item.path, () => openFile(client, item));
  try {
    const before = await fingerprint(client, file, item);
    yield* chunks(file, item, range);
    if ((await fingerprint(client, file, item)) !== before) throw changed(item.path);
  } catch (cause) {
    throw platformError(cause, item.path);
  } finally {
    await file.close();
  }
}

async function openFile(client: ShareClient, item: Item): Promise<FileHandle> {
  assertLegal(item.path);
  return client.within(item.path.slice(0, -1), (folder) => open(folder.at(item.path.at(-1) ?? ''), READ));
}

/** Throws unless the file is the item's version; the rest tells an open file that is written to from one that is not. */
async function fingerprint(client: ShareClient, file: FileHandle, item: Item): Promise<string> {
  const stats = await file.stat({ bigint: true });
  if (!stats.isFile()) throw new PlatformError('SPECIAL_FILE', `“${shown(item.path)}” is no longer a file.`);
  if (versionOf(stats, client.traits.hasStableInodes) !== item.version) throw changed(item.path);
  return stats.ctimeNs.toString();
}

async function* chunks(file: FileHandle, item: Item, range: ByteRange): AsyncGenerator<Uint8Array> {
  const size = item.size ?? 0;
  const end = Math.min(range.end ?? size, size);
  for (let position = range.start; position < end;) {
    const buffer = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, end - position));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) throw changed(item.path);
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
