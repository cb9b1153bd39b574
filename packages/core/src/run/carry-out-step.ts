import { PlatformError, type Call, type Destination, type Item, type Written } from '../platform/index.js';
import {
  nameOf,
  parentKey,
  childKey,
  type Inert,
  type LedgerEntry,
  type MakeFolder,
  type PolicyValue,
  type Step,
  type Transfer,
} from '../plan/index.js';
import { callTo, type ActiveContext } from './context.js';
import type { DestinationFolders } from './destination-folders.js';
import { HashedContent, hashOf } from './hashed-content.js';
import type { ClaimedStep, StepOutcome } from './ports.js';
import { readingOfSource } from './refusal-streak.js';

const COMPARES_CHECKSUMS: Readonly<Record<PolicyValue<'verification'>, boolean>> = {
  CHECKSUM: true,
  SIZE: false,
  NONE: false,
};

/** What became of a step, before the attempt that led there is counted. */
export type FinishedStep = Omit<StepOutcome, 'attempt'>;

/** Does what one step says. Throws `PlatformError` when it fails; nothing half done is left under a final name. */
export async function carryOutStep(
  claimed: ClaimedStep,
  context: ActiveContext,
  folders: Pick<DestinationFolders, 'get'>,
  signal: AbortSignal,
): Promise<FinishedStep> {
  const { step } = claimed;
  if (step.type === 'INERT') return adopted({ ...claimed, step });
  const call = callTo('DESTINATION', context, signal);
  const destination = context.destination.destination;
  if (!destination) throw new PlatformError('REJECTED', 'The destination cannot be written.');
  switch (step.type) {
    case 'MAKE_FOLDER':
      return createFolder({ ...claimed, step }, destination, await folders.get(step.parentKey), call);
    case 'TRANSFER': {
      const parent = await folders.get(step.parentKey);
      return new FileTransfer({ ...claimed, step }, context, destination, parent, signal).carryOut();
    }
    case 'MOVE':
    case 'REMOVE':
    case 'DESCRIBE':
      throw new Error('unreachable: no plan has such a step');
  }
}

type Claimed<S extends Step> = ClaimedStep & { step: S };

function adopted(claimed: Claimed<Inert>): FinishedStep {
  const item = claimed.step.existing!;
  const sha256 = item.sha256 ?? claimed.step.knownSha256;
  return finished(claimed, {
    outcome: claimed.step.isNote ? 'UNCHANGED' : 'ADOPTED',
    item,
    sha256,
    verifiedBy: item.kind === 'FOLDER' ? null : sha256 ? 'CHECKSUM' : 'SIZE',
    bytes: 0,
  });
}

async function createFolder(
  claimed: Claimed<MakeFolder>,
  destination: Destination,
  parent: Item,
  call: Call,
): Promise<FinishedStep> {
  const { step, inDoubtSince } = claimed;
  const item = await destination.ensureFolder(
    { parent, name: step.name, inDoubtSince: inDoubtSince ?? undefined },
    call,
  );
  return finished(claimed, { outcome: 'CREATED', item, sha256: null, verifiedBy: null, bytes: 0 });
}

class FileTransfer {
  private readonly sourceCall: Call;
  private readonly call: Call;

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

  async carryOut(): Promise<FinishedStep> {
    const content = this.content(await this.sizedSource());
    if (await this.isOnlyTouched(content)) return this.touched(content);
    if (await this.isThereAlready(content)) return this.foundEqual(content);
    await this.renameExisting();
    const written = await this.destination.write(this.request(content), this.call);
    const result = finished(this.claimed, {
      outcome: this.claimed.step.action === 'UPDATE' ? 'UPDATED' : 'CREATED',
      item: written.item,
      sha256: await this.sha256Of(content),
      verifiedBy: await this.verify(written, content),
      bytes: content.size,
    });
    return { ...result, message: [result.message, this.lostTime(written.item)].filter(Boolean).join(' ') };
  }

  /** A file that was listed before its platform knew its size is looked up again. */
  private async sizedSource(): Promise<Item & { size: number }> {
    const listed = this.claimed.step.source;
    const item = listed.size === null ? await this.context.source.find({ id: listed.id }, this.sourceCall) : listed;
    if (item && item.size !== null) return { ...item, size: item.size };
    throw new PlatformError('PLATFORM_ERROR', 'The source does not tell the size of the file yet.');
  }

  private content(source: Item & { size: number }): HashedContent {
    const reader = this.context.source.source!;
    return new HashedContent(
      source.size,
      (range) => readingOfSource(reader.open(source, this.sourceCall, range)),
      (bytes) => this.context.report.progress(this.claimed.id, bytes),
    );
  }

  /** Same size as before and same bytes: a reading of the source is cheaper than a version too many. */
  private async isOnlyTouched(content: HashedContent): Promise<boolean> {
    const { action, knownSha256, existing, reason } = this.claimed.step;
    if (action !== 'UPDATE' || reason !== 'CONTENT_CHANGED' || knownSha256 === null || existing?.size !== content.size)
      return false;
    return (await this.sha256Of(content)) === knownSha256;
  }

  private touched(content: HashedContent): FinishedStep {
    const item = this.claimed.step.existing!;
    const result = finished(this.claimed, {
      outcome: 'UNCHANGED',
      item,
      sha256: content.sha256,
      verifiedBy: 'SIZE',
      bytes: 0,
    });
    return { ...result, reason: 'IDENTICAL', message: 'Only its time changed; the content is the same.' };
  }

  /**
   * On first contact with a file of equal size, where neither checksum nor time could tell: reading it back is cheaper
   * than a version too many, and safer than trusting the size.
   */
  private async isThereAlready(content: HashedContent): Promise<boolean> {
    const { action, knownSha256, existing, reason } = this.claimed.step;
    const isFirstContact = action === 'UPDATE' && reason === 'CONTENT_CHANGED' && knownSha256 === null;
    if (!isFirstContact || existing?.size !== content.size || !this.destination.readBack) return false;
    return (await hashOf(this.destination.readBack(existing, this.call))) === (await this.sha256Of(content));
  }

  private foundEqual(content: HashedContent): FinishedStep {
    const item = this.claimed.step.existing!;
    const { sha256 } = content;
    const result = finished(this.claimed, { outcome: 'ADOPTED', item, sha256, verifiedBy: 'CHECKSUM', bytes: 0 });
    return { ...result, reason: 'IDENTICAL', message: 'An equal file is there already.' };
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
    if (!this.destination.move) throw new PlatformError('REJECTED', 'The destination cannot rename the other version.');
    await this.destination.move(now, { parent: this.parent, name: renameExistingTo }, this.call);
  }

  private request(content: HashedContent) {
    const { step, id, inDoubtSince, checkpoint } = this.claimed;
    const source = step.source;
    const replaces = step.action === 'UPDATE' ? step.existing : null;
    return {
      ...(replaces ? placeOf(replaces, this.parent) : { parent: this.parent, name: step.name }),
      content,
      description: source.description ?? undefined,
      ...(this.context.policies.keepTimestamps ? timeOf(source) : {}),
      replaces: replaces ?? undefined,
      versionNote: noteOf(source),
      ...(this.isReadBack() ? { expectedSha256: () => content.sha256! } : {}),
      inDoubtSince: inDoubtSince ?? undefined,
      checkpoint: checkpoint ?? undefined,
      saveCheckpoint: (text: string) => this.context.store.saveCheckpoint(id, text),
    };
  }

  /** What became of the file's time, when it was to be kept and was not. */
  private lostTime(written: Item): string | null {
    const { source } = this.claimed.step;
    const { capabilities } = this.context.destination;
    if (!this.context.policies.keepTimestamps || capabilities.TIMESTAMP_PRESERVATION.level !== 'FULL') return null;
    if (source.modifiedAt === null) return 'Its time is not kept: the source tells none between the years 1 and 9999.';
    if (written.modifiedAt === null || isNear(written.modifiedAt, source.modifiedAt)) return null;
    return `Its time is not kept: the destination made it ${written.modifiedAt.toISOString()}.`;
  }

  private async verify(written: Written, content: HashedContent): Promise<FinishedStep['verifiedBy']> {
    if (this.context.policies.verification === 'NONE') return 'NONE';
    if (written.item.size !== null && written.item.size !== content.size)
      throw this.unequal(`has ${written.item.size} bytes instead of ${content.size}`);
    if (written.item.sha256 !== null && written.item.sha256 !== content.sha256)
      throw this.unequal('has another checksum');
    if (!this.isReadBack() || !this.destination.readBack || written.verifiedBy === 'CHECKSUM')
      return written.verifiedBy;
    if ((await hashOf(this.destination.readBack(written.item, this.call))) !== (await this.sha256Of(content)))
      throw this.unequal('gives other bytes when read back');
    return 'CHECKSUM';
  }

  private isReadBack(): boolean {
    const { verification, readBack } = this.context.policies;
    return COMPARES_CHECKSUMS[verification] && readBack;
  }

  private unequal(finding: string): PlatformError {
    return new PlatformError('VERIFICATION_FAILED', `What arrived ${finding}.`, {
      remedy: 'Retry; if it fails again, look at the file at the destination.',
    });
  }
}

/** A file that someone moved at the destination gets its new version where it is now. */
function placeOf(item: Item, parent: Item): { parent: Item; name: string } {
  const id = item.parentId ?? parent.id;
  return { parent: { ...parent, id, path: item.path.slice(0, -1) }, name: nameOf(item) };
}

const timeOf = ({ modifiedAt, modifiedNanoseconds }: Item) => ({ modifiedAt, modifiedNanoseconds });

/** Some file systems count in steps of two seconds. */
const isNear = (one: Date, other: Date) => Math.abs(one.getTime() - other.getTime()) < 2_000;

function noteOf(source: Item): string {
  const time = source.modifiedAt ? `, last changed ${source.modifiedAt.toISOString()}` : '';
  return `From "/${source.path.join('/')}"${time}`.slice(0, 500);
}

interface Result {
  outcome: FinishedStep['outcome'];
  item: Item;
  sha256: string | null;
  verifiedBy: FinishedStep['verifiedBy'];
  bytes: number;
}

function finished(claimed: ClaimedStep, { outcome, item, sha256, verifiedBy, bytes }: Result): FinishedStep {
  const { step } = claimed;
  const key = actualKey(step, item);
  return {
    stepId: claimed.id,
    outcome,
    reason: step.reason,
    message: step.message,
    remedy: null,
    sha256,
    verifiedBy,
    destination: { key, item },
    ledger: ledgerEntry(step, key, item, sha256),
    byteCount: bytes,
  };
}

/** The platform may have given it another name than was asked for. */
function actualKey(step: Step, item: Item): string {
  const planned = step.destinationKey!;
  return planned === '' ? planned : childKey(parentKey(planned) ?? '', nameOf(item));
}

function ledgerEntry(step: Step, destinationKey: string, item: Item, sha256: string | null): LedgerEntry {
  const source = step.source!;
  return {
    sourceKey: step.sourceKey!,
    kind: step.kind,
    sourceId: source.id,
    sourceVersion: source.version,
    sourceSize: source.size,
    sourceModifiedAt: source.modifiedAt?.getTime() ?? null,
    destinationKey,
    destinationId: item.id,
    destinationVersion: item.version,
    sha256,
  };
}
