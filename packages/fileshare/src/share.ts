import type { Call } from '@sluice/core/platform';
import { translated } from './errors.js';
import type { Lane, Steps } from './lane.js';
import type { ShareFacts } from './disk/share-root.js';
import type { ShareTraits } from './disk/traits.js';
import { assertRunning, obey } from './signal.js';
import type { Vigil } from './vigil.js';

/** A configured folder, and the lane in which its files are reached. No wait for it outlasts the signal of its call. */
export class Share {
  private known: Promise<ShareFacts> | null = null;

  constructor(
    readonly lane: Lane,
    private readonly folder: string,
    readonly traits: ShareTraits,
    private readonly hasManifest: boolean,
    private readonly admitRoot: (realRoot: string) => Promise<void>,
    private readonly vigil: Vigil,
  ) {}

  /** Waits for work in the lane until it is done, the signal is raised or the share is found not to answer any more. */
  wait<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    return obey(signal, () => this.watched(work()));
  }

  /** Waits for work that touches the share; throws `UNREACHABLE` once it is found not to answer any more. */
  watched<T>(work: Promise<T>): Promise<T> {
    return this.vigil.over(work);
  }

  /** Where the share is. Once seen it has to stay the same folder, until `forget`. */
  facts(): Promise<ShareFacts> {
    this.known ??= this.look().catch((cause: unknown) => {
      this.known = null;
      throw cause;
    });
    return this.known;
  }

  /** Takes the folder that is there from now on for the share. */
  forget(): void {
    this.known = null;
  }

  private async look(): Promise<ShareFacts> {
    const found = await this.lane.call('locate', this.folder);
    await this.admitRoot(found.root);
    return { ...found, traits: this.traits, hasManifest: this.hasManifest };
  }

  /** Does short work; whatever goes wrong is told of the path. */
  async work<T>(path: readonly string[], call: Call, work: (facts: ShareFacts, lane: Lane) => Promise<T>): Promise<T> {
    return translated(path, () => this.wait(call.signal, async () => work(await this.facts(), this.lane)));
  }

  /** Streams what a lane yields; the next step is under way while the one before is looked at. */
  async *steps<T>(
    path: readonly string[],
    call: Call,
    open: (facts: ShareFacts, lane: Lane) => Steps<T, unknown>,
  ): AsyncGenerator<T> {
    assertRunning(call.signal);
    const steps = open(await this.work(path, call, async (facts) => facts), this.lane);
    let isOver = false;
    try {
      for (let next = steps.next(); ;) {
        const step = await translated(path, () => this.wait(call.signal, () => next)).catch((cause: unknown) => {
          isOver = !call.signal.aborted;
          throw cause;
        });
        isOver = step.done;
        if (step.done) return;
        next = steps.next();
        // An error of a step that nobody waits for any more is none.
        next.catch(() => undefined);
        yield step.value;
      }
    } finally {
      const closing = isOver ? null : steps.return();
      if (call.signal.aborted) closing?.catch(() => undefined);
      else await closing;
    }
  }
}
