import { swappedTable } from '../decide/index.js';
import { swappedStep, type PolicyValue, type SideWords, type Step } from '../plan/index.js';
import type { Seen } from '../pair/index.js';
import { identityOf, type Item, type ItemKind } from '../platform/index.js';
import type { ActiveContext } from './context.js';
import { swapped } from './swapped.js';
import type { MovedPlaces } from './moved-places.js';
import type { StepWriter } from './step-writer.js';

/** Where the steps of a plan go. */
export type PlanWriter = Pick<StepWriter, 'add' | 'addUnchanged' | 'countUnchanged'>;

/**
 * What the planning of the destination leaves to the planning of the source, where a type of transfer changes both. Each
 * looks at every item; each plans only what changes its own side.
 */
export class BothSides {
  /** Items of the destination that were paired, and not by the ledger alone, with one of the source at another key, by identity. */
  private readonly partners = new Map<string, Seen>();
  /** Identities of items of the source that lost their other half and met something else. */
  private readonly metAnew = new Set<string>();
  /** Identities of items of the destination whose conflict keeps both, and is planned there. */
  private readonly agreed = new Set<string>();
  /** Identities of items of the destination to whose place the source follows, after a step about their content. */
  private readonly followed = new Set<string>();
  /** Identities of items of the destination that get a content, and of which that step learns the place too. */
  private readonly written = new Set<string>();
  /** Identities of items of the destination that are moved. */
  private readonly moved = new Set<string>();
  /** Keys under which the ledger goes on to know what leaves its name, by identity. */
  private readonly withoutName = new Map<string, string>();
  /** Keys of what is gone on the other side and is made there again. */
  readonly surviving = { SOURCE: new Set<string>(), DESTINATION: new Set<string>() };
  /** Where items of the destination stand once what is planned for it is carried out. */
  places: Pick<MovedPlaces, 'note' | 'now'> | null = null;

  /** Keys of what is gone on the side that is planned, and is made there again. */
  survivingIn(isSecond: boolean): Set<string> {
    return this.surviving[isSecond ? 'DESTINATION' : 'SOURCE'];
  }

  pair(source: Seen, destination: Seen): void {
    if (source.key !== destination.key) this.partners.set(identityOf(destination.item), source);
  }

  partnerOf({ item }: Seen): Seen | null {
    return this.partners.get(identityOf(item)) ?? null;
  }

  meetAnew(sourceId: string): void {
    this.metAnew.add(sourceId);
  }

  hasMetAnew(sourceId: string): boolean {
    return this.metAnew.has(sourceId);
  }

  /** The item of the destination leaves its name, and what its place asks of the source waits for the next run. */
  leaveName({ item }: Seen, known: string): void {
    this.withoutName.set(identityOf(item), known);
  }

  /** Key under which the ledger goes on to know the item; undefined for one that keeps its name. */
  knownKeyOf(item: Item): string | undefined {
    return this.withoutName.get(identityOf(item));
  }

  hasLeftName({ item }: Seen): boolean {
    return this.withoutName.has(identityOf(item));
  }

  noteMoved({ item }: Seen): void {
    this.moved.add(identityOf(item));
  }

  isMoved({ item }: Seen): boolean {
    return this.moved.has(identityOf(item));
  }

  noteWritten({ item }: Seen): void {
    this.written.add(identityOf(item));
  }

  isWritten({ item }: Seen): boolean {
    return this.written.has(identityOf(item));
  }

  follow({ item }: Seen): void {
    this.followed.add(identityOf(item));
  }

  isFollowed(item: Item): boolean {
    return this.followed.has(identityOf(item));
  }

  agree({ item }: Seen): void {
    this.agreed.add(identityOf(item));
  }

  isAgreed({ item }: Seen): boolean {
    return this.agreed.has(identityOf(item));
  }

  now(key: string, kind: ItemKind): string {
    return this.places?.now(key, kind) ?? key;
  }
}

const OTHER_WINS: Readonly<Record<PolicyValue<'conflict'>, PolicyValue<'conflict'>>> = {
  KEEP_BOTH: 'KEEP_BOTH',
  LATEST: 'LATEST',
  SOURCE: 'DESTINATION',
  DESTINATION: 'SOURCE',
  FLAG: 'FLAG',
};

/** The context in which the changes of the source are planned: as those of a destination, with both sides exchanged. */
export function planningOfSource(context: ActiveContext): ActiveContext {
  const { policies, table } = context;
  const conflict = OTHER_WINS[policies.conflict];
  return { ...swapped(context), policies: { ...policies, conflict }, table: swappedTable(table) };
}

/** Takes steps that were planned with both sides exchanged, and says where what they read stands when their turn comes. */
export class ExchangedWriter implements PlanWriter {
  constructor(
    private readonly writer: PlanWriter,
    private readonly both: BothSides,
    private readonly words: SideWords,
  ) {}

  async add(step: Step): Promise<void> {
    await this.writer.add(swappedStep(this.inTime({ ...step, message: inWords(step.message, this.words) })));
  }

  private inTime(step: Step): Step {
    const { sourceKey, source } = step;
    if (sourceKey === null || source === null) return step;
    if (step.type === 'MOVE' && this.both.isFollowed(source)) return this.placed({ ...step, isBehindContent: true });
    return this.placed(step);
  }

  private placed(step: Step): Step {
    const { sourceKey, source } = step;
    if (sourceKey === null || source === null) return step;
    const now = this.both.now(sourceKey, source.kind);
    if (now === sourceKey) return step;
    return {
      ...step,
      sourceKey: this.both.knownKeyOf(source) ?? now,
      ...(step.type === 'TRANSFER' ? { readAt: now } : {}),
    };
  }

  /** The planning of the destination counts what stays as it is. */
  async addUnchanged(): Promise<void> {}
  async countUnchanged(): Promise<void> {}
}

const WORDS = { source: 'destination', destination: 'source' } as const;

/** A sentence that was written for a destination that is changed, but for what it quotes, for the side that is. */
export function inWords(text: string, { to }: SideWords): string {
  if (to === 'destination') return text;
  return text.replaceAll(
    /“[^”]*”|"[^"]*"|\b(source|destination)\b/g,
    (found, word: 'source' | 'destination' | undefined) => (word ? WORDS[word] : found),
  );
}
