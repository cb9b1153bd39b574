import { readFingerprints } from '../platform/index.js';
import type { ActiveContext } from './context.js';
import type { StagedFolder } from './ports/index.js';

/** Tells what was seen at the source of the kinds of items that the job is about. */
export function tellDiscovered(folders: readonly StagedFolder[], { report, table }: ActiveContext): void {
  for (const { items } of folders) {
    const isWhole = table.kinds.includes('FILE');
    if (isWhole) report.discovered(items.count, items.bytes);
    else report.discovered(readFingerprints(items.fingerprints).isFolder.filter(Boolean).length, 0);
  }
}
