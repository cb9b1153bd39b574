import type { JobRow } from '../../db/row-types.js';
import type { Roots } from './item.store.js';

const withSlash = (path: string) => (path.endsWith('/') ? path : `${path}/`);

/** What stands before the keys of a job's items in their paths; a scan has no items with a key at a destination. */
export function rootsOf(job: Pick<JobRow, 'sourcePath' | 'destinationPath'>): Roots {
  return { source: withSlash(job.sourcePath), destination: withSlash(job.destinationPath ?? '/') };
}

/** Path of a key from the root of its connection. */
export function pathOfKey(root: string, key: string | null): string | null {
  if (key === null) return null;
  return key === '' && root !== '/' ? root.slice(0, -1) : `${root}${key}`;
}
