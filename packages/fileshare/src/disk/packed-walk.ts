import { compareNames, type ListingProof, type ListProblem } from '@sluice/core/platform';
import { readerOf, type DetailReader } from './details.js';
import { folderEntries } from './folder-entries.js';
import type { FolderEntry } from './folder-entries.js';
import type { FolderManifest } from './folder-manifest.js';
import type { HeldFolder } from './held-folder.js';
import { PackedFolder, type MoreOfItem, type SentItems } from './packed-folder.js';
import type { ShareRoot } from './share-root.js';
import type { StatRecord } from './stat-record.js';
import { formerIn, lookAt, visit } from './walk.js';
import type { Seen, Visitor, Walk } from './walk.js';

/** So many items are handed on at once, or a few more. */
const PART_ITEMS = 4_000;

interface Part {
  folders: SentItems[];
  problems: ListProblem[];
  proof: ListingProof | null;
}

/** Items and problems of some entries of one folder. */
interface Packed {
  items: SentItems | null;
  problems: ListProblem[];
}

/** So many entries of a folder are packed together; a folder of no more comes as one whole. */
const PACKED_ENTRIES = 1_024;

const packing = (reader: DetailReader | null, what: Walk): Visitor<Packed> => ({
  *look(share, folder) {
    const manifest = share.manifestIn(folder, what.details);
    const { joinsVersions = false, isMostlyKnown = false } = what;
    const telling = { reader, manifest, joinsVersions, keepsRecords: isMostlyKnown && !reader && !manifest };
    const former = formerIn(manifest, what);
    if (manifest?.problem) yield { value: { items: null, problems: [manifest.problem] }, items: 0, folders: [] };
    let isWhole = true;
    let waiting: FolderEntry[] = [];
    for (const entries of folderEntries(folder))
      for (const entry of entries) {
        if (entry.text !== null && former.has(entry.text)) continue;
        if (waiting.length === PACKED_ENTRIES) {
          isWhole = false;
          yield packed(share, folder, waiting, isWhole, telling);
          waiting = [];
        }
        waiting.push(entry);
      }
    // A system tells the entries of a folder in one order today and in another one of a copy, or after a repair.
    if (isWhole) waiting.sort((one, other) => compareNames(one.text ?? '', other.text ?? ''));
    yield packed(share, folder, waiting, isWhole, telling);
  },
  fail: (problem) => ({ items: null, problems: [problem] }),
});

/** What tells more of items than a look at them. */
interface Telling {
  reader: DetailReader | null;
  manifest: FolderManifest | null;
  joinsVersions: boolean;
  /** See `PackedFolder`. */
  keepsRecords: boolean;
}

/** Looks at some entries of one folder. */
function packed(
  share: ShareRoot,
  folder: HeldFolder,
  entries: readonly FolderEntry[],
  isWhole: boolean,
  telling: Telling,
): Seen<Packed> {
  const items = new PackedFolder(folder.path, share.facts.traits.hasStableInodes, telling.keepsRecords);
  const problems: ListProblem[] = [];
  for (const entry of entries) {
    const found = lookAt(share, folder, entry);
    if (found === null) continue;
    if ('problem' in found) problems.push(found.problem);
    else items.add(found.name, found.stats, detailsOf(share, folder, found, telling));
  }
  return { value: { items: items.packed(isWhole), problems }, items: items.count, folders: items.folders };
}

function detailsOf(
  share: ShareRoot,
  folder: HeldFolder,
  { name, stats }: { name: string; stats: StatRecord },
  { reader, manifest, joinsVersions }: Telling,
): MoreOfItem {
  const item = reader || manifest ? share.itemOf([...folder.path, name], stats) : null;
  if (!item) return {};
  const told = { ...item, ...reader?.of(folder, item, stats) };
  return manifest?.add(told, joinsVersions) ?? told;
}

/** Walks likewise, and packs the items of each folder. */
export function* packedWalk(share: ShareRoot, what: Walk): Generator<Part> {
  let part: Part = { folders: [], problems: [], proof: null };
  let count = 0;
  const visited = visit(share, what, packing(readerOf(share.disk, what.details), what));
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
