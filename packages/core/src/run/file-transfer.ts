import { PlatformError, type Call, type Destination, type Item } from '../platform/index.js';
import { nameOf, timeGiven, type Transfer } from '../plan/index.js';
import { keepsTimes, lostTime, placeAndFields, readsBack } from './arrival.js';
import { callTo, type ActiveContext } from './context.js';
import { finished, transferred, type Claimed, type FinishedStep } from './finished.js';
import { HashedContent, hashOf } from './hashed-content.js';
import { lockArrived } from './lock-arrived.js';
import { readingOfSource } from './source-errors.js';
import { paced } from './throttle.js';
import type { StepTools } from './step-tools.js';
import { proved } from './withdrawal.js';

/** Brings one file over through the engine's streams. */
export class FileTransfer {
  private readonly sourceCall: Call;
  private readonly call: Call;
  private hasBegun = false;

  constructor(
    private readonly claimed: Claimed<Transfer>,
    private readonly context: ActiveContext,
    private readonly destination: Destination,
    private readonly parent: Item,
    signal: AbortSignal,
  ) {
    this.sourceCall = callTo('SOURCE', context, signal);
    this.call = callTo('DESTINATION', context, signal);
  }

  /** What the step ends with where the destination has an equal file already that the ledger does not know; else null. */
  async foundThere(intent: Pick<StepTools, 'hashed'>): Promise<FinishedStep | null> {
    const { size } = this.claimed.step.source;
    if (size === null || !mayBeThere(this.claimed.step, size)) return null;
    const content = this.content({ ...this.claimed.step.source, size }, intent);
    return (await this.isThereAlready(content)) ? this.foundEqual(content) : null;
  }

  async carryOut(intent: Pick<StepTools, 'begin' | 'hashed' | 'revise'>): Promise<FinishedStep> {
    const content = this.content(await this.sizedSource(), intent);
    if (await this.isOnlyTouched(content)) return this.touched(content);
    if (await this.isThereAlready(content)) return this.foundEqual(content);
    await this.begin(content, intent);
    await this.renameExisting();
    const written = await this.destination.write(this.request(content), this.call);
    const { context, claimed } = this;
    const sent = { sha256: await this.sha256Of(content), size: content.size };
    const verifiedBy = await proved(claimed.step, written, sent, { context, call: this.call, revise: intent.revise });
    const note = lostTime(claimed.step, written.item, context);
    return lockArrived(claimed.step, transferred(claimed, written, sent, verifiedBy, note), context, this.call);
  }

  /** A file that was listed before its platform knew its size is looked up again. */
  private async sizedSource(): Promise<Item & { size: number }> {
    const listed = this.claimed.step.source;
    const item = listed.size === null ? await this.context.source.find({ id: listed.id }, this.sourceCall) : listed;
    if (item && item.size !== null) return { ...item, size: item.size };
    throw new PlatformError('PLATFORM_ERROR', `The ${this.context.words.from} does not tell the size of the file yet.`);
  }

  private content(source: Item & { size: number }, intent: Pick<StepTools, 'hashed'>): HashedContent {
    const { formers } = this.context;
    return new HashedContent(
      source.size,
      (range) =>
        paced(this.context, readingOfSource(formers.open(source, this.sourceCall, range)), this.sourceCall.signal),
      (bytes) => this.context.report.progress(this.claimed.id, bytes),
      async (sha256) => {
        if (this.hasBegun && this.needsHash()) await intent.hashed(sha256);
      },
    );
  }

  /** Before the destination is changed, it is recorded what is about to stand there. */
  private async begin({ sha256 }: HashedContent, intent: Pick<StepTools, 'begin' | 'hashed'>): Promise<void> {
    await intent.begin();
    this.hasBegun = true;
    if (sha256 !== null && this.needsHash()) await intent.hashed(sha256);
  }

  /** Where the file will have the time of the source and is proved before it has its name, that tells after a crash that it arrived. */
  private needsHash(): boolean {
    if (this.destination.withdraw) return true;
    return !keepsTimes(this.context) || timeGiven(this.claimed.step).modifiedAt === null;
  }

  /** Same size as before and same bytes: a reading of the source is cheaper than a version too many. */
  private async isOnlyTouched(content: HashedContent): Promise<boolean> {
    const { knownSha256 } = this.claimed.step;
    return mayBeTouched(this.claimed.step, content.size) && (await this.sha256Of(content)) === knownSha256;
  }

  private touched(content: HashedContent): FinishedStep {
    const item = this.claimed.step.existing!;
    const { sha256 } = content;
    const message = 'Only its time changed; the content is the same.';
    const result = { outcome: 'UNCHANGED', item, sha256, verifiedBy: 'SIZE', bytes: 0 } as const;
    return finished(this.claimed, result, { reason: 'IDENTICAL', message });
  }

  /**
   * On first contact with a file of equal size, where neither checksum nor time could tell: reading it back is cheaper
   * than a version too many, and safer than trusting the size.
   */
  private async isThereAlready(content: HashedContent): Promise<boolean> {
    const { existing } = this.claimed.step;
    if (!existing || !mayBeThere(this.claimed.step, content.size) || !this.destination.readBack) return false;
    const there = paced(this.context, this.destination.readBack(existing, this.call), this.call.signal);
    return (await hashOf(there)) === (await this.sha256Of(content));
  }

  private foundEqual(content: HashedContent): FinishedStep {
    const item = this.claimed.step.existing!;
    const { sha256 } = content;
    const result = { outcome: 'ADOPTED', item, sha256, verifiedBy: 'CHECKSUM', bytes: 0 } as const;
    return finished(this.claimed, result, { reason: 'IDENTICAL', message: 'An equal file is there already.' });
  }

  private async sha256Of(content: HashedContent): Promise<string> {
    if (content.sha256 === null) for await (const _ of content.read());
    return content.sha256!;
  }

  /** KEEP_BOTH: the destination's file gets the conflict name; done already when a former try was interrupted after it. */
  private async renameExisting(): Promise<void> {
    const { existing, renameExistingTo } = this.claimed.step;
    if (!existing || renameExistingTo === null) return;
    const now = await this.context.destination.find({ id: existing.id }, this.call);
    if (!now || nameOf(now) === renameExistingTo) return;
    if (!this.destination.move)
      throw new PlatformError('REJECTED', `The ${this.context.words.to} cannot rename the other version.`);
    await this.destination.move(now, { parent: this.parent, name: renameExistingTo }, this.call);
  }

  private request(content: HashedContent) {
    const { step, id, inDoubtSince, checkpoint } = this.claimed;
    return {
      ...placeAndFields(step, this.parent, this.context),
      content,
      ...(readsBack(this.context.policies) ? { expectedSha256: () => content.sha256! } : {}),
      inDoubtSince: inDoubtSince ?? undefined,
      checkpoint: checkpoint ?? undefined,
      saveCheckpoint: (text: string) => this.context.store.saveCheckpoint(id, text),
    };
  }
}

/** Whether a changed file may have the bytes that were brought over last. */
export function mayBeTouched({ action, knownSha256, existing, reason }: Transfer, size: number): boolean {
  return action === 'UPDATE' && reason === 'CONTENT_CHANGED' && knownSha256 !== null && existing?.size === size;
}

/** Whether a file that the ledger does not know may have the bytes of the one that it would replace. */
export function mayBeThere({ action, knownSha256, existing, reason }: Transfer, size: number): boolean {
  return action === 'UPDATE' && reason === 'CONTENT_CHANGED' && knownSha256 === null && existing?.size === size;
}
