import type { Item, ItemRule } from '../platform/index.js';
import { fold, Glob } from './glob.js';

/** What filters look at beside the path. */
export type Judged = Pick<Item, 'kind' | 'size' | 'createdAt' | 'modifiedAt' | 'description' | 'isPrivate'>;

/** Fields of an item that a listing shows, by their keys in filters. */
export const METADATA_KEYS = [
  'path',
  'name',
  'extension',
  'size',
  'createdAt',
  'modifiedAt',
  'description',
  'private',
] as const;
type MetadataKey = (typeof METADATA_KEYS)[number];

/** Where an item stands: relative to the job's location, as listed and folded. */
export interface Place {
  path: readonly string[];
  folded: readonly string[];
}

/**
 * One filter, ready to be asked. Extensions, sizes and times are those of files: a filter that asks for them matches no folder,
 * whose own time says nothing of what is in it.
 */
export class Conditions {
  readonly isExclusion: boolean;
  private readonly globs: readonly Glob[];
  private readonly extensions: readonly string[];

  constructor(private readonly rule: ItemRule) {
    this.isExclusion = rule.isExclusion;
    this.globs = rule.globs.map((pattern) => new Glob(pattern));
    this.extensions = rule.extensions.map((extension) => `.${fold(extension).replace(/^\./, '')}`);
  }

  matches(place: Place, item: Judged, now: number): boolean {
    return this.matchesPlace(place, item.kind) && this.matchesFile(item, now) && this.matchesMetadata(place, item);
  }

  /** Whether nothing but the path and the kind decides. */
  get isOfPlaceOnly(): boolean {
    return !this.isOfFileFacts && this.rule.metadataKey === null;
  }

  /** What the path and the kind tell. */
  matchesPlace({ folded }: Place, kind: Item['kind']): boolean {
    const { isHidden } = this.rule;
    if (isHidden !== null && isHidden !== folded.some((name) => name.startsWith('.'))) return false;
    if (this.globs.length > 0 && !this.globs.some((glob) => glob.find(folded).matches)) return false;
    return this.extensions.length === 0 || (kind === 'FILE' && this.hasExtension(nameIn(folded)));
  }

  /** Whether something below a folder may match. */
  mayMatchBelow({ folded }: Place): boolean {
    if (this.globs.length === 0) return true;
    return this.globs.some((glob) => glob.find(folded).mayMatchBelow);
  }

  private hasExtension(name: string): boolean {
    return this.extensions.some((extension) => name.length > extension.length && name.endsWith(extension));
  }

  private get isOfFileFacts(): boolean {
    const { minBytes, maxBytes, createdFrom, createdTo, modifiedFrom, modifiedTo, minAgeMs, maxAgeMs } = this.rule;
    const facts = [minBytes, maxBytes, createdFrom, createdTo, modifiedFrom, modifiedTo, minAgeMs, maxAgeMs];
    return facts.some((fact) => fact !== null);
  }

  /** What is not known of a file is in no range. */
  private matchesFile({ kind, size, createdAt, modifiedAt }: Judged, now: number): boolean {
    if (!this.isOfFileFacts) return true;
    const { minBytes, maxBytes, createdFrom, createdTo, modifiedFrom, modifiedTo, minAgeMs, maxAgeMs } = this.rule;
    const modified = modifiedAt?.getTime() ?? null;
    return (
      kind === 'FILE' &&
      isWithin(size, minBytes, maxBytes) &&
      isWithin(createdAt?.getTime() ?? null, createdFrom, before(createdTo)) &&
      isWithin(modified, modifiedFrom, before(modifiedTo)) &&
      isWithin(modified === null ? null : now - modified, minAgeMs, maxAgeMs)
    );
  }

  private matchesMetadata(place: Place, item: Judged): boolean {
    const { metadataKey, metadataValue } = this.rule;
    if (metadataKey === null) return true;
    const value = METADATA[metadataKey as MetadataKey](place, item);
    return value !== null && value !== '' && (metadataValue === null || value === metadataValue.normalize('NFC'));
  }
}

/** The location itself is never judged. */
const nameIn = (path: readonly string[]): string => path[path.length - 1]!;

/** Whole milliseconds. */
const before = (end: number | null) => (end === null ? null : end - 1);

function isWithin(value: number | null, least: number | null, most: number | null): boolean {
  if (least === null && most === null) return true;
  return value !== null && value >= (least ?? -Infinity) && value <= (most ?? Infinity);
}

const METADATA: Readonly<Record<MetadataKey, (place: Place, item: Judged) => string | null>> = {
  path: ({ path }) => path.join('/').normalize('NFC'),
  name: ({ path }) => nameIn(path).normalize('NFC'),
  extension: ({ path }, { kind }) => (kind === 'FILE' ? extensionOf(nameIn(path)) : null),
  size: (_, { size }) => (size === null ? null : String(size)),
  createdAt: (_, { kind, createdAt }) => (kind === 'FILE' ? (createdAt?.toISOString() ?? null) : null),
  modifiedAt: (_, { kind, modifiedAt }) => (kind === 'FILE' ? (modifiedAt?.toISOString() ?? null) : null),
  description: (_, { description }) => description?.normalize('NFC') ?? null,
  private: (_, { isPrivate }) => (isPrivate === null ? null : String(isPrivate)),
};

function extensionOf(name: string): string | null {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).normalize('NFC') : null;
}
