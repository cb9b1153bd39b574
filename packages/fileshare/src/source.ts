import type { ByteRange, Call, Item, ListEntry, ListRequest, Source } from '@sluice/core/platform';
import { errorOf } from './disk/fault.js';
import type { PackedEntry } from './disk/operations.js';
import { platformError } from './errors.js';
import { pathOf } from './paths.js';
import type { Share } from './share.js';

export class FileshareSource implements Source {
  readonly absence = 'LISTING' as const;

  constructor(readonly share: Share) {}

  async *list(request: ListRequest, call: Call): AsyncIterable<ListEntry> {
    const start = pathOf(request.folder);
    const walk = { start, isShallow: request.isShallow ?? false };
    for await (const batch of this.share.steps(start, call, (facts, lane) => lane.stream('list', facts, walk))) {
      for (const entry of batch) yield unpacked(entry);
    }
  }

  open(item: Item, call: Call, range?: ByteRange): AsyncIterable<Uint8Array> {
    return this.share.steps(item.path, call, (facts, lane) => lane.stream('read', facts, item, range));
  }
}

function unpacked(entry: PackedEntry): ListEntry {
  if ('item' in entry) return { type: 'item', item: entry.item };
  if ('proof' in entry) return { type: 'end', proof: entry.proof };
  const { problem, fault } = entry;
  return { type: 'problem', problem: { ...problem, error: platformError(errorOf(fault), problem.path) } };
}
