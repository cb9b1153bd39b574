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
import type { Walk } from './disk/walk.js';
import { platformError } from './errors.js';
import { pathOf } from './paths.js';
import type { Share } from './share.js';

export class FileshareSource implements Source {
  readonly absence = 'LISTING' as const;

  constructor(readonly share: Share) {}

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
    for await (const part of this.share.steps(start, call, (facts, lane) => lane.stream('listPacked', facts, walk)))
      yield { ...part, problems: part.problems.map(problemOf), deleted: [] };
  }

  open(item: Item, call: Call, range?: ByteRange): AsyncIterable<Uint8Array> {
    return this.share.steps(item.path, call, (facts, lane) => lane.stream('read', facts, item, range));
  }
}

const walkOf = (start: readonly string[], { isShallow = false, rules = [], details }: ListRequest): Walk => ({
  start,
  isShallow,
  rules,
  details,
});

function received(entry: SentEntry): ListEntry {
  if ('item' in entry) return { type: 'item', item: entry.item };
  return 'proof' in entry ? { type: 'end', proof: entry.proof } : { type: 'problem', problem: problemOf(entry) };
}

const problemOf = ({ problem, fault }: SentProblem): ListProblem => ({
  ...problem,
  error: platformError(errorOf(fault), problem.path),
});
