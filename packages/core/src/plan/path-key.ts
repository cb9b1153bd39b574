/** Stands for a slash inside a name, so that keys of different paths are never equal. */
const SLASH_IN_NAME = '\u2215';
/** Stands before either of the two where a name has it itself. */
const ESCAPE = '\u2216';
/** Stands behind it for the character NUL, which databases do not hold. */
const NUL = '\u2400';

/** Key of a path: its segments joined by `/`; the empty path is `''`. */
export function pathKey(segments: readonly string[]): string {
  return segments.map(escaped).join('/');
}

/** The segments of a key, or of a path as people read and write it: `/` and a key. Empty segments are left out. */
export function pathSegments(key: string): string[] {
  return key
    .split('/')
    .filter((part) => part !== '')
    .map(segmentOf);
}

/** The segment that this part of a key, between slashes, stands for. */
export function segmentOf(part: string): string {
  if (!HAS_SPECIAL.test(part)) return part;
  return part.replace(/\u2216([\u2215\u2216\u2400])|\u2215/gu, (_, own?: string) =>
    own === NUL ? '\0' : (own ?? '/'),
  );
}

const HAS_SPECIAL = /[\0/\u2215\u2216]/u;

function escaped(name: string): string {
  if (!HAS_SPECIAL.test(name)) return name;
  const own = name.replace(/[\u2215\u2216]/gu, `${ESCAPE}$&`).replaceAll('/', SLASH_IN_NAME);
  return own.replaceAll('\0', `${ESCAPE}${NUL}`);
}

/** Key of the folder that holds the item, null for the root. */
export function parentKey(key: string): string | null {
  if (key === '') return null;
  const slash = key.lastIndexOf('/');
  return slash < 0 ? '' : key.slice(0, slash);
}

/** The key, then those of the folders above it up to the root. */
export function selfAndAbove(key: string): string[] {
  const keys = [key];
  for (let above = parentKey(key); above !== null; above = parentKey(above)) keys.push(above);
  return keys;
}

export function childKey(parent: string, name: string): string {
  const own = pathKey([name]);
  return parent === '' ? own : `${parent}/${own}`;
}

/** The key of something below one folder, once it is below another one. */
export const rebased = (key: string, from: string, to: string): string =>
  key === from ? to : `${to}${key.slice(from.length)}`;

/** Number of segments. */
export function keyDepth(key: string): number {
  return key === '' ? 0 : key.split('/').length;
}

/** Name of an item: the last segment of its path, `''` for the root. */
export const nameOf = (item: { path: readonly string[] }): string => item.path.at(-1) ?? '';
