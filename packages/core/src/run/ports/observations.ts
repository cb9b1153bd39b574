import type { Item, ListingProof, ListProblem, PackedItems } from '../../platform/index.js';
import type { SettledFolder } from '../../pair/index.js';
import type { Coverage, KnownListing } from '../../prove/index.js';
import type { LedgerEntry, Side } from '../../plan/index.js';
import type { ListedChildren } from '../listed-children.js';
import type { KnownPlace } from './pairs.js';

/** What was listed of both sides, staged so that memory does not grow with the tree. */
export interface Observations {
  /**
   * Adds listed items of a side. An item staged twice (same key and identity) replaces the first; two items at one key are
   * both kept.
   */
  stage(side: Side, items: readonly StagedItem[]): Promise<void>;
  /**
   * Adds listed items of a side likewise, in the folders that hold them. Given the rules by which names are compared, as a
   * text, folders that are as they were on both sides may be kept bare, see `SourceFolder`.
   */
  stageFolders(side: Side, folders: readonly StagedFolder[], rules?: string): Promise<void>;
  /** What a bare folder of a side holds takes the place of what was kept of it. */
  stageAgain(side: Side, key: string, items: readonly PackedItems[]): Promise<void>;
  /**
   * Tells of items of the source that the filters of the job leave out. They are shown nowhere else, and are not missing either: see
   * `isLeftOut`. With `isKept` they belong to the known listing.
   */
  stageLeftOut(folders: readonly StagedFolder[], isKept: boolean): Promise<void>;
  /** Whether the item that the ledger knows at that key of the source, or a folder above it, is there but left out. */
  isLeftOut(sourceKey: string): Promise<boolean>;
  stageProblems(side: Side, problems: readonly StagedProblem[]): Promise<void>;
  /** Items that were seen in the recycle bin of the source, by identity. */
  stageDeleted(identities: readonly string[]): Promise<void>;
  /**
   * Ends the listing of a side: keeps with the plan what it says of itself, null where it ended without it, and how it came
   * about. With `kept` it is the side's known listing once the run came to its end (`enter('DONE')`), and takes the place of
   * the former one.
   */
  stageProof(side: Side, proof: ListingProof | null, how: ListingHow, kept: KnownListing | null): Promise<void>;
  /** The listing of a side that was kept last by a run that came to its end, with the ledger that is used. */
  knownListing(side: Side): Promise<KnownListing | null>;
  /** The folders of the known listing with what they held, top-down, without what the run itself removed. */
  knownFolders(side: Side): AsyncIterable<StagedFolder>;
  /**
   * Source folders that hold anything, top-down: by depth, then key. `nameKeyOf` is equal for equal names at the destination.
   * Here and below: with the other side given, all that is told of the source is told of the destination, and the reverse.
   */
  sourceFolders(nameKeyOf: (name: string) => string, side?: Side): AsyncIterable<SourceFolder>;
  sourceProblems(side?: Side): AsyncIterable<StagedProblem>;
  /** Direct children at the destination. */
  destinationChildren(parentKey: string, side?: Side): Promise<ListedChildren>;
  /** The folder, where a file has the same key. */
  destinationByKey(key: string): Promise<StagedItem | null>;
  sourceByKey(key: string): Promise<StagedItem | null>;
  /** By its identity, see `identityOf`. */
  destinationById(id: string, side?: Side): Promise<StagedItem | null>;
  /**
   * Entries of the ledger whose item the source does not show, neither by identity nor, as one that no entry knows, at a place
   * that they own; what is below comes first.
   */
  lostEntries(side?: Side): AsyncIterable<LedgerEntry>;
  /** What the listing of a side tells about the place, by its problems there and with folders above. */
  coverage(side: Side, key: string): Promise<Coverage>;
  /** Whether that very item, or a folder that the ledger knows above its key, was seen in the recycle bin of the source. */
  isSeenDeleted(item: KnownPlace, side?: Side): Promise<boolean>;
  /**
   * The item of the source whose part at the destination has that identity, where it stands elsewhere than the ledger knows, so
   * that its part may be to leave its place; null where it stands as known, or none is known.
   */
  leaving(destinationId: string, side?: Side): Promise<KnownSourceItem | null>;
  /** Whether the source still has that very item, by its identity, at that key. */
  isAtSource(key: string, identity: string, side?: Side): Promise<boolean>;
  /** Whether the source holds any file below the folder, at any depth. */
  hasSourceFileBelow(key: string, side?: Side): Promise<boolean>;
  /**
   * Records of the folders that the ledger knows how both halves are listed as long as nothing changes, so that the next listing
   * by the same rules may keep them bare; in portions, after each of which the caller may leave the rest out. For a run at its end.
   */
  recordRest(rules: NameRules): AsyncIterable<void>;
}

/** The rules of a listing by which folders are kept bare, see `stageFolders`. */
export interface NameRules {
  text: string;
  /** Equal for equal names at the destination. */
  nameKeyOf: (name: string) => string;
}

/** The public `ListingKind`. */
export const LISTING_KINDS = ['FULL', 'DELTA'] as const;

/** How the listing of a side came about: of everything, or of what changed, and why so, in a sentence for people. */
export interface ListingHow {
  kind: (typeof LISTING_KINDS)[number];
  reason: string;
}

export interface StagedItem {
  /** Relative to the job's location, see `pathKey`. */
  key: string;
  item: Item;
}

/** Items of the folder of that key. */
export interface StagedFolder {
  key: string;
  items: PackedItems;
}

export interface StagedProblem {
  key: string;
  problem: ListProblem;
}

/** A folder of the source with what was listed in it. */
export interface SourceFolder {
  key: string;
  /** Direct children, and the sum of their sizes that are known. */
  count: number;
  bytes: number;
  /** Null where a child, or its other half, may not be as the ledger knows it. */
  settled: SettledFolder | null;
  /**
   * Whether it was found settled before, and neither it nor its other half has changed since: then of both only the
   * folders in them are there, until they are staged again.
   */
  isBare: boolean;
  /** The direct children. */
  children(): Promise<SourceChildren>;
}

/** Children of one folder that are in hand at a time. */
export const PORTION_CHILDREN = 1_000;

export interface SourceChildren {
  /**
   * All of them, sorted by key, at most `PORTION_CHILDREN` at a time, with their ledger entries: found by identity, else the
   * owner of the place. May be asked for several times.
   */
  portions(): AsyncIterable<SourceChild[]>;
}

export interface SourceChild {
  key: string;
  item: Item;
  ledger: LedgerEntry | null;
}

export type KnownSourceItem = SourceChild & { ledger: LedgerEntry };
