import { exceededLimits, lengthOf, nameKey } from '../naming/index.js';
import type { Item, LimitKind, Limits, PlatformKind } from '../platform/index.js';
import { numberOf, NumberSet } from './number-set.js';

/** Items that one platform cannot hold as they are. */
export interface NameProblem {
  platform: PlatformKind;
  limit: LimitKind;
  itemCount: number;
  /** Some of their paths from the connection's root, at most `MAX_EXAMPLES`. */
  examples: string[];
}

export const MAX_EXAMPLES = 5;

/** A folder whose items are looked at. */
export interface FolderPlace {
  /** Below the folder that is scanned, segments joined by `/`. */
  path: string;
}

export type FoundItem = Pick<Item, 'kind' | 'size'> & { name: string };

/** What one platform could not hold of the items, if they were put into its root as they are. */
export class NameFindings {
  private readonly found = new Map<LimitKind, NameProblem>();
  private readonly names: NumberSet | null;
  private folder: FolderPlace | null = null;
  private folderNumber = '';
  private parentPathLength = 0;

  /** `isCaseSensitive`: of the platform that is scanned; where it is not, no two names differ by case only. */
  constructor(
    private readonly platform: { kind: PlatformKind; limits: Limits },
    isCaseSensitive: boolean,
    maxNames: number,
  ) {
    this.names = isCaseSensitive && !platform.limits.isCaseSensitive ? new NumberSet(maxNames) : null;
  }

  look(folder: FolderPlace, item: FoundItem, pathOf: () => string): void {
    const { limits } = this.platform;
    this.enter(folder);
    for (const limit of exceededLimits(item.name, item, limits, { parentPathLength: this.parentPathLength }))
      this.count(limit, pathOf);
    if (this.isTaken(item.name)) this.count('CASE_SENSITIVITY', pathOf);
  }

  private enter(folder: FolderPlace): void {
    if (folder === this.folder) return;
    this.folder = folder;
    this.parentPathLength = lengthOf(folder.path, this.platform.limits.pathLengthUnit);
    this.folderNumber = `${numberOf(folder.path)}/`;
  }

  /** Whether an item that came before has that name on the platform. */
  private isTaken(name: string): boolean {
    if (this.names === null) return false;
    const isNew = this.names.add(numberOf(this.folderNumber + nameKey(name, this.platform.limits)));
    return !isNew && !this.names.isFull;
  }

  private count(limit: LimitKind, pathOf: () => string): void {
    const { kind: platform } = this.platform;
    const problem = this.found.get(limit) ?? { platform, limit, itemCount: 0, examples: [] };
    problem.itemCount += 1;
    if (problem.examples.length < MAX_EXAMPLES) problem.examples.push(pathOf());
    this.found.set(limit, problem);
  }

  /** Most frequent first. */
  list(): NameProblem[] {
    return [...this.found.values()].sort((a, b) => b.itemCount - a.itemCount);
  }
}
