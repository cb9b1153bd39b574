import type { ComparisonRules } from '@sluice/core/naming';
import { parentKey, selfAndAbove, type Side } from '@sluice/core/plan';
import { identityOf, type ListProblem } from '@sluice/core/platform';
import { coverageOf } from '@sluice/core/prove';
import type { PlacePart } from '@sluice/core/run';
import { Refusal } from '../problems.js';
import type { KnownPair } from '../runs/reading/known-pairs.store.js';
import { lineOf, meetingKey } from './listed-item.js';
import type { SortedLines } from './sorted-lines.js';

/** Places that could not be listed and are told one by one; more of them say that the account is not the right one. */
const MAX_UNLISTED = 10_000;

export interface UnlistedPlace {
  side: Side;
  key: string;
  problem: ListProblem;
}

/** By identities of items at the source; see `KnownPairStore`. */
export type LookUp = (ids: readonly string[]) => Promise<Map<string, KnownPair>>;

/** What both listings show, by the places of the destination at which items should meet. */
export class ComparedPlaces {
  readonly unlisted: UnlistedPlace[] = [];
  /** Kinds of problems by place. */
  private readonly kinds: Record<Side, Map<string, ListProblem['kind'][]>> = {
    SOURCE: new Map(),
    DESTINATION: new Map(),
  };
  /** Folders of the source whose key at the destination is another one. */
  private readonly renamed = new Map<string, string>();

  constructor(
    private readonly lines: Readonly<Record<Side, SortedLines>>,
    private readonly rules: ComparisonRules,
    private readonly lookUp: LookUp,
  ) {}

  async take(side: Side, { items, problems }: PlacePart): Promise<void> {
    const known = side === 'SOURCE' ? await this.lookUp(items.map(({ item }) => identityOf(item))) : null;
    for (const { key, item } of items) {
      const entry = known?.get(identityOf(item)) ?? null;
      const there = side === 'SOURCE' ? this.keyThere(key, entry) : key;
      if (there !== key && item.kind === 'FOLDER') this.renamed.set(key, there);
      const { kind, size, sha256, version } = item;
      await this.lines[side].add(
        lineOf(meetingKey(there, this.rules), { key, kind, size, sha256, version, known: entry }),
      );
    }
    for (const { key, problem } of problems) this.note(side, key, problem);
  }

  /** Whether what a side lacks at a place is proved to be missing there. */
  isProved(side: Side, place: string): boolean {
    const kinds = selfAndAbove(place).flatMap((key) => this.kinds[side].get(key) ?? []);
    return coverageOf(side, kinds) === 'WHOLE';
  }

  private note(side: Side, key: string, problem: ListProblem): void {
    if (side === 'DESTINATION' && problem.kind === 'SPECIAL') return;
    if (this.unlisted.length === MAX_UNLISTED) throw tooMany();
    this.unlisted.push({ side, key, problem });
    const there = side === 'SOURCE' ? (this.renamed.get(key) ?? this.keyThere(key, null)) : key;
    const place = meetingKey(there, this.rules);
    this.kinds[side].set(place, [...(this.kinds[side].get(place) ?? []), problem.kind]);
  }

  /** Where an item of the source belongs: where the ledger has it, else under its own name in the folder above it. */
  private keyThere(key: string, entry: KnownPair | null): string {
    if (entry !== null && entry.sourceKey === key) return entry.destinationKey;
    for (let above = parentKey(key); above !== null; above = parentKey(above)) {
      const there = this.renamed.get(above);
      if (there !== undefined) return there + key.slice(above.length);
    }
    return key;
  }
}

function tooMany(): Refusal {
  const message = `More than ${MAX_UNLISTED} places could not be listed. Check the rights of the accounts, then make it again.`;
  return new Refusal({ code: 'REMOTE_FORBIDDEN', message, isRetryable: true });
}
