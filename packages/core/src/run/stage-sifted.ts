import type { Side } from '../plan/index.js';
import type { ActiveContext } from './context.js';
import type { StagedFolder } from './ports.js';

/**
 * Stages what was listed in folders but for what the filters leave out, and returns what is in. A side that tells what changed
 * keeps the rest for the next listing of changes.
 */
export async function stageSifted(
  side: Side,
  folders: readonly StagedFolder[],
  { sifter, store, source }: Pick<ActiveContext, 'sifter' | 'store' | 'source'>,
  rules?: string,
): Promise<readonly StagedFolder[]> {
  const { kept, out } = side === 'SOURCE' && !sifter.isEmpty ? sifter.sift(folders) : { kept: folders, out: [] };
  await store.stageFolders(side, kept, rules);
  if (out.length > 0) await store.stageLeftOut(out, source.source?.changes !== undefined);
  return kept;
}
