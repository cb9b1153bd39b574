import { packItems } from '@sluice/core/platform';
import type { ListingProof, ListProblem, PackedItems } from '@sluice/core/platform';
import type { ShareRoot } from './share-root.js';
import { walk } from './walk.js';
import type { Walk, WalkEntry } from './walk.js';

/** So many entries are handed on at once, or a few more. */
const PART_ENTRIES = 4_000;

interface Part {
  folders: PackedItems[];
  problems: ListProblem[];
  proof: ListingProof | null;
}

/** Walks likewise, and packs the items of each folder. */
export function* packedWalk(share: ShareRoot, what: Walk): Generator<Part> {
  let part: Part = { folders: [], problems: [], proof: null };
  let count = 0;
  for (const entries of walk(share, what)) {
    add(part, entries);
    count += entries.length;
    if (count < PART_ENTRIES) continue;
    yield part;
    part = { folders: [], problems: [], proof: null };
    count = 0;
  }
  yield part;
}

/** Entries of one folder, or the end. */
function add(part: Part, entries: readonly WalkEntry[]): void {
  const items = entries.flatMap((entry) => (entry.type === 'item' ? [entry.item] : []));
  const [first] = items;
  if (first) part.folders.push(packItems(first.path.slice(0, -1), items));
  for (const entry of entries) {
    if (entry.type === 'problem') part.problems.push(entry.problem);
    if (entry.type === 'end') part.proof = entry.proof;
  }
}
