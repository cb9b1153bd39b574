import type {
  ByteRange,
  Call,
  Item,
  ListEntry,
  ListProblem,
  ListRequest,
  PackedListing,
  Source,
} from '@sluice/core/platform';
import { errorOf } from './disk/fault.js';
import type { SentEntry, SentProblem } from './disk/operations.js';
import { receivedItems } from './disk/packed-folder.js';
import type { Walk } from './disk/walk.js';
import { platformError } from './errors.js';
import { pathOf } from './paths.js';
import type { Share } from './share.js';

export class FileshareSource implements Source {
  readonly absence = 'LISTING' as const;

  /** Absent where no manifest tells what belongs together. */
  readonly versions?: Source['versions'];

  constructor(
    readonly share: Share,
    hasManifest: boolean,
  ) {
    if (hasManifest)
      this.versions = (item, call) => share.work(item.path, call, (facts, lane) => lane.call('versions', facts, item));
  }

  async *list(request: ListRequest, call: Call): AsyncIterable<ListEntry> {
    const start = pathOf(request.folder);
    const walk = walkOf(start, request);
    for await (const batch of this.share.steps(start, call, (facts, lane) => lane.stream('list', facts, walk))) {
      for (const entry of batch) yield received(entry);
    }
  }

  async *listPacked(request: ListRequest, call: Call): AsyncIterable<PackedListing> {
    const start = pathOf(request.folder);
    const walk = walkOf(start, request);
    const { hasStableInodes } = this.share.traits;
    for await (const part of this.share.steps(start, call, (facts, lane) => lane.stream('listPacked', facts, walk))) {
      const folders = part.folders.map((items) => receivedItems(items, hasStableInodes));
      yield { ...part, folders, problems: part.problems.map(problemOf), deleted: [] };
    }
  }

  open(item: Item, call: Call, range?: ByteRange): AsyncIterable<Uint8Array> {
    const file = placeOfContent(item);
    return this.share.steps(file.path, call, (facts, lane) => lane.stream('read', facts, file, range));
  }
}

const walkOf = (
  start: readonly string[],
  { isShallow = false, rules = [], details, joinsVersions, isMostlyKnown }: ListRequest,
): Walk => ({ start, isShallow, rules, details, joinsVersions, isMostlyKnown });

/** A former content lies in a file beside the newest, whose name is the handle. */
const placeOfContent = (item: Item): Item =>
  item.isFormer && item.handle !== null ? { ...item, path: [...item.path.slice(0, -1), item.handle] } : item;

function received(entry: SentEntry): ListEntry {
  if ('item' in entry) return { type: 'item', item: entry.item };
  return 'proof' in entry ? { type: 'end', proof: entry.proof } : { type: 'problem', problem: problemOf(entry) };
}

const problemOf = ({ problem, fault }: SentProblem): ListProblem => ({
  ...problem,
  error: platformError(errorOf(fault), problem.path),
});
