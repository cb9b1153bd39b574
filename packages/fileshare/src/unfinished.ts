import type { Call } from '@sluice/core/platform';
import type { Calls } from './disk/operations.js';
import type { ShareFacts } from './disk/share-root.js';
import type { FileToWrite, FinishedFile, Finish, UnfinishedFile } from './disk/write.js';
import type { Share } from './share.js';

/** A file that is being written. Its calls follow one another, so that none uses a descriptor that another has closed. */
export class Unfinished {
  private last: Promise<unknown> = Promise.resolve();
  private isOver = false;

  private constructor(
    private readonly share: Share,
    private readonly facts: ShareFacts,
    private readonly file: FileToWrite,
    private readonly begun: UnfinishedFile,
    private readonly signal: AbortSignal,
  ) {}

  static async begin(share: Share, facts: ShareFacts, file: FileToWrite, { signal }: Call): Promise<Unfinished> {
    const { lane } = share;
    const beginning = lane.call('begin', facts, file);
    const begun = await share
      .wait(signal, () => beginning)
      .catch((cause: unknown) => {
        // The call that nobody waits for any more may still make the file.
        beginning.then(
          (late) => lane.call('discard', facts, late),
          () => undefined,
        );
        throw cause;
      });
    return new Unfinished(share, facts, file, begun, signal);
  }

  private async next<T>(work: () => Promise<T>): Promise<T> {
    const done = work();
    this.last = done.catch(() => undefined);
    return this.share.wait(this.signal, () => done);
  }

  async append(bytes: Uint8Array): Promise<void> {
    await this.next(() => this.share.lane.call('append', this.facts, this.begun.descriptor, bytes));
  }

  /** SHA-256 in hex of what is written by now, read back. */
  async sha256(): Promise<string> {
    const steps = this.share.lane.stream('hash', this.facts, this.begun.descriptor);
    for (;;) {
      const step = await this.next(() => steps.next());
      if (step.done) return step.value;
    }
  }

  async finish(finish: Finish): Promise<FinishedFile> {
    this.isOver = true;
    return this.next<ReturnType<Calls['finish']>>(() =>
      this.share.lane.call('finish', this.facts, this.begun, this.file, finish),
    );
  }

  /** Takes the file away unless it is finished. Does not wait for a share that hangs once that is known or the signal is raised. */
  async discard(): Promise<void> {
    if (this.isOver) return;
    const discarding = this.last.then(() => this.share.lane.call('discard', this.facts, this.begun));
    if (this.signal.aborted) discarding.catch(() => undefined);
    else await this.share.watched(discarding);
  }
}
