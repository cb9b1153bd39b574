import { ItemFilter, TreeFilter, type Verdict } from '@sluice/core/filter';
import { PlatformError, type Address, type Call, type Item, type ItemRule, type Platform } from '@sluice/core/platform';
import { entryOf } from '../connections/browse.js';
import type { RemoteEntry } from '../connections/remote.types.js';

/** Rows of the largest preview. */
export const MAX_PREVIEW_ROWS = 500;
/** A folder is in as soon as something below it is; so many items are looked at to tell that of the rows. */
const MAX_LISTED_ITEMS = 5_000;

/** What filters do to one item at a location, with the number of the one that decided. */
export interface PreviewRow {
  entry: RemoteEntry;
  isIncluded: boolean;
  decidingRule: number | null;
}

export interface Previewed {
  platform: Platform;
  folder: Address;
  rules: readonly ItemRule[];
  /** Most rows. */
  first: number;
  /** Epoch milliseconds. */
  now: number;
}

/**
 * What the filters do to the first items of a location, by the code that a run has. Throws `PlatformError` when it cannot be
 * listed.
 */
export async function previewRules(
  { platform, folder, rules, first, now }: Previewed,
  call: Call,
): Promise<PreviewRow[]> {
  const root = await platform.find(folder, call);
  if (root?.kind !== 'FOLDER') throw new PlatformError('NOT_FOUND', 'The platform has no such folder.');
  const preview = new Preview(root.path, new TreeFilter(new ItemFilter(rules, now)), first);
  for await (const entry of platform.source?.list({ folder, rules }, call) ?? [])
    if (entry.type === 'item' && preview.add(entry.item)) break;
  return preview.rows;
}

class Preview {
  private readonly shown: { item: Item; verdict: Verdict }[] = [];
  /** Shown folders of which something below has to be in, by path. */
  private readonly open = new Map<string, Verdict>();
  private listed = 0;

  constructor(
    private readonly root: readonly string[],
    private readonly tree: TreeFilter,
    private readonly first: number,
  ) {}

  /** Whether nothing more has to be listed. */
  add(item: Item): boolean {
    const path = item.path.slice(this.root.length);
    const verdict = { ...this.tree.judge(path, item) };
    if (verdict.standing === 'IN') this.settleAbove(path);
    if (this.shown.length < this.first) {
      this.shown.push({ item, verdict });
      if (verdict.standing === 'ON_THE_WAY') this.open.set(path.join('\0'), verdict);
    }
    this.listed += 1;
    return this.shown.length === this.first && (this.open.size === 0 || this.listed >= MAX_LISTED_ITEMS);
  }

  private settleAbove(path: readonly string[]): void {
    for (let above = path.slice(0, -1); above.length > 0; above = above.slice(0, -1)) {
      const folder = this.open.get(above.join('\0'));
      if (folder) folder.standing = 'IN';
      this.open.delete(above.join('\0'));
    }
  }

  get rows(): PreviewRow[] {
    return this.shown.map(({ item, verdict: { standing, rule } }) => ({
      entry: entryOf(item),
      isIncluded: standing === 'IN',
      decidingRule: rule,
    }));
  }
}
