import { pathKey, pathSegments } from '@sluice/core/plan';
import type { Problems } from '../problems.js';

const MAX_PATH_CHARACTERS = 4096;

/** Path of a location as people write it: from the connection's root, beginning with `/`; see `pathKey` for names with one. */
export const segmentsOf = pathSegments;

export function pathOf(segments: readonly string[]): string {
  return `/${pathKey(segments)}`;
}

/** Reads a path into the form in which it is stored; null when it is wrong, after adding the problem. */
export function readPath(path: string, problems: Problems, field: readonly string[]): string | null {
  const problem = wrongPath(path);
  if (problem === null) return pathOf(segmentsOf(path));
  problems.add(problem.code, [...field], problem.message);
  return null;
}

function wrongPath(path: string): { code: 'INVALID' | 'TOO_LONG'; message: string } | null {
  if (path.length > MAX_PATH_CHARACTERS)
    return { code: 'TOO_LONG', message: `A path has at most ${MAX_PATH_CHARACTERS} characters.` };
  if (!path.startsWith('/'))
    return { code: 'INVALID', message: 'A path begins with "/" and counts from the root of the connection.' };
  if (/\p{Cc}/u.test(path)) return { code: 'INVALID', message: 'A path has no control characters.' };
  if (segmentsOf(path).some((segment) => segment === '.' || segment === '..')) {
    return { code: 'INVALID', message: 'A path has no "." or ".." in it; write the folder out.' };
  }
  return null;
}

/** Whether one path is the other or contains it. */
export function overlap(a: string, b: string): boolean {
  const [one, other] = [segmentsOf(a), segmentsOf(b)];
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return short.every((segment, index) => segment === long[index]);
}
