import { PlatformError } from '@sluice/core/platform';
import type { Address } from '@sluice/core/platform';

/** A share has no identifiers, so an item's is its path; the root's is this. */
export const ROOT_ID = '/';

/** Folder at the root into which removed items go; never listed. */
export const TRASH = '.sluice-trash';

const TEMPORARY = /^\.sluice-([0-9a-f]{8})-(\d+)-([0-9a-z]+)-([0-9a-z]+)\.part$/;

export interface TemporaryOwner {
  /** First digits of the host name's hash. */
  host: string;
  pid: number;
  /** When the process began, in ticks of the host; `0` where it cannot be known. */
  start: string;
}

export function temporaryName(owner: TemporaryOwner, suffix: string): string {
  return `.sluice-${owner.host}-${owner.pid}-${owner.start}-${suffix}.part`;
}

/** Whose temporary file that name is; null for every other name. */
export function temporaryOwner(name: string): TemporaryOwner | null {
  const [, host, pid, start] = TEMPORARY.exec(name) ?? [];
  return host === undefined || pid === undefined || start === undefined ? null : { host, pid: Number(pid), start };
}

/** Names that belong to this connector and are never shown. */
export function isOurs(name: string): boolean {
  return name === TRASH || TEMPORARY.test(name);
}

export function idOf(path: readonly string[]): string {
  return path.length === 0 ? ROOT_ID : path.join('/');
}

export function pathOf(address: Address): readonly string[] {
  if ('path' in address) return address.path;
  return address.id === ROOT_ID ? [] : address.id.split('/');
}

/** Whether a name is one segment that the file system takes as it is. */
function isSegment(name: string): boolean {
  return !['', '.', '..'].includes(name) && !/[/\0]/.test(name) && Buffer.from(name).toString() === name;
}

export function assertSegment(name: string): void {
  if (!isSegment(name)) throw illegal(name);
}

/** Refuses a path that could lead to another file than its segments say, or to a file that Sluice itself made. */
export function assertLegal(path: readonly string[]): void {
  const name = path.find((segment) => !isSegment(segment) || isOurs(segment));
  if (name !== undefined) throw illegal(name);
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
