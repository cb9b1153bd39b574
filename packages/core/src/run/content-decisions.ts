import { decideContent, removesMoved, type Verdict } from '../decide/index.js';
import { isSameByPlace, placeOf, seen, stateOf, type Seen, type Triple } from '../pair/index.js';
import { identityOf } from '../platform/index.js';
import { parentKey, refuse, settle, type Decision, type Rules } from '../plan/index.js';
import type { BothSides } from './both-sides.js';
import type { ActiveContext } from './context.js';
import { EqualContent, isJudged } from './equal-content.js';
import { isUnreadable } from './one-item.js';
import { reasonOf } from './outcome.js';
import type { TargetFolder } from './placing.js';
import { readBoth, type BothRead } from './read-both.js';

/** Verdicts that depend on whether both contents are equal. */
const READ_BOTH: ReadonlySet<Verdict> = new Set(['OVERWRITE', 'RECONCILE', 'RECONCILE_BOTH']);

/** What the planning of the destination does about an item of both sides, and not that of the source. */
const BY_FIRST: ReadonlySet<Verdict> = new Set(['NOTE', 'ADOPT', 'NAME_TAKEN']);

const NOT_READ: BothRead | { equality: null; sha256: null } = { equality: null, sha256: null };

/** What becomes of the content of an item. */
export interface Decided {
  decision: Decision | null;
  /** Of the source's content where it was read for the decision. */
  hash: string | null;
  verdict: Verdict;
}

interface Given {
  rules: Rules;
  /** Where both sides are changed. */
  both: BothSides | null;
  /** Whether the changes of the source are planned, after those of the destination. */
  isSecond: boolean;
}

/** Decides about the content of one item after the other: what the table of the job says, settled by its policies. */
export class ContentDecisions {
  private readonly contents: EqualContent;
  private readonly rules: Rules;
  private readonly both: BothSides | null;
  private readonly isSecond: boolean;

  constructor(
    private readonly context: ActiveContext,
    { rules, both, isSecond }: Given,
  ) {
    this.contents = new EqualContent(context);
    [this.rules, this.both, this.isSecond] = [rules, both, isSecond];
  }

  /** What becomes of an item that came after the scope of the job was frozen. */
  ofLate(source: Seen): Decision | null {
    const verdict = decideContent(this.context.table, { base: 'NONE', source: 'late', destination: 'unknown' });
    return settle(verdict, { source, base: null, destination: 'UNKNOWN' }, null, this.rules);
  }

  async of(triple: Triple, target: TargetFolder): Promise<Decided> {
    const told = await this.contents.told(triple);
    const tabled = decideContent(this.context.table, stateOf(told));
    const survives = this.survivor(tabled, triple, target);
    if (survives) this.both?.survivingIn(this.isSecond).add(seen(triple.source)!.key);
    const verdict = survives ? 'CREATE_DESTINATION' : tabled;
    const read = this.needsReading(verdict, told) ? await this.readBoth(told) : NOT_READ;
    if ('action' in read) return { decision: this.isSecond ? null : read, hash: null, verdict };
    // What looks equal and is not stands in the way of what is moved.
    const meant = verdict === 'ADOPT' && read.equality === 'DIFFERENT' ? 'EXISTING' : verdict;
    const decision = this.ownPart(verdict, settle(meant, triple, read.equality, this.rules), triple);
    if (verdict === 'LEAVE_MIGRATED' && isJudged(triple)) return { decision: null, hash: null, verdict };
    if (verdict === 'LEAVE_MIGRATED') await this.tellOnce(triple);
    const isLearned = verdict !== 'LEAVE_MIGRATED' && (told !== triple || read !== NOT_READ);
    if (isLearned && !this.isSecond) await this.contents.remember(triple, decision);
    return { decision, hash: read.sha256, verdict };
  }

  private async tellOnce(triple: Triple): Promise<void> {
    if (!this.context.isPreview) await this.contents.rememberTold(triple);
  }

  /** What the plan tells once is told from now on. */
  planStands(): Promise<void> {
    return this.contents.planStands();
  }

  /** What was moved or replaced on one side survives that it was removed on the other. */
  private survivor(verdict: Verdict, { source, base }: Triple, target: TargetFolder): boolean {
    if (verdict !== 'REMOVE_SOURCE' || base === null) return false;
    const { key, item } = seen(source)!;
    const known = { id: base.sourceId, version: base.sourceVersion };
    // What took the place of the item was put there by somebody.
    if (identityOf(item) !== known.id && !isSameByPlace(item, known)) return true;
    const folder = { now: parentKey(key) ?? '', known: target.formerKey };
    return target.survives === true || placeOf(key, base.sourceKey, folder) === 'moved';
  }

  /** A source file goes only for equal bytes where the job proves by checksums; size and time are not enough then. */
  private needsReading(verdict: Verdict, { source, base }: Triple): boolean {
    if (READ_BOTH.has(verdict)) return true;
    const isProof = removesMoved(this.context.table) && this.rules.policies.verification === 'CHECKSUM';
    const isOpen = verdict === 'ADOPT' || (verdict === 'REMOVE_MOVED' && base?.sha256 === null);
    return isProof && isOpen && seen(source)?.item.kind === 'FILE';
  }

  /** A file of a conflict that cannot be read is refused, since nobody knows yet whether there is a conflict. */
  private async readBoth(triple: Triple): Promise<BothRead | Decision> {
    if (isJudged(triple)) return { equality: 'DIFFERENT', sha256: null };
    try {
      return await readBoth(seen(triple.source)!, seen(triple.destination)!, this.context);
    } catch (error) {
      if (!isUnreadable(error, this.context)) throw error;
      const message = `Both sides changed, and whether they are equal could not be read: ${error.message}`;
      return refuse(reasonOf(error), message, error.remedy ?? 'Retry later.');
    }
  }

  /** What the planning of the destination has done already is not done again. */
  private ownPart(verdict: Verdict, decision: Decision | null, { source, base, destination }: Triple): Decision | null {
    if (!this.isSecond || decision === null) return decision;
    if (verdict !== 'RECONCILE_BOTH') return BY_FIRST.has(verdict) ? null : decision;
    if (decision.action === 'ADOPT' || decision.reason !== 'CONFLICT' || decision.action === 'REFUSE') return null;
    if (decision.keepBoth === undefined || this.both!.isAgreed(seen(source)!)) return decision;
    // One half of it was carried out by a run before: the other version has another partner already.
    const isHalfDone = base === null && decision.keepBoth === 'EXISTING' && seen(destination) !== null;
    return isHalfDone ? decision : null;
  }
}
