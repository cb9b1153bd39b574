import {
  childKey,
  INERT_ACTIONS,
  keyDepth,
  nameOf,
  parentKey,
  rebased,
  type ItemOutcome,
  type LedgerEntry,
  type Side,
  type Step,
} from '../plan/index.js';
import { ChildFingerprints, settledFolder } from '../pair/index.js';
import {
  groupBy,
  identityOf,
  packItems,
  readFingerprints,
  unpackItems,
  type Item,
  type ListingProof,
} from '../platform/index.js';
import { coverageOf, type Coverage, type LocationPair, type Roots } from '../prove/index.js';
import type {
  ClaimedStep,
  DoubtfulEntry,
  Phase,
  EngineStore,
  KnownSourceItem,
  OpenIntent,
  RevisedEntry,
  SettledIntent,
  SourceChild,
  SourceFolder,
  StagedFolder,
  StagedItem,
  StagedProblem,
  StepAttempt,
  StepOutcome,
  UnverifiedStep,
  WrittenFolder,
} from '../run/index.js';

/** What the runs of one job share in memory. */
export class MemoryJob {
  readonly pairs: MemoryPair[] = [];
  readonly failedRuns = new Map<string, number>();
  /** Rows of all runs, by identifier. */
  readonly rows = new Map<string, Row>();
  rowCount = 0;
}

/** Two places of a job, with what it remembers of them by the identity of the source's item. */
interface MemoryPair extends LocationPair {
  ledger: Map<string, LedgerEntry>;
  /** Entries that may be lost with the power, by the identity of the source's item. */
  marks: Map<string, { mark: number; replaced: string | null }>;
  machineStart: string | null;
  settledMark: number;
}

interface Row {
  id: string;
  pair: MemoryPair | null;
  step: Step;
  outcome: ItemOutcome;
  inDoubtSince: Date | null;
  startedAt: Date | null;
  isClaimed: boolean;
  checkpoint: string | null;
  sha256: string | null;
  result: StepOutcome | null;
  attempts: StepAttempt[];
  countedAsFailed: boolean;
}

/** A run store in memory; `restarted()` is what a new process finds after `kill -9`. */
export class MemoryEngineStore implements EngineStore {
  private now: Phase = 'NEW';
  private readonly staged = { SOURCE: new Map<string, StagedItem>(), DESTINATION: new Map<string, StagedItem>() };
  private readonly problems = {
    SOURCE: new Map<string, StagedProblem>(),
    DESTINATION: new Map<string, StagedProblem>(),
  };
  private readonly rows: Row[] = [];
  readonly unchanged = { items: 0, bytes: 0 };
  readonly logged: { severity: string; message: string }[] = [];
  digest: string | null = null;
  private pair: MemoryPair | null = null;
  private asked: string | null = null;
  private readonly deleted = new Set<string>();
  readonly proofs: Partial<Record<Side, ListingProof | null>> = {};
  /** The mark that entries carry; null while what is written is durable at once, or nobody cares. */
  private mark: number | null = null;

  constructor(readonly job: MemoryJob = new MemoryJob()) {}

  restarted(): this {
    for (const row of this.rows) {
      if (row.outcome === 'IN_PROGRESS') Object.assign(row, { outcome: 'PENDING', inDoubtSince: row.startedAt });
      row.isClaimed = false;
    }
    return this;
  }

  /** Steps with their outcome and result, in order. */
  steps(): { step: Step; outcome: ItemOutcome; result: StepOutcome | null; attempts: StepAttempt[] }[] {
    return this.rows;
  }

  /** Outcome and reason of each step, such as `CREATED NEW`, by the item's key at the source. */
  outcomes(): Record<string, string> {
    return Object.fromEntries(
      this.rows.map(({ step, outcome, result }) => [
        step.sourceKey ?? '',
        `${outcome} ${result?.reason ?? step.reason}`,
      ]),
    );
  }

  async phase(): Promise<Phase> {
    return this.now;
  }

  async enter(phase: Phase): Promise<void> {
    this.now = phase;
  }

  async reset(): Promise<void> {
    for (const map of [this.staged.SOURCE, this.staged.DESTINATION, this.problems.SOURCE, this.problems.DESTINATION])
      map.clear();
    this.deleted.clear();
    for (const { id } of this.rows.splice(0)) this.job.rows.delete(id);
    this.unchanged.items = this.unchanged.bytes = 0;
    this.digest = null;
  }

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

  async isAccepted(question: string): Promise<boolean> {
    const isAnswered = this.asked === question;
    this.asked = question;
    return isAnswered;
  }

  private get ledger(): Map<string, LedgerEntry> {
    return this.place.ledger;
  }

  private get place(): MemoryPair {
    if (!this.pair) throw new Error('No ledger was chosen.');
    return this.pair;
  }

  async stage(side: Side, items: readonly StagedItem[]): Promise<void> {
    for (const staged of items) this.staged[side].set(slotOf(staged), structuredClone(staged));
    const root = side === 'DESTINATION' ? items.find(({ key }) => key === '') : undefined;
    if (root && this.pair) this.pair.destinationRoot ??= identityOf(root.item);
  }

  async stageFolders(side: Side, folders: readonly StagedFolder[]): Promise<void> {
    for (const { key, items } of folders)
      await this.stage(
        side,
        unpackItems(items).map((item) => ({ key: childKey(key, nameOf(item)), item })),
      );
  }

  async stageProblems(side: Side, problems: readonly StagedProblem[]): Promise<void> {
    for (const problem of problems) this.problems[side].set(problem.key, problem);
  }

  async stageDeleted(identities: readonly string[]): Promise<void> {
    for (const identity of identities) this.deleted.add(identity);
  }

  async stageProof(side: Side, proof: ListingProof | null): Promise<void> {
    this.proofs[side] = proof;
  }

  async *sourceFolders(nameKeyOf: (name: string) => string): AsyncIterable<SourceFolder> {
    const groups = groupByParent(this.staged.SOURCE.values());
    const destinations = groupByParent(this.staged.DESTINATION.values());
    const there = new Map(
      [...destinations].map(([key, items]) => [key, new ChildFingerprints(fingerprintsOf(items), nameKeyOf)] as const),
    );
    for (const key of [...groups.keys()].sort(topDown)) {
      const items = groups.get(key)!.sort((a, b) => compare(a.key, b.key));
      const known = [...this.ledger.values()].filter((entry) => parentKey(entry.sourceKey) === key);
      yield {
        key,
        count: items.length,
        bytes: items.reduce((sum, { item }) => sum + (item.size ?? 0), 0),
        settled: settledFolder(key, fingerprintsOf(items), known, there),
        children: async () => items.map((staged) => this.childOf(staged)),
      };
    }
  }

  private childOf({ key, item }: StagedItem): SourceChild {
    return { key, item, ledger: this.remembered(key, item) };
  }

  private remembered(key: string, item: Item): LedgerEntry | null {
    const own = this.ledger.get(identityOf(item));
    if (own) return own;
    const atKey = [...this.ledger.values()].find((entry) => entry.sourceKey === key && entry.kind === item.kind);
    return atKey && !this.isSeen(atKey.sourceId) ? atKey : null;
  }

  private isSeen(sourceId: string): boolean {
    return [...this.staged.SOURCE.values()].some(({ item }) => identityOf(item) === sourceId);
  }

  async *sourceProblems(): AsyncIterable<StagedProblem> {
    yield* [...this.problems.SOURCE.values()].sort((a, b) => compare(a.key, b.key));
  }

  async destinationChildren(parent: string): Promise<StagedItem[]> {
    return [...this.staged.DESTINATION.values()].filter(({ key }) => key !== '' && parentKey(key) === parent);
  }

  async destinationByKey(key: string): Promise<StagedItem | null> {
    const there = [...this.staged.DESTINATION.values()].filter((staged) => staged.key === key);
    return there.find(({ item }) => item.kind === 'FOLDER') ?? there[0] ?? null;
  }

  async destinationById(id: string): Promise<StagedItem | null> {
    return [...this.staged.DESTINATION.values()].find(({ item }) => identityOf(item) === id) ?? null;
  }

  async *lostEntries(): AsyncIterable<LedgerEntry> {
    const shown = new Set([...this.staged.SOURCE.values()].map(placeOf));
    const lost = [...this.ledger.values()].filter(
      ({ sourceId, sourceKey, kind }) => !this.isSeen(sourceId) && !shown.has(`${kind} ${sourceKey}`),
    );
    yield* lost.sort((a, b) => compare(b.destinationKey, a.destinationKey));
  }

  async coverage(side: Side, key: string): Promise<Coverage> {
    const problems = selfAndAbove(key).flatMap((place) => this.problems[side].get(place) ?? []);
    return coverageOf(
      side,
      problems.map(({ problem }) => problem.kind),
    );
  }

  async isSeenDeleted(sourceKey: string): Promise<boolean> {
    const keys = new Set(selfAndAbove(sourceKey));
    return [...this.ledger.values()].some((entry) => keys.has(entry.sourceKey) && this.deleted.has(entry.sourceId));
  }

  async leaving(destinationId: string): Promise<KnownSourceItem | null> {
    const ledger = [...this.ledger.values()].find((one) => one.destinationId === destinationId);
    const places = [...this.staged.SOURCE.values()].filter(({ item }) => identityOf(item) === ledger?.sourceId);
    const isAsKnown = places.some(({ key }) => key === ledger?.sourceKey);
    return ledger && places[0] && !isAsKnown ? { ...places[0], ledger } : null;
  }

  async isAtSource(key: string, identity: string): Promise<boolean> {
    return [...this.staged.SOURCE.values()].some(
      (staged) => staged.key === key && identityOf(staged.item) === identity,
    );
  }

  async hasSourceFileBelow(key: string): Promise<boolean> {
    return [...this.staged.SOURCE.values()].some(
      ({ key: other, item }) => item.kind === 'FILE' && other.startsWith(`${key}/`),
    );
  }

  async forgetEntries(ledgerIds: readonly string[]): Promise<void> {
    const ids = new Set<string | null>(ledgerIds);
    this.forget(({ id }) => ids.has(id));
  }

  async judge(ledgerId: string, versions: string): Promise<void> {
    for (const entry of this.ledger.values()) if (entry.id === ledgerId) entry.judged = versions;
  }

  async appendSteps(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      const row = newRow(`item ${(this.job.rowCount += 1)}`, this.pair, structuredClone(step));
      this.rows.push(row);
      this.job.rows.set(row.id, row);
    }
  }

  async countUnchanged(items: number, bytes: number): Promise<void> {
    this.unchanged.items += items;
    this.unchanged.bytes += bytes;
  }

  async finishPlan(digest: string): Promise<void> {
    this.digest = digest;
    for (const row of this.rows.filter(({ step }) => INERT_ACTIONS.has(step.action))) {
      row.outcome = row.step.action === 'SKIP' ? 'SKIPPED' : 'FLAGGED';
    }
  }

  async claim(limit: number): Promise<ClaimedStep[]> {
    const free = this.rows.filter(({ isClaimed }) => !isClaimed);
    const inDoubt = free.filter(({ outcome, inDoubtSince }) => outcome === 'PENDING' && inDoubtSince !== null);
    const pending = free.filter(({ outcome, inDoubtSince }) => outcome === 'PENDING' && inDoubtSince === null);
    return [...inDoubt, ...pending].slice(0, limit).map((row) => this.take(row));
  }

  private take(row: Row): ClaimedStep {
    row.isClaimed = true;
    return {
      id: row.id,
      step: structuredClone(row.step),
      inDoubtSince: row.inDoubtSince,
      checkpoint: row.checkpoint,
      failedRuns: (this.job.failedRuns.get(row.step.sourceKey ?? '') ?? 0) - (row.countedAsFailed ? 1 : 0),
      attempts: row.attempts.length,
    };
  }

  async begin(stepIds: readonly string[], now: Date): Promise<void> {
    for (const row of this.find(stepIds))
      Object.assign(row, { outcome: 'IN_PROGRESS', startedAt: row.startedAt ?? now });
  }

  async reviseSteps(revised: readonly { stepId: string; step: Step }[]): Promise<void> {
    for (const { stepId, step } of revised) for (const row of this.find([stepId])) row.step = structuredClone(step);
  }

  async noteHashes(hashes: readonly { stepId: string; sha256: string }[]): Promise<void> {
    for (const { stepId, sha256 } of hashes) for (const row of this.find([stepId])) row.sha256 = sha256;
  }

  async *openIntents(): AsyncIterable<OpenIntent> {
    for (const row of [...this.job.rows.values()]) {
      const { id: stepId, step, startedAt: begunAt, sha256 } = row;
      if (begunAt && row.pair === this.pair)
        yield { stepId, step: structuredClone(step), isOfThisRun: this.rows.includes(row), begunAt, sha256 };
    }
  }

  async forgetIntents(intents: readonly SettledIntent[]): Promise<void> {
    for (const intent of intents) {
      for (const row of this.find([intent.stepId])) {
        Object.assign(row, SURE);
        this.learn(row, intent);
      }
    }
  }

  private learn({ step }: Row, { ledger, replaced, moved, forgetLedger }: SettledIntent): void {
    if (ledger) this.remember(structuredClone(ledger), replaced);
    if (moved && ledger) this.follow(moved, ledger);
    if (forgetLedger) this.forget(({ sourceKey, kind }) => sourceKey === step.sourceKey && kind === step.kind);
  }

  async release(stepIds: readonly string[]): Promise<void> {
    for (const row of this.find(stepIds))
      Object.assign(row, { outcome: 'PENDING', isClaimed: false, startedAt: row.inDoubtSince });
  }

  async commit(outcomes: readonly StepOutcome[]): Promise<void> {
    for (const outcome of outcomes) for (const row of this.find([outcome.stepId])) this.apply(row, outcome);
  }

  private apply(row: Row, outcome: StepOutcome): void {
    Object.assign(row, { outcome: outcome.outcome, isClaimed: false, result: outcome, ...SURE });
    if (outcome.attempt) row.attempts.push(outcome.attempt);
    const key = row.step.sourceKey ?? '';
    if (outcome.destination) this.restage(outcome.destination);
    this.learn(row, outcome);
    if (outcome.outcome !== 'RETRYING') this.job.failedRuns.delete(key);
    else if (!row.countedAsFailed) this.job.failedRuns.set(key, (this.job.failedRuns.get(key) ?? 0) + 1);
    row.countedAsFailed = outcome.outcome === 'RETRYING';
  }

  /** What stands at a place of the destination now, instead of what was listed there. */
  private restage(staged: StagedItem): void {
    const { DESTINATION } = this.staged;
    if (staged.item.kind === 'FOLDER')
      for (const [slot, other] of DESTINATION) if (placeOf(other) === placeOf(staged)) DESTINATION.delete(slot);
    DESTINATION.set(slotOf(staged), structuredClone(staged));
  }

  /** One entry for each item of either side; what an entry was before is replaced. */
  private remember(entry: LedgerEntry, replaced: string | null = null): void {
    const { sourceId, destinationId } = entry;
    this.forget((one) => one.id === entry.id || one.sourceId === sourceId || one.destinationId === destinationId);
    this.ledger.set(sourceId, { ...entry, id: entry.id ?? `entry ${sourceId}` });
    if (this.mark === null) this.place.marks.delete(sourceId);
    else this.place.marks.set(sourceId, { mark: this.mark, replaced });
  }

  /** What the ledger remembers below a folder goes with it. */
  private follow(from: Pick<LedgerEntry, 'sourceKey' | 'destinationKey'>, to: LedgerEntry): void {
    for (const entry of this.ledger.values())
      for (const key of ['sourceKey', 'destinationKey'] as const)
        if (entry[key].startsWith(`${from[key]}/`)) entry[key] = rebased(entry[key], from[key], to[key]);
  }

  private forget(isMeant: (entry: LedgerEntry) => boolean): void {
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
      if (entry) this.remember(structuredClone(entry));
    }
  }

  async beginMarks(machineStart: string | null, isLate: boolean): Promise<void> {
    const { place } = this;
    const last = Math.max(place.settledMark, ...[...place.marks.values()].map(({ mark }) => mark));
    if (machineStart !== place.machineStart && machineStart !== null) place.settledMark = last;
    place.machineStart = machineStart;
    this.mark = isLate ? last + 1 : null;
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

  async saveCheckpoint(stepId: string, checkpoint: string): Promise<void> {
    for (const row of this.find([stepId])) row.checkpoint = checkpoint;
  }

  async requeue(maxAttempts: number): Promise<number> {
    const again = this.rows.filter((row) => row.outcome === 'RETRYING' && row.attempts.length < maxAttempts);
    for (const row of again) row.outcome = 'PENDING';
    return again.length;
  }

  async *unverified(): AsyncIterable<UnverifiedStep> {
    for (const { id, step, outcome, result } of [...this.rows]) {
      if ((outcome !== 'CREATED' && outcome !== 'UPDATED') || result?.verifiedBy !== 'NONE') continue;
      const { reason, message, sha256, byteCount } = result;
      yield { stepId: id, step, outcome, reason, message, destinationKey: result.destination!.key, byteCount, sha256 };
    }
  }

  async *foldersWritten(): AsyncIterable<WrittenFolder> {
    const written = this.rows.filter(({ outcome }) => outcome === 'CREATED' || outcome === 'UPDATED');
    const keys = new Set(written.flatMap(({ step }) => [step.sourceKey ?? '', parentKey(step.sourceKey ?? '') ?? '']));
    const folder = (side: Side, key: string) =>
      [...this.staged[side].values()].find((staged) => staged.key === key && staged.item.kind === 'FOLDER');
    for (const key of keys) {
      const source = key === '' ? undefined : folder('SOURCE', key);
      const entry = [...this.ledger.values()].find(({ sourceKey, kind }) => sourceKey === key && kind === 'FOLDER');
      const destination = folder('DESTINATION', entry?.destinationKey ?? '');
      if (source?.item.kind === 'FOLDER' && destination) yield { source: source.item, destination: destination.item };
    }
  }

  async log(severity: string, message: string): Promise<void> {
    this.logged.push({ severity, message });
  }

  private find(ids: readonly string[]): Row[] {
    return ids.flatMap((id) => this.job.rows.get(id) ?? []);
  }
}

const slotOf = ({ key, item }: StagedItem) => `${key}\0${identityOf(item)}`;
const placeOf = ({ key, item }: StagedItem) => `${item.kind} ${key}`;

function selfAndAbove(key: string): string[] {
  const above = parentKey(key);
  return above === null ? [key] : [key, ...selfAndAbove(above)];
}

const newPair = () => ({ itemCount: 0, ledger: new Map(), marks: new Map(), machineStart: null, settledMark: 0 });

/** Nothing is under way for the step. */
const SURE = { inDoubtSince: null, startedAt: null, sha256: null };

const rootsOf = ({ source, destination }: Roots) => ({ sourceRoot: source, destinationRoot: destination });
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const topDown = (a: string, b: string) => keyDepth(a) - keyDepth(b) || compare(a, b);

function newRow(id: string, pair: MemoryPair | null, step: Step): Row {
  return {
    id,
    pair,
    step,
    outcome: 'PENDING',
    inDoubtSince: null,
    startedAt: null,
    isClaimed: false,
    checkpoint: null,
    sha256: null,
    result: null,
    attempts: [],
    countedAsFailed: false,
  };
}

const fingerprintsOf = (items: readonly StagedItem[]) =>
  readFingerprints(
    packItems(
      [],
      items.map(({ item }) => item),
    ).fingerprints,
  );

const groupByParent = (items: Iterable<StagedItem>) =>
  groupBy(
    [...items].filter(({ key }) => key !== ''),
    ({ key }) => parentKey(key) ?? '',
  );
