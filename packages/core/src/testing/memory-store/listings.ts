import { childKey, keyDepth, nameOf, OTHER_SIDE, parentKey, type LedgerEntry, type Side } from '../../plan/index.js';
import { ChildFingerprints, FolderComparison, knownChildOf, placeOwner } from '../../pair/index.js';
import {
  fingerprintsOf,
  groupBy,
  identityOf,
  packItems,
  unpackItems,
  type Item,
  type ItemKind,
  type PackedItems,
} from '../../platform/index.js';
import { coverageOf, type Coverage } from '../../prove/index.js';
import {
  ListedChildren,
  PORTION_CHILDREN,
  type KnownPlace,
  type KnownSourceItem,
  type SourceChild,
  type SourceFolder,
  type StagedFolder,
  type StagedItem,
  type StagedProblem,
} from '../../run/index.js';
import { copyOf } from '../copy-of.js';
import { MemoryLedger } from './ledger.js';

/** What is listed of both sides, beside what the ledger knows of it. */
export class MemoryListings extends MemoryLedger {
  protected readonly staged = { SOURCE: new Map<string, StagedItem>(), DESTINATION: new Map<string, StagedItem>() };
  private readonly problems = {
    SOURCE: new Map<string, StagedProblem>(),
    DESTINATION: new Map<string, StagedProblem>(),
  };
  private readonly deleted = new Set<string>();
  /** What is left out of the source, and what of it a later listing of changes needs. */
  private readonly leftOut: StagedItem[] = [];
  protected readonly keptOut: StagedItem[] = [];

  protected forgetListings(): void {
    for (const map of [this.staged.SOURCE, this.staged.DESTINATION, this.problems.SOURCE, this.problems.DESTINATION])
      map.clear();
    this.deleted.clear();
    this.leftOut.length = this.keptOut.length = 0;
  }

  async stage(side: Side, items: readonly StagedItem[]): Promise<void> {
    for (const staged of items) this.staged[side].set(slotOf(staged), copyOf(staged));
    const root = side === 'DESTINATION' ? items.find(({ key }) => key === '') : undefined;
    if (root && this.pair) this.pair.destinationRoot ??= identityOf(root.item);
  }

  async stageFolders(side: Side, folders: readonly StagedFolder[]): Promise<void> {
    for (const staged of folders.flatMap(unpacked)) this.staged[side].set(slotOf(staged), staged);
  }

  async stageAgain(side: Side, key: string, items: readonly PackedItems[]): Promise<void> {
    for (const [slot, staged] of this.staged[side]) if (parentKey(staged.key) === key) this.staged[side].delete(slot);
    await this.stageFolders(
      side,
      items.map((packed) => ({ key, items: packed })),
    );
  }

  async stageLeftOut(folders: readonly StagedFolder[], isKept: boolean): Promise<void> {
    const items = folders.flatMap(unpacked);
    this.leftOut.push(...items);
    if (isKept) this.keptOut.push(...items);
  }

  async isLeftOut(sourceKey: string): Promise<boolean> {
    const keys = new Set(selfAndAbove(sourceKey));
    const identities = new Set(this.leftOut.map(({ item }) => identityOf(item)));
    const isAtKey = this.leftOut.some(({ key }) => keys.has(key));
    return (
      isAtKey || [...this.ledger.values()].some((entry) => keys.has(entry.sourceKey) && identities.has(entry.sourceId))
    );
  }

  async stageProblems(side: Side, problems: readonly StagedProblem[]): Promise<void> {
    for (const problem of problems) this.problems[side].set(problem.key, problem);
  }

  async stageDeleted(identities: readonly string[]): Promise<void> {
    for (const identity of identities) this.deleted.add(identity);
  }

  async *sourceFolders(nameKeyOf: (name: string) => string, side: Side = 'SOURCE'): AsyncIterable<SourceFolder> {
    const groups = groupByParent(this.staged[side].values());
    const known = groupBy([...this.ledger.values()], ({ sourceKey }) => parentKey(sourceKey) ?? '');
    const destinations = groupByParent(this.staged[OTHER_SIDE[side]].values());
    const there = new Map(
      [...destinations].map(
        ([key, items]) =>
          [key, new ChildFingerprints(fingerprintsOf(items.map(({ item }) => item)), nameKeyOf)] as const,
      ),
    );
    for (const key of [...groups.keys()].sort(topDown)) {
      const items = groups.get(key)!.sort((a, b) => compare(a.key, b.key));
      yield {
        key,
        count: items.length,
        bytes: items.reduce((sum, { item }) => sum + (item.size ?? 0), 0),
        settled: side === 'SOURCE' ? settled(key, items, known.get(key) ?? [], there) : null,
        isBare: false,
        children: async () => ({ portions: () => this.portionsOf(side, items) }),
      };
    }
  }

  private async *portionsOf(side: Side, items: readonly StagedItem[]): AsyncIterable<SourceChild[]> {
    for (let from = 0; from < items.length; from += PORTION_CHILDREN)
      yield items.slice(from, from + PORTION_CHILDREN).map((staged) => this.childOf(side, staged));
  }

  private childOf(side: Side, { key, item }: StagedItem): SourceChild {
    return { key, item, ledger: this.remembered(side, key, item) };
  }

  private remembered(side: Side, key: string, item: Item): LedgerEntry | null {
    const own = [...this.ledger.values()].find((entry) => halfOf(entry, side).id === identityOf(item));
    return own ?? this.ownerAt(side, key, item.kind);
  }

  async placeOwner(side: Side, key: string, kind: ItemKind): Promise<LedgerEntry | null> {
    return this.ownerAt(side, key, kind);
  }

  async isPlaceLeft(side: Side, key: string, kind: ItemKind): Promise<boolean> {
    const staged = [...this.staged[side].values()];
    const isElsewhere = (id: string) => staged.some((other) => identityOf(other.item) === id && other.key !== key);
    return this.entriesAt(side, key, kind).some((entry) => isElsewhere(halfOf(entry, side).id));
  }

  private entriesAt(side: Side, key: string, kind: ItemKind): LedgerEntry[] {
    return [...this.ledger.values()].filter((entry) => halfOf(entry, side).key === key && entry.kind === kind);
  }

  private ownerAt(side: Side, key: string, kind: ItemKind): LedgerEntry | null {
    return placeOwner(
      this.entriesAt(side, key, kind).map((entry) => {
        const other = halfOf(entry, OTHER_SIDE[side]);
        const isOtherInPlace = this.staged[OTHER_SIDE[side]].has(`${other.key}\0${other.id}`);
        return { entry, isSeen: this.isSeen(side, halfOf(entry, side).id), isOtherInPlace };
      }),
    );
  }

  private isSeen(side: Side, id: string): boolean {
    return [...this.staged[side].values()].some(({ item }) => identityOf(item) === id);
  }

  async *sourceProblems(side: Side = 'SOURCE'): AsyncIterable<StagedProblem> {
    yield* [...this.problems[side].values()].sort((a, b) => compare(a.key, b.key));
  }

  async destinationChildren(parent: string, side: Side = 'DESTINATION'): Promise<ListedChildren> {
    const items = [...this.staged[side].values()]
      .filter(({ key }) => key !== '' && parentKey(key) === parent)
      .map(({ item }) => item);
    return new ListedChildren(parent, [packItems(items[0]?.path.slice(0, -1) ?? [], items)]);
  }

  async destinationByKey(key: string): Promise<StagedItem | null> {
    return this.byKey('DESTINATION', key);
  }

  async sourceByKey(key: string): Promise<StagedItem | null> {
    return this.byKey('SOURCE', key);
  }

  private byKey(side: Side, key: string): StagedItem | null {
    const there = [...this.staged[side].values()].filter((staged) => staged.key === key);
    return there.find(({ item }) => item.kind === 'FOLDER') ?? there[0] ?? null;
  }

  async destinationById(id: string, side: Side = 'DESTINATION'): Promise<StagedItem | null> {
    return [...this.staged[side].values()].find(({ item }) => identityOf(item) === id) ?? null;
  }

  async *lostEntries(side: Side = 'SOURCE'): AsyncIterable<LedgerEntry> {
    const known = new Set([...this.ledger.values()].map((entry) => halfOf(entry, side).id));
    // What the ledger knows as another item has come from elsewhere.
    const unknown = [...this.staged[side].values()].filter(({ item }) => !known.has(identityOf(item)));
    const shown = new Set(unknown.map(placeOf));
    const lost = [...this.ledger.values()].filter((entry) => {
      const { id, key } = halfOf(entry, side);
      if (this.isSeen(side, id)) return false;
      return !shown.has(`${entry.kind} ${key}`) || this.ownerAt(side, key, entry.kind) !== entry;
    });
    const there = (entry: LedgerEntry) => halfOf(entry, OTHER_SIDE[side]).key;
    yield* lost.sort((a, b) => compare(there(b), there(a)));
  }

  async coverage(side: Side, key: string): Promise<Coverage> {
    const problems = selfAndAbove(key).flatMap((place) => this.problems[side].get(place) ?? []);
    return coverageOf(
      side,
      problems.map(({ problem }) => problem.kind),
    );
  }

  async isSeenDeleted({ key, id }: KnownPlace, side: Side = 'SOURCE'): Promise<boolean> {
    if (this.deleted.has(id)) return true;
    const above = new Set(selfAndAbove(key).slice(1));
    const folders = [...this.ledger.values()].filter(({ kind }) => kind === 'FOLDER');
    return folders
      .map((entry) => halfOf(entry, side))
      .some((folder) => above.has(folder.key) && this.deleted.has(folder.id));
  }

  async leaving(destinationId: string, side: Side = 'DESTINATION'): Promise<KnownSourceItem | null> {
    const from = OTHER_SIDE[side];
    const ledger = [...this.ledger.values()].find((one) => halfOf(one, side).id === destinationId);
    if (!ledger) return null;
    const half = halfOf(ledger, from);
    const places = [...this.staged[from].values()].filter(({ item }) => identityOf(item) === half.id);
    const isAsKnown = places.some(({ key }) => key === half.key);
    return places[0] && !isAsKnown ? { ...places[0], ledger } : null;
  }

  async isAtSource(key: string, identity: string, side: Side = 'SOURCE'): Promise<boolean> {
    return [...this.staged[side].values()].some((staged) => staged.key === key && identityOf(staged.item) === identity);
  }

  async hasSourceFileBelow(key: string, side: Side = 'SOURCE'): Promise<boolean> {
    return [...this.staged[side].values()].some(
      ({ key: other, item }) => item.kind === 'FILE' && other.startsWith(`${key}/`),
    );
  }

  /** What stands at a place of a side now, instead of what was listed there. */
  protected restage(side: Side, staged: StagedItem): void {
    const listed = this.staged[side];
    if (staged.item.kind === 'FOLDER')
      for (const [slot, other] of listed) if (placeOf(other) === placeOf(staged)) listed.delete(slot);
    listed.set(slotOf(staged), copyOf(staged));
  }
}

function settled(
  key: string,
  items: readonly StagedItem[],
  known: readonly LedgerEntry[],
  there: ReadonlyMap<string, ChildFingerprints>,
) {
  const comparison = new FolderComparison(key, fingerprintsOf(items.map(({ item }) => item)));
  for (const child of known.map(knownChildOf)) {
    const otherHalf = comparison.otherHalfOf(child);
    if (otherHalf !== null) comparison.compare(child, there.get(otherHalf));
  }
  return comparison.settled;
}

const unpacked = ({ key, items }: StagedFolder): StagedItem[] =>
  unpackItems(items).map((item) => ({ key: childKey(key, nameOf(item)), item }));

const halfOf = (entry: LedgerEntry, side: Side) =>
  side === 'SOURCE'
    ? { key: entry.sourceKey, id: entry.sourceId }
    : { key: entry.destinationKey, id: entry.destinationId };
const slotOf = ({ key, item }: StagedItem) => `${key}\0${identityOf(item)}`;
const placeOf = ({ key, item }: StagedItem) => `${item.kind} ${key}`;

function selfAndAbove(key: string): string[] {
  const above = parentKey(key);
  return above === null ? [key] : [key, ...selfAndAbove(above)];
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
export const topDown = (a: string, b: string) => keyDepth(a) - keyDepth(b) || compare(a, b);

export const groupByParent = (items: Iterable<StagedItem>) =>
  groupBy(
    [...items].filter(({ key }) => key !== ''),
    ({ key }) => parentKey(key) ?? '',
  );
