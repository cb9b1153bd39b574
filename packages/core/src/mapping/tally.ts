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
  /** Files are flagged for it instead of carried without it. */
  isFlagged: boolean;
  itemCount: number;
  /** Keys of the first items that have it, at least one. */
  examples: string[];
}

/** Different names that are told one by one. */
export const MOST_UNMAPPED = 10_000;
/** Items that are named for each. */
export const MOST_EXAMPLES = 3;
/** Characters of all names that are told together. */
const MOST_TEXT = 8_000_000;

/** Counts what a run could not map, name by name; beyond the most of them only how often. */
export class UnmappedTally {
  private readonly names = new Map<string, UnmappedName>();
  private text = 0;
  /** Problems with names beyond the most that are told. */
  untold = 0;

  constructor(
    private readonly most: number = MOST_UNMAPPED,
    private readonly mostText: number = MOST_TEXT,
  ) {}

  /** `itemKey`: of the item that has the problems. */
  add(itemKey: string, problems: readonly MappingProblem[]): void {
    for (const problem of problems) {
      const { kind, reason, field, value } = problem;
      const key = JSON.stringify([kind, reason, field, value]);
      const known = this.names.get(key);
      if (known) this.countAgain(known, itemKey, problem);
      else if (this.isFull) this.untold += 1;
      else this.begin(key, itemKey, problem);
    }
  }

  /** Most frequent first. */
  rows(): UnmappedName[] {
    return [...this.names.values()].sort((one, other) => other.itemCount - one.itemCount);
  }

  private get isFull(): boolean {
    return this.names.size >= this.most || this.text >= this.mostText;
  }

  private begin(
    key: string,
    itemKey: string,
    { kind, reason, field, value, message, isFlagged }: MappingProblem,
  ): void {
    this.names.set(key, { kind, reason, field, value, message, isFlagged, itemCount: 1, examples: [itemKey] });
    this.text += key.length + message.length + itemKey.length;
  }

  private countAgain(known: UnmappedName, itemKey: string, { isFlagged }: MappingProblem): void {
    known.itemCount += 1;
    known.isFlagged ||= isFlagged;
    if (known.examples.length >= MOST_EXAMPLES || this.text >= this.mostText) return;
    known.examples.push(itemKey);
    this.text += itemKey.length;
  }
}
