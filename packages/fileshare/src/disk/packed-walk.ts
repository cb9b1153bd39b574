import type { ListingProof, ListProblem, PackedItems } from '@sluice/core/platform';
import { folderEntries } from './folder-entries.js';
import { PackedFolder } from './packed-folder.js';
import type { ShareRoot } from './share-root.js';
import { lookAt, visit } from './walk.js';
import type { Visitor, Walk } from './walk.js';

/** So many items are handed on at once, or a few more. */
const PART_ITEMS = 4_000;

interface Part {
  folders: PackedItems[];
  problems: ListProblem[];
  proof: ListingProof | null;
}

/** Items and problems of some entries of one folder. */
interface Packed {
  items: PackedItems | null;
  problems: ListProblem[];
}

const PACKED: Visitor<Packed> = {
  *look(share, folder) {
    for (const entries of folderEntries(folder)) {
      const packed = new PackedFolder(folder.path, share.facts.traits.hasStableInodes);
      const problems: ListProblem[] = [];
      for (const entry of entries) {
        const found = lookAt(share, folder, entry);
        if (found === null) continue;
        if ('problem' in found) problems.push(found.problem);
        else packed.add(found.name, found.stats);
      }
      yield { value: { items: packed.packed(), problems }, items: packed.count, folders: packed.folders };
    }
  },
  fail: (problem) => ({ items: null, problems: [problem] }),
};

/** Walks likewise, and packs the items of each folder. */
export function* packedWalk(share: ShareRoot, what: Walk): Generator<Part> {
  let part: Part = { folders: [], problems: [], proof: null };
  let count = 0;
  const visited = visit(share, what, PACKED);
  for (let step = visited.next(); ; step = visited.next()) {
    if (step.done) {
      yield { ...part, proof: step.value };
      return;
    }
    const { items, problems } = step.value;
    if (items) part.folders.push(items);
    part.problems.push(...problems);
    count += (items?.count ?? 0) + problems.length;
    if (count < PART_ITEMS) continue;
    yield part;
    part = { folders: [], problems: [], proof: null };
    count = 0;
  }
}
