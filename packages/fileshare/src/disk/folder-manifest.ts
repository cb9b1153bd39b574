import { constants } from 'node:fs';
import { PlatformError, wantedFields } from '@sluice/core/platform';
import type { Details, Item, ListProblem } from '@sluice/core/platform';
import { codeOf } from '../errors.js';
import { MANIFEST, shown } from '../paths.js';
import type { HeldFolder } from './held-folder.js';
import { StatRecord } from './stat-record.js';
import {
  Damage,
  formersIn,
  keptFields,
  MAX_BYTES,
  metaVersionOf,
  readManifestText,
  type Kept,
  type Manifest,
} from './manifest.js';

const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const strictText = new TextDecoder('utf-8', { fatal: true });

/** The manifest of a folder; empty where it has none. Throws a `Damage` for one that cannot be used, or an error of the system. */
function readManifest(folder: HeldFolder): Manifest {
  const file = openManifest(folder);
  if (file === null) return new Map();
  try {
    return readOpenManifest(folder, file);
  } finally {
    folder.disk.close(file);
  }
}

/** Null where the folder has none. */
export function openManifest(folder: HeldFolder): number | null {
  try {
    return folder.disk.open(folder.at(MANIFEST), READ);
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return null;
    if (codeOf(cause) === 'ELOOP') throw new Damage('is a link', { cause });
    throw cause;
  }
}

/** Throws a `Damage` for one that cannot be used, or an error of the system. */
export function readOpenManifest(folder: HeldFolder, file: number): Manifest {
  const bytes = bytesOf(folder, file);
  try {
    return readManifestText(strictText.decode(bytes));
  } catch (cause) {
    throw cause instanceof TypeError ? new Damage('is no UTF-8', { cause }) : cause;
  }
}

function bytesOf(folder: HeldFolder, file: number): Buffer {
  const stats = folder.disk.fstat(file);
  if (!stats.isFile()) throw new Damage('is no file');
  if (stats.size > BigInt(MAX_BYTES)) throw new Damage(`is larger than ${MAX_BYTES} bytes`);
  return whole(folder, file, Number(stats.size));
}

function whole({ disk }: HeldFolder, file: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let length = 0; length < size;) {
    const read = disk.read(file, bytes.subarray(length), length);
    if (read === 0) throw new Damage('ends early');
    length += read;
  }
  return bytes;
}

/** What the manifest of a folder tells of the items in it, for whoever lists them. */
export class FolderManifest {
  private readonly formers: ReadonlyMap<string, readonly string[]>;
  private readonly looked = new StatRecord();

  private constructor(
    private readonly folder: HeldFolder,
    private readonly manifest: Manifest,
    private readonly details: Details | undefined,
    /** Why it is ignored; null where it is not. */
    readonly problem: ListProblem | null,
  ) {
    this.formers = formersIn(manifest);
  }

  /** One that cannot be used tells nothing of any item. */
  static open(folder: HeldFolder, details?: Details): FolderManifest {
    try {
      return new FolderManifest(folder, readManifest(folder), details, null);
    } catch (cause) {
      return new FolderManifest(folder, new Map(), details, problemOf(folder, cause));
    }
  }

  /** What an item has beside what the file system told. */
  add(item: Item, joinsVersions = false): Item {
    const name = item.path.at(-1) ?? '';
    const formerSizes = joinsVersions && item.kind === 'FILE' ? this.formerSizesOf(name) : [];
    const counted = formerSizes.length > 0 ? { ...item, formerVersions: formerSizes.length, formerSizes } : item;
    const kept = this.manifest.get(name);
    return kept ? { ...counted, ...this.told(item, kept) } : counted;
  }

  private told(item: Item, kept: Kept): Partial<Item> {
    const fields = wantedFields({ ...item.fields, ...keptFields(kept) }, this.details?.fields);
    const tags = this.details?.tags ? [...new Set([...(item.tags ?? []), ...(kept.tags ?? [])])].sort() : [];
    return {
      description: kept.description ?? null,
      isPrivate: kept.private ?? null,
      metaVersion: metaVersionOf(item.metaVersion ?? '', kept),
      ...fields,
      ...(tags.length > 0 ? { tags } : {}),
    };
  }

  of(name: string): Kept | null {
    return this.manifest.get(name) ?? null;
  }

  /** Names of files that stand there with former contents of that one, oldest first. */
  formersOf(name: string): readonly string[] {
    return (this.formers.get(name) ?? []).filter((former) => this.isFile(former));
  }

  private formerSizesOf(name: string): number[] {
    const names = this.formers.get(name) ?? [];
    return names.flatMap((former) => (this.isFile(former) ? this.looked.byteSize : []));
  }

  /** Into memory of its own: whoever lists the folder looks at an item meanwhile. */
  private isFile(name: string): boolean {
    return this.folder.look(name, this.looked)?.isFile() ?? false;
  }

  /** Names of files that are former contents of others that stand there. */
  former(): ReadonlySet<string> {
    const there = [...this.formers].filter(([newest]) => this.isFile(newest));
    return new Set(there.flatMap(([, names]) => names));
  }
}

function problemOf(folder: HeldFolder, cause: unknown): ListProblem {
  const path = [...folder.path, MANIFEST];
  const why = cause instanceof Damage ? cause.message : 'cannot be read';
  const error = new PlatformError('SPECIAL_FILE', `“${shown(path)}” is ignored: it ${why}.`, {
    cause,
    remedy: 'Put it right, or take it away; what it kept is lost then.',
  });
  return { path, kind: 'SPECIAL', error };
}
