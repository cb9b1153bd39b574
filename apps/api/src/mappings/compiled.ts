import { Mapping, type Directories, type MappingSet } from '@sluice/core/mapping';
import { DIRECTORY_KINDS, PlatformError } from '@sluice/core/platform';
import type { Call, DirectoryEntry, DirectoryKind, Platform } from '@sluice/core/platform';

/** Names of one kind that are read of a platform; of more it is not certain that all matches are found. */
export const MAX_DIRECTORY_NAMES = 20_000;

/**
 * Sets made ready against the names of both platforms; each directory is asked once for each kind that the sets translate.
 * `destination`: null where it is not known. Throws `PlatformError` when a platform fails; names that the account may not see are none.
 */
export async function compileMapping(
  sets: readonly MappingSet[],
  { source, destination }: { source: Platform; destination: Platform | null },
  call: Call,
): Promise<Mapping> {
  const kinds = new Set(sets.map(({ kind }) => kind));
  const [from, to] = await Promise.all([source, destination].map((platform) => directoriesOf(platform, kinds, call)));
  return new Mapping(sets, from!, to!);
}

async function directoriesOf(
  platform: Platform | null,
  kinds: ReadonlySet<DirectoryKind>,
  call: Call,
): Promise<Directories> {
  const lists = DIRECTORY_KINDS.map(async (kind) => [
    kind,
    kinds.has(kind) && platform ? await namesOf(platform, kind, call) : null,
  ]);
  return Object.fromEntries(await Promise.all(lists)) as Directories;
}

/** Null where the platform has no directory, or the account may not see it. */
export async function namesOf(
  platform: Platform,
  kind: DirectoryKind,
  call: Call,
  { search = null, limit = MAX_DIRECTORY_NAMES }: { search?: string | null; limit?: number } = {},
): Promise<readonly DirectoryEntry[] | null> {
  const request = { kind, search, limit };
  try {
    return (await platform.directory?.list(request, call)) ?? null;
  } catch (error) {
    if (error instanceof PlatformError && error.kind === 'ACCESS_DENIED') return null;
    throw error;
  }
}
