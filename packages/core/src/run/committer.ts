import type { EngineStore, StepOutcome } from './ports.js';

interface Waiting {
  outcome: StepOutcome;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** The only writer of outcomes: commits what has gathered while the last transaction ran, in one transaction. */
export class Committer {
  private readonly waiting: Waiting[] = [];
  private isCommitting = false;

  constructor(private readonly store: Pick<EngineStore, 'commit'>) {}

  /** Resolves once the outcome survives a crash. */
  commit(outcome: StepOutcome): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ outcome, resolve, reject });
      if (!this.isCommitting) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.isCommitting = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0);
      try {
        await this.store.commit(batch.map(({ outcome }) => outcome));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.isCommitting = false;
  }
}
