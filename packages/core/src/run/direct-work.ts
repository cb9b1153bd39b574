import {
  PlatformError,
  type DirectOutcome,
  type DirectTransfer,
  type DirectTransfers,
  type Item,
} from '../platform/index.js';
import type { Step, Transfer } from '../plan/index.js';
import { lostTime, placeAndFields, readsBack } from './arrival.js';
import { callTo, type ActiveContext } from './context.js';
import type { DestinationFolders } from './destination-folders.js';
import { mayBeThere, mayBeTouched } from './file-transfer.js';
import { transferred, type Claimed, type FinishedStep } from './finished.js';
import type { Intents } from './intents.js';
import type { ClaimedStep } from './ports/index.js';
import { ofSource } from './source-errors.js';
import type { UnderWay } from './under-way.js';
import { proved } from './withdrawal.js';

/** Files of one batch. */
const BATCH_FILES = 512;
/** A file waits no longer for others to fill a batch, so that a large one that is under way holds up nobody. */
const BATCH_WAIT_MS = 50;
/** Files that are taken and have no outcome yet. */
const MAX_OPEN_FILES = 3 * BATCH_FILES;

export interface DirectTools {
  context: ActiveContext;
  folders: Pick<DestinationFolders, 'get'>;
  moves: Pick<UnderWay, 'at'>;
  intents: Intents;
  signal: AbortSignal;
  isEnding: () => boolean;
  finished(claimed: ClaimedStep, startedAt: Date, step: FinishedStep): void;
  failed(claimed: ClaimedStep, startedAt: Date, error: PlatformError): void;
  /** Something that is no matter of one file went wrong. */
  broken(error: unknown): void;
  /** An outcome came, or a batch ended. */
  moved(): void;
}

interface Gathered {
  claimed: Claimed<Transfer>;
  parent: Item;
}

/** How files come from source to destination without the engine's streams; null where the two need them. */
export function directTransfers({ source, destination }: ActiveContext): DirectTransfers | null {
  return destination.destination?.direct?.(source) ?? null;
}

/** Brings files over in batches, several at the same time, so that a large file holds up nobody. */
export class DirectWork {
  /** Files that are taken and have no outcome yet. */
  openFiles = 0;
  openBytes = 0;
  /** Once it is, until there is room for a whole batch again: files that came one by one would begin in batches of a few. */
  isFull = false;
  private readonly gathered: Gathered[] = [];
  /** Files whose folder is looked up or under way. */
  private readonly gathering = new Set<Promise<void>>();
  private isTimed = false;
  private readonly batches = new Set<Promise<void>>();

  constructor(
    private readonly transfers: DirectTransfers,
    private readonly tools: DirectTools,
  ) {}

  /** Whether the file needs no look at it or its bytes before it is decided what to do. */
  takes({ step, checkpoint, attempts }: Claimed<Transfer>): boolean {
    const { size } = step.source;
    if (size === null || checkpoint !== null || step.renameExistingTo !== null || attempts > 0 || step.published)
      return false;
    if (step.source.formerVersions || step.chain || step.groups) return false;
    if (step.readAt !== undefined || (step.afterMove && step.existing)) return false;
    return !mayBeTouched(step, size) && !mayBeThere(step, size);
  }

  add(claimed: Claimed<Transfer>): void {
    this.open(claimed, 1);
    const gathering: Promise<void> = this.gather(claimed).finally(() => {
      this.gathering.delete(gathering);
      this.start();
    });
    this.gathering.add(gathering);
  }

  /** Resolves once everything that was taken has ended. */
  async settled(): Promise<void> {
    while (this.gathering.size + this.gathered.length + this.batches.size > 0) {
      await Promise.all(this.gathering);
      if (this.gathered.length > 0) this.startBatch();
      await Promise.all(this.batches);
    }
  }

  private open({ step }: ClaimedStep, sign: 1 | -1): void {
    this.openFiles += sign;
    this.openBytes += sign * step.byteCount;
    if (this.openFiles >= MAX_OPEN_FILES) this.isFull = true;
    else if (this.openFiles <= MAX_OPEN_FILES - BATCH_FILES) this.isFull = false;
  }

  private async gather(claimed: Claimed<Transfer>): Promise<void> {
    const startedAt = this.now();
    try {
      this.gathered.push({ claimed, parent: await this.parentOf(claimed.step) });
    } catch (error) {
      this.open(claimed, -1);
      if (error instanceof PlatformError) this.tools.failed(claimed, startedAt, error);
      else this.tools.broken(error);
      this.tools.moved();
    }
  }

  /** Where moves of this run come first, it waits for them. */
  private async parentOf({ afterMove, parentKey, destinationKey }: Transfer): Promise<Item> {
    if (afterMove) await this.tools.moves.at([destinationKey]);
    return this.tools.folders.get(parentKey, afterMove?.folderId);
  }

  /**
   * A batch begins when it is full, or when nobody is left who could still come and nothing is under way: what comes one by
   * one, as others end, gathers meanwhile.
   */
  private start(): void {
    while (this.gathered.length >= BATCH_FILES) this.startBatch();
    if (this.gathered.length === 0 || this.gathering.size > 0) return;
    if (this.batches.size === 0) this.startBatch();
    else this.startInTime();
  }

  private startInTime(): void {
    if (this.isTimed) return;
    this.isTimed = true;
    void this.tools.context.clock.sleep(BATCH_WAIT_MS).then(() => {
      this.isTimed = false;
      if (this.gathered.length > 0) this.startBatch();
    });
  }

  private startBatch(): void {
    const batch: Promise<void> = this.carryOut(this.gathered.splice(0, BATCH_FILES))
      .catch((error: unknown) => this.tools.broken(error))
      .finally(() => {
        this.batches.delete(batch);
        this.start();
        this.tools.moved();
      });
    this.batches.add(batch);
  }

  private async carryOut(files: readonly Gathered[]): Promise<void> {
    const open = new Map(files.map((file) => [file.claimed.id, file]));
    const stopped: string[] = [];
    try {
      if (this.tools.isEnding()) return;
      await this.tools.intents.begin([...open.keys()]);
      const startedAt = this.now();
      for await (const outcome of this.outcomes(files)) {
        const file = open.get(outcome.key);
        if (!file) throw new Error('A direct transfer has an outcome that nobody waits for.');
        open.delete(outcome.key);
        this.open(file.claimed, -1);
        if (isAborted(outcome)) stopped.push(outcome.key);
        else await this.take(file, outcome, startedAt);
        this.tools.moved();
      }
      if (open.size > 0) throw new Error(`${open.size} direct transfers ended without an outcome.`);
    } finally {
      for (const { claimed } of open.values()) this.open(claimed, -1);
      // What was stopped left nothing, so that it is not in doubt.
      if (stopped.length > 0) await this.tools.context.store.release(stopped);
    }
  }

  private outcomes(files: readonly Gathered[]): AsyncIterable<DirectOutcome> {
    const { context, signal, isEnding } = this.tools;
    const { policies, report } = context;
    const isProved = readsBack(policies);
    const transfers = files.map(({ claimed, parent }) => {
      const { step, inDoubtSince } = claimed;
      const source = step.source as DirectTransfer['source'];
      const asked = { key: claimed.id, source, inDoubtSince: inDoubtSince ?? undefined, isProved };
      return Object.assign(placeAndFields(step, parent, context), asked);
    });
    const batch = {
      transfers,
      maxParallel: policies.maxParallelTransfers,
      isStopping: isEnding,
      onProgress: (key: string, bytes: number) => report.progress(key, bytes),
    };
    return this.transfers.carryOut(batch, callTo('DESTINATION', context, signal));
  }

  private async take({ claimed }: Gathered, outcome: DirectOutcome, startedAt: Date): Promise<void> {
    if ('error' in outcome) {
      const error = outcome.side === 'SOURCE' ? ofSource(outcome.error) : outcome.error;
      return this.tools.failed(claimed, startedAt, error);
    }
    try {
      this.tools.finished(claimed, startedAt, await this.arrived(claimed, outcome));
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      this.tools.failed(claimed, startedAt, error);
    }
  }

  private async arrived(claimed: Claimed<Transfer>, { written, sha256 }: Arrived): Promise<FinishedStep> {
    const { context, signal, intents } = this.tools;
    const { source } = claimed.step;
    const content = { sha256, size: source.size! };
    const call = callTo('DESTINATION', context, signal);
    const revise = async (step: Step) => {
      await intents.hashed(claimed.id, sha256);
      await context.store.reviseSteps([{ stepId: claimed.id, step }]);
    };
    const verifiedBy = await proved(claimed.step, written, content, { context, call, revise });
    const note = lostTime(claimed.step, written.item, context);
    return transferred(claimed, written, content, verifiedBy, note);
  }

  private now(): Date {
    return new Date(this.tools.context.clock.now());
  }
}

type Arrived = Extract<DirectOutcome, { sha256: string }>;

const isAborted = (outcome: DirectOutcome) => 'error' in outcome && outcome.error.kind === 'ABORTED';
