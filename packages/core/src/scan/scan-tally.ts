import {
  LIMIT_KINDS,
  openItems,
  PLATFORM_KINDS,
  type Item,
  type Limits,
  type PackedItems,
  type PlatformKind,
} from '../platform/index.js';
import { pathKey } from '../plan/index.js';
import { Buckets, type ScanBucket } from './buckets.js';
import { AGE_LABELS, ageClass, depthClass, extensionClass, SIZE_LABELS, sizeClass } from './classes.js';
import { Longest } from './longest.js';
import { NameFindings, type FolderPlace, type NameProblem } from './name-findings.js';
import { numberOf, NumberSet } from './number-set.js';

/** Classes of one kind: of extensions there may be so many, of the others there are fewer. */
export const MAX_BUCKETS = 100;
export const MAX_LONGEST_PATHS = 50;
/** One for each limit of each other platform. */
export const MAX_NAME_PROBLEMS: number = LIMIT_KINDS.length * PLATFORM_KINDS.length;
/** Extensions that are told apart while they are counted. */
const MAX_COUNTED_EXTENSIONS = 10_000;
/** Folders, and names of a platform that does not tell case apart, that are remembered: some 32 bytes each. */
const MAX_REMEMBERED = 4_000_000;

/** What the listing of one place shows. */
export interface ScanFigures {
  fileCount: number;
  folderCount: number;
  /** Folders in which nothing lies; null where there are too many folders to tell. */
  emptyFolderCount: number | null;
  byteCount: number;
  /** With the most bytes first. */
  extensions: ScanBucket[];
  sizeClasses: ScanBucket[];
  ageClasses: ScanBucket[];
  depths: ScanBucket[];
  /** From the connection's root. */
  longestPaths: string[];
  nameProblems: NameProblem[];
}

export interface ScanBasis {
  /** The folder that is scanned, from the connection's root. */
  root: readonly string[];
  /** Epoch milliseconds from which ages count. */
  now: number;
  /** Of the platform that is scanned. */
  isCaseSensitive: boolean;
  /** Platforms whose limits the names are held against. */
  others: readonly { kind: PlatformKind; limits: Limits }[];
}

/** Pure: counts what is listed, item by item, in memory that does not grow with the sizes of names or files. */
export class ScanTally {
  private files = 0;
  private folders = 0;
  private bytes = 0;
  private readonly extensions = new Buckets([], MAX_COUNTED_EXTENSIONS);
  private readonly sizes = new Buckets(SIZE_LABELS);
  private readonly ages = new Buckets(AGE_LABELS);
  private readonly depths = new Buckets();
  private readonly longest = new Longest(MAX_LONGEST_PATHS);
  private readonly findings: readonly NameFindings[];
  private readonly seen = new NumberSet(MAX_REMEMBERED);
  private readonly filled = new NumberSet(MAX_REMEMBERED);

  constructor(private readonly basis: ScanBasis) {
    this.findings = basis.others.map((other) => new NameFindings(other, basis.isCaseSensitive, MAX_REMEMBERED));
  }

  /** A folder holds something, or nobody knows whether it does. */
  noteFilled(folder: readonly string[]): void {
    this.filled.add(numberOf(pathKey(folder)));
  }

  /** Items that belong to the scan; the items of a folder may come in several parts. */
  add(items: PackedItems): void {
    const above = `/${pathKey(items.folder)}${items.folder.length > 0 ? '/' : ''}`;
    const { root } = this.basis;
    const place = { path: items.folder.slice(root.length).join('/') };
    const depth = items.folder.length - root.length + 1;
    const opened = openItems(items);
    for (let index = 0; index < opened.names.length; index++)
      this.count(opened.at(index), { name: opened.names[index]!, above, place, depth });
  }

  private count(item: Item, where: Where): void {
    const { kind, size } = item;
    const { name, above, place, depth } = where;
    const pathOf = () => above + pathKey([name]);
    this.longest.add(above.length + name.length, pathOf);
    for (const findings of this.findings) findings.look(place, { kind, size, name }, pathOf);
    if (kind === 'FILE') return this.countFile(item, name, depth);
    this.folders += 1;
    this.seen.add(numberOf(pathKey(item.path)));
  }

  private countFile({ size, modifiedAt }: Item, name: string, depth: number): void {
    const bytes = size ?? 0;
    this.files += 1;
    this.bytes += bytes;
    this.extensions.add(extensionClass(name), bytes);
    this.sizes.add(sizeClass(size), bytes);
    this.ages.add(ageClass(modifiedAt, this.basis.now), bytes);
    this.depths.add(depthClass(depth), bytes);
  }

  figures(): ScanFigures {
    return {
      fileCount: this.files,
      folderCount: this.folders,
      emptyFolderCount: this.emptyFolders(),
      byteCount: this.bytes,
      extensions: this.extensions.largest(MAX_BUCKETS),
      sizeClasses: this.sizes.inOrder(),
      ageClasses: this.ages.inOrder(),
      depths: this.depths.inOrder().sort((a, b) => parseInt(a.label, 10) - parseInt(b.label, 10)),
      longestPaths: this.longest.list(),
      nameProblems: this.findings.flatMap((findings) => findings.list()),
    };
  }

  private emptyFolders(): number | null {
    if (this.seen.isFull || this.filled.isFull) return null;
    let empty = 0;
    for (const folder of this.seen.values()) empty += Number(!this.filled.has(folder));
    return empty;
  }
}

interface Where {
  name: string;
  /** Path of its folder from the connection's root, with a slash at both ends. */
  above: string;
  place: FolderPlace;
  /** 1 for what lies in the scanned folder itself. */
  depth: number;
}
