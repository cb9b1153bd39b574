import { createHash } from 'node:crypto';
import { identityOf } from '../platform/index.js';
import type { ActiveContext } from './context.js';
import type { SourceChild } from './ports/index.js';
import type { StepWriter } from './step-writer.js';

/**
 * Which items a job with a frozen scope is about: those that its first complete listing showed, by identity or by place, but for
 * what came to the place of a migrated one that stands elsewhere.
 * Until a plan with such a listing is carried out the scope is open, and each plan begins it anew.
 */
export class FrozenScope {
  private lateCount = 0;

  private constructor(
    private readonly context: ActiveContext,
    private readonly state: 'NONE' | 'OPEN' | 'FROZEN',
  ) {}

  /** As a planning finds it. */
  static async begin(context: ActiveContext): Promise<FrozenScope> {
    if (!context.table.freezesScope) return new FrozenScope(context, 'NONE');
    if ((await context.store.scopeState()) === 'FROZEN') return new FrozenScope(context, 'FROZEN');
    await context.store.setScopeState('OPEN');
    return new FrozenScope(context, 'OPEN');
  }

  /** Those of the children that came after the scope was frozen; as long as it is open, all of them are in. */
  async lateOf(children: readonly SourceChild[]): Promise<ReadonlySet<SourceChild>> {
    if (this.state === 'NONE') return new Set();
    if (this.state === 'OPEN') {
      await this.context.store.addScopeMarks(children.flatMap(marksOf));
      return new Set();
    }
    // What was migrated is in.
    const open = children.filter(({ ledger }) => ledger === null);
    await this.noteLeft(children);
    const late = new Set<SourceChild>();
    const known = await this.context.store.knownScopeMarks(
      open.flatMap((child) => [...marksOf(child), leftMark(child)]),
    );
    for (const child of open) if (!(await this.isIn(child, known))) late.add(child);
    this.lateCount += late.size;
    return late;
  }

  /** What was migrated and moved on takes nothing into the scope that comes to its former place. */
  private async noteLeft(children: readonly SourceChild[]): Promise<void> {
    const moved = children.filter(({ key, ledger }) => ledger !== null && ledger.sourceKey !== key);
    const marks = moved.map(({ item, ledger }) => leftMark({ item, key: ledger!.sourceKey }));
    if (marks.length > 0) await this.context.store.addScopeMarks(marks);
  }

  private async isIn(child: SourceChild, known: ReadonlySet<number>): Promise<boolean> {
    const { key, item } = child;
    if (known.has(identityMark(child))) return true;
    if (!known.has(placeMark(child)) || known.has(leftMark(child))) return false;
    return !(await this.context.store.isPlaceLeft('SOURCE', key, item.kind));
  }

  /** The whole source was planned; `isListed` where it was listed as a whole. */
  async finish(isListed: boolean, { planned, refusals }: StepWriter): Promise<void> {
    const { store } = this.context;
    if (this.state === 'OPEN') {
      await store.setScopeState(isListed ? 'LISTED' : 'OPEN');
      if (!isListed) await store.log('WARNING', NOT_WHOLE);
    }
    if (this.state !== 'FROZEN') return;
    if (this.lateCount > 0)
      await store.log('INFO', `${this.lateCount} items came after the first listing and are left out.`);
    if (planned.DESTINATION.size === 0 && refusals === 0)
      await store.log('INFO', 'Everything that the first listing showed is migrated: nothing is left to do.');
  }
}

/** A plan is carried out: what its listing showed is the scope from now on, if it was complete. */
export async function freezeScope({ table, store }: ActiveContext): Promise<void> {
  if (table.freezesScope && (await store.scopeState()) === 'LISTED') await store.setScopeState('FROZEN');
}

const NOT_WHOLE =
  'The source could not be listed as a whole, so what is migrated is not fixed yet: what the next whole listing shows is migrated too.';

type Placed = Pick<SourceChild, 'key' | 'item'>;

const identityMark = ({ item }: Placed): number => markOf(`id ${identityOf(item)}`);
const placeMark = ({ key, item }: Placed): number => markOf(`${item.kind} ${key}`);
const leftMark = ({ key, item }: Placed): number => markOf(`left ${item.kind} ${key}`);
const marksOf = (child: Placed): number[] => [identityMark(child), placeMark(child)];

/** Digits of a hash that a number holds exactly. */
const MARK_HEX_DIGITS = 13;

const markOf = (text: string): number =>
  Number.parseInt(createHash('sha256').update(text).digest('hex').slice(0, MARK_HEX_DIGITS), 16);
