import type { DirectTransfer, Trash } from '@sluice/core/platform';
import type { Version } from './read.js';
import type { FileToWrite, Finish } from './write.js';

type Path = readonly string[];

/** A file that comes from one share to another. */
export interface DirectFile {
  /** Its place in the batch. */
  index: number;
  source: Version & { size: number };
  file: FileToWrite;
  time: Finish['time'];
  isInDoubt: boolean;
  isProved: boolean;
}

/** What is the same for all files of a batch. */
export interface Common extends Pick<FileToWrite, 'run' | 'fsync'> {
  /** Used once by the process, and here with the number of each file after it. */
  suffix: string;
  /** Time of access that files with a time get, in nanoseconds since 1970. */
  accessed: bigint;
}

/** Files of a batch column by column: they pass to another thread at a fraction of what an object for each would cost. */
export interface PackedFiles extends Common {
  /** Place of the first in the batch. */
  start: number;
  folders: { from: Path; to: Path }[];
  /** Which of the folders. */
  folder: number[];
  sourceName: string[];
  name: string[];
  size: number[];
  version: (string | null)[];
  replaces: (string | null)[];
  /** Where what is replaced is kept. */
  trash: (Trash | null)[];
  /** What it gets beside its content. */
  given: FileToWrite['given'][];
  /** Milliseconds since 1970, and what is below them in nanoseconds; null without a time. */
  modified: (number | null)[];
  nanoseconds: number[];
  isInDoubt: boolean[];
  isProved: boolean[];
}

/** Packs a part of a batch, whose neighbours are mostly in one folder. */
export function packFiles(
  transfers: readonly DirectTransfer[],
  start: number,
  common: Common,
  givenOf: (transfer: DirectTransfer) => FileToWrite['given'],
): PackedFiles {
  const folders: PackedFiles['folders'] = [];
  const folder = transfers.map((transfer) => {
    const [from, to] = [transfer.source.path, transfer.replaces?.path ?? null];
    const last = folders.at(-1);
    const isLast = last && isIn(last.from, from) && (to ? isIn(last.to, to) : isEqual(last.to, transfer.parent.path));
    if (!isLast) folders.push({ from: from.slice(0, -1), to: to?.slice(0, -1) ?? transfer.parent.path });
    return folders.length - 1;
  });
  return {
    ...common,
    start,
    folders,
    folder,
    sourceName: transfers.map(({ source }) => source.path.at(-1) ?? ''),
    name: transfers.map(({ replaces, name }) => replaces?.path.at(-1) ?? name),
    size: transfers.map(({ source }) => source.size),
    version: transfers.map(({ source }) => source.version),
    replaces: transfers.map(({ replaces }) => replaces?.version ?? null),
    trash: transfers.map(({ trash }) => trash ?? null),
    given: transfers.map(givenOf),
    modified: transfers.map(({ modifiedAt }) => modifiedAt?.getTime() ?? null),
    nanoseconds: transfers.map(({ modifiedNanoseconds }) => modifiedNanoseconds ?? 0),
    isInDoubt: transfers.map(({ inDoubtSince }) => inDoubtSince !== undefined),
    isProved: transfers.map(({ isProved }) => isProved ?? false),
  };
}

/** Where the file will be. */
export const pathOf = ({ replaces, parent, name }: DirectTransfer): Path => replaces?.path ?? [...parent.path, name];

const isEqual = (one: Path, other: Path) => one === other || (one.length === other.length && startsWith(one, other));

/** Whether the path is that of something directly in the folder. */
const isIn = (folder: Path, path: Path) => path.length === folder.length + 1 && startsWith(path, folder);

const startsWith = (path: Path, start: Path) => start.every((segment, depth) => path[depth] === segment);

/** One file after the other. */
export function* unpackFiles(packed: PackedFiles): Generator<DirectFile> {
  for (let at = 0; at < packed.name.length; at += 1) yield fileAt(packed, at);
}

function fileAt(packed: PackedFiles, at: number): DirectFile {
  const { run, fsync, suffix, start } = packed;
  const { from, to } = packed.folders[packed.folder[at]!]!;
  return {
    index: start + at,
    source: { path: [...from, packed.sourceName[at]!], size: packed.size[at]!, version: packed.version[at]! },
    file: {
      path: [...to, packed.name[at]!],
      replaces: packed.replaces[at]!,
      trash: packed.trash[at]!,
      given: packed.given[at]!,
      suffix: `${suffix}z${at.toString(36)}`,
      run,
      fsync,
    },
    time: timeAt(packed, at),
    isInDoubt: packed.isInDoubt[at]!,
    isProved: packed.isProved[at]!,
  };
}

const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

function timeAt({ accessed, modified, nanoseconds }: PackedFiles, at: number): Finish['time'] {
  const milliseconds = modified[at]!;
  if (milliseconds === null) return null;
  return { accessed, modified: BigInt(milliseconds) * NANOSECONDS_PER_MILLISECOND + BigInt(nanoseconds[at]!) };
}
