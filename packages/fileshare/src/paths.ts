import { PlatformError } from '@sluice/core/platform';
import type { Address } from '@sluice/core/platform';

/** A share has no identifiers, so an item's is its path; the root's is this. */
export const ROOT_ID = '/';

/** Folder at the root into which removed items go; never listed. */
export const TRASH = '.sluice-trash';

/** File in a folder that keeps of its items what the file system has no place for; never listed. */
export const MANIFEST = '.sluice.json';

const OURS = /^\.sluice-[0-9a-f]{8}-\d+(-[0-9a-z]+)+\.(part|swap|aside)$/;
const WORKING =
  /^\.sluice-([0-9a-f]{8})-(\d+)-([0-9a-z]+)-([0-9a-f]{8})-[0-9a-z]+(?:-([0-9a-f]{8}))?(?:-([0-9a-f]{8}))?\.(part|swap|aside)$/;

/** Who made a working file, as its name tells. */
export interface Owner {
  /** First digits of a hash of the running machine and its room of processes. */
  machine: string;
  pid: number;
  /** When the process began, in ticks of the machine; `0` where it cannot be known. */
  start: string;
  /** First digits of a hash of the run. */
  run: string;
}

/**
 * What Sluice makes in the folders of a share while it works. `part`: a file that is not whole yet. `swap`: a whole one
 * that changes places with the file that it replaces. `aside`: a folder that holds a file to be replaced, under its name,
 * where names cannot change places.
 */
export type WorkingKind = 'part' | 'swap' | 'aside';

export interface WorkingName {
  owner: Owner;
  kind: WorkingKind;
  /** First digits of hashes of the version of our file, and of the version to be replaced. */
  ours: string | null;
  replaced: string | null;
}

/** `suffix` is used once by the process. */
export function workingName(owner: Owner, suffix: string, kind: WorkingKind, versions: readonly string[] = []): string {
  const { machine, pid, start, run } = owner;
  return `.sluice-${[machine, pid, start, run, suffix, ...versions].join('-')}.${kind}`;
}

/** Whose working file has that name; null for every other name. */
export function readWorkingName(name: string): WorkingName | null {
  const [, machine, pid, start, run, first, second, kind] = WORKING.exec(name) ?? [];
  if (machine === undefined || pid === undefined || start === undefined || run === undefined) return null;
  const owner = { machine, pid: Number(pid), start, run };
  if (kind === 'swap') return { owner, kind, ours: first ?? null, replaced: second ?? null };
  return { owner, kind: kind === 'aside' ? kind : 'part', ours: null, replaced: first ?? null };
}

/** Names that belong to this connector and are never shown. */
export function isOurs(name: string): boolean {
  return name === TRASH || name === MANIFEST || OURS.test(name);
}

const MAX_NAME_BYTES = 255;

/** The name with an end, cut between two characters where there is no room for both; `extension` stays behind the end. */
export function ended(name: string, end: string, extension = ''): string {
  const base = extension !== '' && name.endsWith(extension) ? name.slice(0, -extension.length) : name;
  const characters = [...new Intl.Segmenter().segment(base)].map(({ segment }) => segment);
  const room = MAX_NAME_BYTES - Buffer.byteLength(end + extension);
  while (characters.length > 1 && Buffer.byteLength(characters.join('')) > room) characters.pop();
  return characters.join('') + end + extension;
}

export function idOf(path: readonly string[]): string {
  return path.length === 0 ? ROOT_ID : path.join('/');
}

export function pathOf(address: Address): readonly string[] {
  if ('path' in address) return address.path;
  return address.id === ROOT_ID ? [] : address.id.split('/');
}

/** What no name may be or hold: a half of a pair of surrogates is no character in UTF-8. */
const NO_SEGMENT = /^\.{0,2}$|[/\0\p{Surrogate}]/u;

/** Whether a name is one segment that the file system takes as it is. */
function isSegment(name: string): boolean {
  return !NO_SEGMENT.test(name);
}

export function assertSegment(name: string): void {
  if (!isSegment(name)) throw illegal(name);
}

/** Refuses a path that could lead to another file than its segments say, or to a file that Sluice itself made. */
export function assertLegal(path: readonly string[]): void {
  const name = path.find((segment) => !isSegment(segment) || isOurs(segment));
  if (name !== undefined) throw illegal(name);
}

/** Throws for a path that may not be changed, whoever asks. */
export function assertChangeable(path: readonly string[]): void {
  assertLegal(path);
  if (path.length === 0) throw new PlatformError('REJECTED', 'The root itself cannot be changed.');
}

function illegal(name: string): PlatformError {
  return new PlatformError('NAME_INVALID', `“${name.slice(0, 100)}” cannot be the name of a file or folder.`, {
    remedy: 'Use a name without “/” that is neither empty, “.” nor “..”, and none that Sluice keeps for itself.',
  });
}

/** How a path is shown to people. */
export function shown(path: readonly string[]): string {
  return `/${path.join('/')}`;
}
