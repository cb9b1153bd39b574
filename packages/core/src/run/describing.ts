import { describesTo } from './arrival.js';
import { seen, type Triple } from '../pair/index.js';
import type { Platform } from '../platform/index.js';

/**
 * What a description asks for that changed at the source, while the content stays as it is. `SET`: the destination gets it.
 * `LEAVE`: it was changed there too. A description that the source does not have takes none away.
 */
export function descriptionOf({ source, base, destination }: Triple, platform: Platform): 'SET' | 'LEAVE' | null {
  const [from, to] = [seen(source)?.item, seen(destination)?.item];
  const isAble = platform.destination?.describe !== undefined && describesTo(platform);
  if (!from || !to || !base || !isAble || from.kind !== 'FILE') return null;
  if (!from.description || from.description === to.description) return null;
  if (from.metaVersion === null || from.metaVersion === base.sourceMetaVersion) return null;
  return to.metaVersion === base.destinationMetaVersion ? 'SET' : 'LEAVE';
}
