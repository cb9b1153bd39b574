import type { DirectoryKind } from '../platform/index.js';
import type { MappingProblem } from './outcome.js';

/** A name or value that could not be mapped, and at how many items. */
export interface UnmappedName {
  kind: DirectoryKind;
  reason: MappingProblem['reason'];
  field: string | null;
  /** Null for a value that is missing, and for a field that no other belongs to. */
  value: string | null;
  message: string;
  itemCount: number;
}

/** Different names that are told one by one. */
export const MOST_UNMAPPED = 10_000;

/** Counts what a run could not map, name by name; beyond the most of them only how often. */
export class UnmappedTally {
  private readonly names = new Map<string, UnmappedName>();
  /** Problems with names beyond the most that are told. */
  untold = 0;

  constructor(private readonly most: number = MOST_UNMAPPED) {}

  add(problems: readonly MappingProblem[]): void {
    for (const { kind, reason, field, value, message } of problems) {
      const key = JSON.stringify([kind, reason, field, value]);
      const known = this.names.get(key);
      if (known) known.itemCount += 1;
      else if (this.names.size >= this.most) this.untold += 1;
      else this.names.set(key, { kind, reason, field, value, message, itemCount: 1 });
    }
  }

  /** Most frequent first. */
  rows(): UnmappedName[] {
    return [...this.names.values()].sort((one, other) => other.itemCount - one.itemCount);
  }
}
