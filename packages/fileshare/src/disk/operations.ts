import type {
  ByteRange,
  Details,
  Item,
  ListingProof,
  ListProblem,
  RemoveRequest,
  RestoreRequest,
  Trash,
} from '@sluice/core/platform';
import { faultOf } from './fault.js';
import type { Fault } from './fault.js';
import { describeItem, ensureFolder, moveItem, removeItem, restoreItem } from './change.js';
import type { Doer } from './change.js';
import { listSome, probeWriting } from './check.js';
import { carryOutDirectly } from './direct.js';
import type { Disk } from './disk.js';
import { versionsOf } from './former-files.js';
import type { Given } from './given.js';
import { keepInManifest, type ManifestWriter, type ToKeep } from './keep-manifest.js';
import { emptyTrash, trashedTimes } from './old-trash.js';
import type { PackedFiles } from './packed-files.js';
import { systemNames, type NameKind } from './names.js';
import { machineStart, syncShare } from './power.js';
import { bytesOf, hashFile } from './read.js';
import { locate, ShareRoot } from './share-root.js';
import type { ShareFacts } from './share-root.js';
import { traitsOf } from './traits.js';
import { appendBytes, beginFile, discardFile, earlierFile, finishFile } from './write.js';
import type { FileToWrite, Finish, UnfinishedFile } from './write.js';
import type { SentItems } from './packed-folder.js';
import { packedWalk } from './packed-walk.js';
import { walk } from './walk.js';
import type { Walk } from './walk.js';

type Path = readonly string[];

/** What a thread of a share does at a request, each in one go. Arguments and results can be copied between threads. */
export function callsOn(disk: Disk) {
  const at = (facts: ShareFacts) => new ShareRoot(disk, facts);
  return {
    locate: (folder: string) => locate(disk, folder),
    traits: (folder: string) => traitsOf(disk, folder),
    find: (facts: ShareFacts, path: Path, details?: Details) => at(facts).find(path, details),
    versions: (facts: ShareFacts, item: Item) => versionsOf(at(facts), item),
    keep: (facts: ShareFacts, folder: Path, changes: readonly ToKeep[], writer: ManifestWriter) =>
      keepInManifest(at(facts), folder, changes, writer),
    kept: (facts: ShareFacts, path: Path) => at(facts).keptOf(path),
    names: (kind: NameKind) => systemNames(disk, kind),
    listSome: (facts: ShareFacts) => listSome(at(facts)),
    probeWriting: (facts: ShareFacts, path: Path, suffix: string) => probeWriting(at(facts), path, suffix),
    ensureFolder: (facts: ShareFacts, path: Path, how: { isInDoubt: boolean; given: Given | null }, doer: Doer) =>
      ensureFolder(at(facts), path, how, doer),
    describe: (facts: ShareFacts, item: Item, given: Given, isDurable: boolean) =>
      describeItem(at(facts), item, given, isDurable),
    setFolderTime: (facts: ShareFacts, path: Path, accessed: bigint, modified: bigint) =>
      at(facts).within(path, (folder) => folder.setTime(accessed, modified)),
    remove: (facts: ShareFacts, request: RemoveRequest, doer: Doer) => removeItem(at(facts), request, doer),
    restore: (facts: ShareFacts, request: RestoreRequest, doer: Doer) => restoreItem(at(facts), request, doer),
    move: (facts: ShareFacts, item: Item, path: Path, doer: Doer) => moveItem(at(facts), item, path, doer),
    trashedTimes: (facts: ShareFacts, root: Path) => trashedTimes(at(facts), root),
    machineStart: () => machineStart(disk),
    syncShare: (facts: ShareFacts) => syncShare(at(facts)),
    syncFolder: (facts: ShareFacts, path: Path) => at(facts).within(path, (folder) => folder.sync()),
    earlier: (facts: ShareFacts, file: FileToWrite, size: number) => earlierFile(at(facts), file, size),
    begin: (facts: ShareFacts, file: FileToWrite) => beginFile(at(facts), file),
    append: (facts: ShareFacts, descriptor: number | null, bytes: Uint8Array) =>
      appendBytes(at(facts), descriptor, bytes),
    finish: (facts: ShareFacts, begun: UnfinishedFile, file: FileToWrite, finish: Finish) =>
      finishFile(at(facts), begun, file, finish),
    discard: (facts: ShareFacts, begun: UnfinishedFile) => discardFile(at(facts), { ...begun }),
  };
}

/** An entry of a listing that can be copied between threads. */
export type SentEntry = { item: Item } | SentProblem | { proof: ListingProof };

export interface SentProblem {
  problem: Omit<ListProblem, 'error'>;
  fault: Fault;
}

export interface SentListing {
  folders: SentItems[];
  problems: SentProblem[];
  proof: ListingProof | null;
}

function sent({ error, ...problem }: ListProblem): SentProblem {
  return { problem, fault: faultOf(error) };
}

/** What a thread does step by step; it may be told to end after each. */
export function streamsOn(disk: Disk) {
  const at = (facts: ShareFacts) => new ShareRoot(disk, facts);
  return {
    *list(facts: ShareFacts, what: Walk): Generator<SentEntry[], null> {
      for (const entries of walk(at(facts), what)) {
        yield entries.map((entry) => {
          if (entry.type === 'item') return { item: entry.item };
          return entry.type === 'end' ? { proof: entry.proof } : sent(entry.problem);
        });
      }
      return null;
    },
    *listPacked(facts: ShareFacts, what: Walk): Generator<SentListing, null> {
      for (const { folders, problems, proof } of packedWalk(at(facts), what))
        yield { folders, problems: problems.map(sent), proof };
      return null;
    },
    *read(facts: ShareFacts, item: Item, range?: ByteRange): Generator<Uint8Array, null> {
      yield* bytesOf(at(facts), item, range);
      return null;
    },
    emptyTrash: (facts: ShareFacts, trash: Trash & { at: Date }) => emptyTrash(at(facts), trash),
    hash: (facts: ShareFacts, descriptor: number | null) => hashFile(at(facts), descriptor),
    direct: (from: ShareFacts, to: ShareFacts, files: PackedFiles) => carryOutDirectly(at(from), at(to), files),
  };
}

export type Calls = ReturnType<typeof callsOn>;
export type Streams = ReturnType<typeof streamsOn>;
