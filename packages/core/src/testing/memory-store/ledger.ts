import { rebased, type LedgerEntry, type Side } from '../../plan/index.js';
import type { LocationPair, Roots } from '../../prove/index.js';
import type { DoubtfulEntry, RevisedEntry, ScopeState } from '../../run/index.js';
import { copyOf } from '../copy-of.js';
import { MemoryJob, newPair, type MemoryPair } from './job.js';

/** What a job remembers, as one of its runs sees it: the ledger of the places that it uses, and their marks. */
export class MemoryLedger {
  protected pair: MemoryPair | null = null;
  /** The mark that entries carry; null while what is written is durable at once, or nobody cares. */
  private mark: number | null = null;

  constructor(readonly job: MemoryJob = new MemoryJob()) {}

  async locationPairs(): Promise<LocationPair[]> {
    return this.job.pairs.map((pair) => ({ ...pair, itemCount: pair.ledger.size }));
  }

  async useLedger(number: number | null, roots: Roots): Promise<void> {
    const { pairs } = this.job;
    const known = pairs.find((pair) => pair.number === number);
    this.pair = known ?? { number: pairs.length + 1, ...newPair(), ...rootsOf(roots) };
    Object.assign(this.pair, rootsOf(roots));
    if (known) pairs.splice(pairs.indexOf(known), 1);
    pairs.unshift(this.pair);
  }

  protected get ledger(): Map<string, LedgerEntry> {
    return this.place.ledger;
  }

  protected get place(): MemoryPair {
    if (!this.pair) throw new Error('No ledger was chosen.');
    return this.pair;
  }

  async forgetEntries(ledgerIds: readonly string[]): Promise<void> {
    const ids = new Set<string | null>(ledgerIds);
    this.forget(({ id }) => ids.has(id));
  }

  async entryOf(side: Side, identity: string): Promise<LedgerEntry | null> {
    const idOf = ({ sourceId, destinationId }: LedgerEntry) => (side === 'SOURCE' ? sourceId : destinationId);
    return [...this.ledger.values()].find((entry) => idOf(entry) === identity) ?? null;
  }

  async judge(ledgerId: string, versions: string): Promise<void> {
    for (const entry of this.ledger.values()) if (entry.id === ledgerId) entry.judged = versions;
  }

  /** One entry for each item of either side; what an entry was before is replaced. */
  protected remember(entry: LedgerEntry, replaced: string | null = null): void {
    const { sourceId, destinationId } = entry;
    this.forget((one) => one.id === entry.id || one.sourceId === sourceId || one.destinationId === destinationId);
    this.ledger.set(sourceId, { ...entry, id: entry.id ?? `entry ${(this.job.entryCount += 1)}` });
    if (this.mark === null) this.place.marks.delete(sourceId);
    else this.place.marks.set(sourceId, { mark: this.mark, replaced });
  }

  /** What the ledger remembers below a folder goes with it. */
  protected follow(from: Pick<LedgerEntry, 'sourceKey' | 'destinationKey'>, to: LedgerEntry): void {
    for (const entry of this.ledger.values())
      for (const key of ['sourceKey', 'destinationKey'] as const)
        if (entry[key].startsWith(`${from[key]}/`)) entry[key] = rebased(entry[key], from[key], to[key]);
  }

  protected forget(isMeant: (entry: LedgerEntry) => boolean): void {
    for (const [id, entry] of this.ledger) if (isMeant(entry)) this.ledger.delete(id);
  }

  async *doubtfulEntries(machineStart: string | null): AsyncIterable<DoubtfulEntry> {
    const { marks, settledMark, machineStart: known } = this.place;
    if (machineStart !== null && machineStart === known) return;
    for (const [sourceId, { mark, replaced }] of [...marks]) {
      const entry = this.ledger.get(sourceId);
      if (entry && mark > settledMark) yield { entry: { ...entry, id: entry.id! }, replaced };
    }
  }

  async reviseEntries(revised: readonly RevisedEntry[]): Promise<void> {
    for (const { id, entry } of revised) {
      this.forget((one) => one.id === id);
      if (entry) this.remember(copyOf(entry));
    }
  }

  async beginMarks(machineStart: string | null, isLate: boolean): Promise<void> {
    const { place } = this;
    const last = Math.max(place.settledMark, ...[...place.marks.values()].map(({ mark }) => mark));
    if (machineStart !== place.machineStart && machineStart !== null) place.settledMark = last;
    place.machineStart = machineStart;
    this.mark = isLate ? last + 1 : null;
  }

  async scopeState(): Promise<ScopeState> {
    return this.place.scope.state;
  }

  async setScopeState(state: ScopeState): Promise<void> {
    this.place.scope.state = state;
    if (state === 'OPEN') this.place.scope.marks.clear();
  }

  async addScopeMarks(marks: readonly number[]): Promise<void> {
    for (const mark of marks) this.place.scope.marks.add(mark);
  }

  async knownScopeMarks(marks: readonly number[]): Promise<ReadonlySet<number>> {
    return new Set(marks.filter((mark) => this.place.scope.marks.has(mark)));
  }

  nextMark(): number | null {
    const { mark } = this;
    if (mark === null || ![...this.place.marks.values()].some((each) => each.mark === mark)) return null;
    this.mark = mark + 1;
    return mark;
  }

  async settleMark(mark: number): Promise<void> {
    this.place.settledMark = mark;
  }
}

const rootsOf = ({ source, destination }: Roots) => ({ sourceRoot: source, destinationRoot: destination });
