import { createHash } from 'node:crypto';
import { ItemFilter, TreeFilter, type Verdict } from '../filter/index.js';
import {
  packItems,
  unpackItems,
  type Item,
  type ItemKind,
  type ItemRule,
  type PackedItems,
} from '../platform/index.js';
import { inertStep, pathKey, pathSegments, selfAndAbove, type Inert } from '../plan/index.js';
import type { StagedFolder, StagedItem, StagedProblem } from './ports/index.js';

/** Items that are left out and have a step of their own; what is left out beyond is counted. */
const MAX_TOLD_ITEMS = 10_000;

/** An item that is left out, by what the filters say of it or of its other half. */
export type LeftOutItem = StagedItem & Verdict & { isOfOtherHalf?: boolean };

/** What was listed in some folders: what is in, and what the filters leave out. */
export interface Sifted {
  kept: StagedFolder[];
  out: StagedFolder[];
}

/** Holds back what the filters of the job leave out of the listings of a side, and can tell of it. */
export class Sifter {
  private tree: TreeFilter;
  private told: LeftOutItem[] = [];
  private outCount = 0;
  /** Folders that hold what is left out, by key. */
  private readonly holding = new Set<string>();
  private readonly filter: ItemFilter;

  constructor(
    readonly rules: readonly ItemRule[],
    private readonly root: readonly string[],
    now: number,
    /** Kinds of items that the job is about. */
    private readonly kinds: readonly ItemKind[],
  ) {
    this.filter = new ItemFilter(rules, now);
    this.tree = new TreeFilter(this.filter);
  }

  get isEmpty(): boolean {
    return this.rules.length === 0;
  }

  /** Equal for equal filters; empty without any. */
  get digest(): string {
    return this.isEmpty ? '' : createHash('sha256').update(JSON.stringify(this.rules)).digest('base64url');
  }

  /** Another listing begins. */
  begin(): void {
    this.tree = new TreeFilter(this.filter);
    this.told = [];
    this.outCount = 0;
    this.holding.clear();
  }

  /** Folders whose content may come before themselves; parents come first. */
  noteFolders(folders: readonly Item[]): void {
    if (this.isEmpty) return;
    for (const folder of folders) this.tree.judge(this.pathOf(folder), folder);
  }

  sift(folders: readonly StagedFolder[]): Sifted {
    const sifted: Sifted = { kept: [], out: [] };
    for (const folder of folders) this.siftFolder(folder, sifted);
    return sifted;
  }

  private siftFolder(folder: StagedFolder, { kept, out }: Sifted): void {
    const judged = unpackItems(folder.items).map((item) => ({ item, ...this.judge(item) }));
    const outside = judged.filter(({ standing }) => standing === 'OUT');
    if (outside.length === 0) return void kept.push(folder);
    this.holding.add(folder.key);
    const isToldAbove = this.tree.isOut(this.pathOf({ path: folder.items.folder }));
    if (!isToldAbove) for (const one of outside) this.tell({ ...one, key: pathKey(this.pathOf(one.item)) });
    const inside = judged.filter(({ standing }) => standing !== 'OUT');
    out.push(packed(folder, outside));
    if (inside.length > 0) kept.push(packed(folder, inside));
  }

  /** What is in of a folder that is listed once more. */
  keepOf(items: PackedItems): PackedItems {
    const inside = unpackItems(items).filter((item) => this.judge(item).standing !== 'OUT');
    return inside.length === items.count
      ? items
      : packed(
          { key: '', items },
          inside.map((item) => ({ item })),
        ).items;
  }

  /** Whether an item that was listed is left out, by itself or with a folder above it. */
  leavesOut(item: Item): boolean {
    return !this.isEmpty && this.judge(item).standing === 'OUT';
  }

  /** Whether that place is left out whatever stands there, by itself or with a folder above it that was listed. */
  leavesOutPlace(key: string, kind: ItemKind): boolean {
    if (this.isEmpty) return false;
    const above = selfAndAbove(key).slice(1);
    return !this.mayBeIn(key, kind) || above.some((folder) => this.tree.isOut(pathSegments(folder)));
  }

  /** Whether the folder of that key holds a file that is in, at any depth. */
  hasFileBelow(key: string): boolean {
    return this.tree.hasFileBelow(pathSegments(key));
  }

  private judge(item: Item): Verdict {
    return this.tree.judge(this.pathOf(item), item);
  }

  private pathOf({ path }: Pick<Item, 'path'>): readonly string[] {
    return path.slice(this.root.length);
  }

  /** Whether a folder is there only for what may be below it, and no folder below it is in by itself. */
  isOnlyOnTheWay(item: Item): boolean {
    if (item.kind !== 'FOLDER' || this.isEmpty) return false;
    return this.judge(item).standing === 'ON_THE_WAY' && !this.tree.isNeeded(this.pathOf(item));
  }

  /** Whether the item that the ledger knows may be in at its place; else it is none of the job's business. */
  mayBeIn(key: string, kind: ItemKind): boolean {
    return this.isEmpty || this.filter.mayBeIn(pathSegments(key), kind);
  }

  /** Places that could not be listed and that may be in; what is left out anyway is nobody's problem. */
  problemsIn(problems: readonly StagedProblem[]): StagedProblem[] {
    return problems.filter(({ key, problem: { kind } }) => kind === 'PART' || this.mayBeIn(key, KIND_OF_PROBLEM[kind]));
  }

  /** Remembers an item that is left out, to be told with the plan. */
  tell(item: LeftOutItem): void {
    if (!this.kinds.includes(item.item.kind)) return;
    this.outCount += 1;
    if (this.told.length < MAX_TOLD_ITEMS) this.told.push(item);
  }

  /** What is left out, each with the filter that decided. */
  *steps(): Iterable<Inert> {
    for (const { key, item, rule, isOfOtherHalf } of this.told)
      yield {
        ...inertStep(key, item),
        action: 'SKIP',
        reason: 'EXCLUDED_BY_RULE',
        message: isOfOtherHalf ? OTHER_HALF_OUT : messageOf(item.kind, rule),
      };
  }

  /** Whether the folder of that key holds anything that is left out. */
  holdsOut(key: string): boolean {
    return this.holding.has(key);
  }

  /** Items that are left out and are not told one by one. */
  get untold(): number {
    return this.outCount - this.told.length;
  }
}

const KIND_OF_PROBLEM = { FILE: 'FILE', FOLDER: 'FOLDER', SPECIAL: 'FILE' } as const;

function packed({ key, items }: StagedFolder, inside: readonly { item: Item }[]): StagedFolder {
  const listed = packItems(
    items.folder,
    inside.map(({ item }) => item),
  );
  return { key, items: { ...listed, isWhole: items.isWhole } };
}

const OTHER_HALF_OUT =
  'The filters of the job leave out what belongs to it on the other side: it is left as it is on both sides.';

function messageOf(kind: ItemKind, rule: number | null): string {
  const what = kind === 'FOLDER' ? 'the folder and everything in it' : 'it';
  return rule === null ? `No filter of the job includes ${what}.` : `Filter ${rule + 1} of the job excludes ${what}.`;
}
