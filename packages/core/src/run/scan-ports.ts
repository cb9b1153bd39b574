import type { Item } from '../platform/index.js';
import type { ScanFigures } from '../scan/index.js';

/**
 * What the engine needs remembered about one scan, beside `EngineStore`. Every method is one transaction, or goes on where it
 * was when it is called again. `describeScanStore` is its contract suite.
 */
export interface ScanStore {
  /** Forgets what an interrupted scan left. */
  reset(): Promise<void>;
  /** Adds files whose contents are to be compared; their sizes are known, and more than 0. */
  addFiles(files: readonly SizedFile[]): Promise<void>;
  /** Keeps what the listing showed. Files of one size whose contents are not known yet are the work of the run from now on. */
  keepFigures(figures: ListedFigures): Promise<void>;
  /**
   * Files whose size another one has too and whose content is not known, largest first, then the last one that came; those
   * that come after the given one, null for the first ones. Once figures are kept.
   */
  unread(after: UnreadFile | null, limit: number): Promise<UnreadFile[]>;
  /** Remembers SHA-256 in hex, null for files that cannot be read. */
  noteHashes(read: readonly ReadFile[]): Promise<void>;
  /** Finds the files of equal content and keeps the result, which is shown from now on. */
  finish(): Promise<void>;
}

export interface ListedFigures extends ScanFigures {
  /** Whether everything in the folder could be listed. */
  isComplete: boolean;
  /** Whether contents may be read to compare files whose platform tells no checksum. */
  isCompared: boolean;
}

export type SizedFile = Item & { size: number };

export interface UnreadFile {
  id: number;
  file: SizedFile;
}

export interface ReadFile {
  id: number;
  size: number;
  sha256: string | null;
}

/** Files of equal content. */
export interface ScanDuplicates {
  groupCount: number;
  /** Bytes of all files of the groups but one of each. */
  byteCount: number;
  /** With the most wasted bytes first, at most `MAX_DUPLICATE_GROUPS`. */
  groups: DuplicateGroup[];
}

export interface DuplicateGroup {
  /** Hex. */
  sha256: string;
  /** Of one. */
  byteSize: number;
  fileCount: number;
  /** From the connection's root, at most `MAX_DUPLICATE_PATHS`. */
  paths: string[];
}

export const MAX_DUPLICATE_GROUPS = 100;
export const MAX_DUPLICATE_PATHS = 20;
