import { writesSource } from '../decide/index.js';
import type { Side } from '../plan/index.js';
import type { ActiveContext } from './context.js';
import { withVersionFiles } from './former-contents.js';
import type { StagedFolder } from './ports/index.js';
import type { Sifter } from './sifter.js';

/** The filters that are about a side. */
export const sifterOf = (side: Side, { sifter, sifterThere }: Pick<ActiveContext, 'sifter' | 'sifterThere'>): Sifter =>
  side === 'SOURCE' ? sifter : sifterThere;

/**
 * Whether what the filters leave out is not even listed. Where both sides are changed it is, so that an item is not taken for
 * deleted that got a place which is left out.
 */
export const hidesLeftOut = ({ table }: Pick<ActiveContext, 'table'>): boolean => !writesSource(table);

/**
 * Stages what was listed in folders but for what the filters leave out, and returns what is in. A side that tells what changed
 * keeps the rest for the next listing of changes.
 */
export async function stageSifted(
  side: Side,
  folders: readonly StagedFolder[],
  context: ActiveContext,
  rules?: string,
): Promise<readonly StagedFolder[]> {
  const { store, source } = context;
  const sifter = sifterOf(side, context);
  const { kept, out } = sifter.isEmpty ? { kept: folders, out: [] } : sifter.sift(folders);
  const inside = side === 'SOURCE' ? withVersionFiles(kept, context) : kept;
  await store.stageFolders(side, hidesLeftOut(context) ? inside : folders, rules);
  if (out.length > 0 && hidesLeftOut(context)) await store.stageLeftOut(out, source.source?.changes !== undefined);
  return inside;
}
