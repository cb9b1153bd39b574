import { carryLarge, carrySmall, isSmall } from './direct-content.js';
import type { Carrier, Place } from './direct-content.js';
import { DirectNews } from './direct-news.js';
import type { DirectReport, Sent } from './direct-news.js';
import type { Wish } from './messages.js';
import { unpackFiles } from './packed-files.js';
import type { DirectFile, PackedFiles } from './packed-files.js';
import { PublishingBatch } from './publishing-batch.js';
import { CHUNK_BYTES } from './read.js';
import { HoldingRoot } from './share-root.js';
import type { ShareRoot } from './share-root.js';

type Reports = Generator<DirectReport, void, Wish>;

/**
 * Carries files over one after the other; folders stay held from the first that needs them to the last. Told to stop, it
 * leaves nothing of what has no name yet. What has one by then is reported before.
 */
export function* carryOutDirectly(
  from: ShareRoot,
  to: ShareRoot,
  files: PackedFiles,
): Generator<DirectReport, null, Wish> {
  const carrier = carrierOf(from, to, files);
  const { batch, news, source, destination } = carrier;
  try {
    yield* carryAll(carrier, files);
    if (news.wish === 'STOP') batch.discard();
    else news.published(batch.publish());
    news.published(batch.settle());
    if (!news.isEmpty) yield* news.report(null);
    return null;
  } finally {
    batch.discard();
    source.release();
    destination.release();
  }
}

function carrierOf(from: ShareRoot, to: ShareRoot, { fsync }: PackedFiles): Carrier {
  const [source, destination] = [new HoldingRoot(from), new HoldingRoot(to)];
  const batch = new PublishingBatch<Sent>(destination, fsync !== 'never');
  return { source, destination, batch, news: new DirectNews(), memory: Buffer.allocUnsafeSlow(CHUNK_BYTES) };
}

function* carryAll(carrier: Carrier, files: PackedFiles): Reports {
  const { batch, news, source } = carrier;
  for (const file of unpackFiles(files)) {
    if (isSmall(file)) carryAtOnce(carrier, file);
    else yield* carryByParts(carrier, file);
    if (news.wish === 'STOP') return;
    if (batch.isFull || source.isFull) publish(carrier);
    news.files += 1;
    if (news.isDue) yield* news.report(null);
    if (news.wish !== 'GO_ON') return;
  }
}

function publish({ batch, news, source, destination }: Carrier): void {
  news.published(batch.publish());
  for (const root of [source, destination]) if (root.isFull) root.release();
}

/** A failure is the result of its file alone. */
function carryAtOnce(carrier: Carrier, file: DirectFile): void {
  const place: Place = { side: 'DESTINATION' };
  try {
    carrySmall(carrier, file, place);
  } catch (cause) {
    carrier.news.failed(file, place.side, cause);
  }
}

/** Likewise; reports come while it is under way. */
function* carryByParts(carrier: Carrier, file: DirectFile): Reports {
  const { news } = carrier;
  const place: Place = { side: 'DESTINATION' };
  try {
    for (const { chunk, done } of carryLarge(carrier, file, place)) {
      news.bytes += chunk;
      if (news.isDue) yield* news.report({ index: file.index, bytesDone: done });
      if (news.wish === 'STOP') return;
    }
  } catch (cause) {
    news.failed(file, place.side, cause);
  }
}
