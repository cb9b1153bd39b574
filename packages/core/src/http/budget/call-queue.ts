import type { Call } from '../../platform/index.js';

/** Who waits for the budget: interactive calls first, and within a priority each owner in turn. */
export class CallQueue<Waiter extends { call: Call }> {
  private readonly owners = { INTERACTIVE: new Map<string, Waiter[]>(), JOB: new Map<string, Waiter[]>() };

  add(waiter: Waiter): void {
    const owners = this.owners[waiter.call.priority];
    const waiting = owners.get(waiter.call.owner);
    if (waiting) waiting.push(waiter);
    else owners.set(waiter.call.owner, [waiter]);
  }

  remove(waiter: Waiter): void {
    const owners = this.owners[waiter.call.priority];
    const waiting = owners.get(waiter.call.owner)?.filter((other) => other !== waiter);
    if (waiting?.length) owners.set(waiter.call.owner, waiting);
    else owners.delete(waiter.call.owner);
  }

  /** The one whose turn it is, left in the queue. */
  first(): Waiter | undefined {
    for (const owners of [this.owners.INTERACTIVE, this.owners.JOB]) {
      for (const [waiter] of owners.values()) if (waiter) return waiter;
    }
    return undefined;
  }

  /** Takes out the one whose turn it is; its owner goes to the end. */
  shift(): Waiter | undefined {
    const waiter = this.first();
    if (!waiter) return undefined;
    const owners = this.owners[waiter.call.priority];
    const [, ...others] = owners.get(waiter.call.owner) ?? [];
    owners.delete(waiter.call.owner);
    if (others.length) owners.set(waiter.call.owner, others);
    return waiter;
  }

  *[Symbol.iterator](): Iterator<Waiter> {
    for (const owners of [this.owners.INTERACTIVE, this.owners.JOB]) {
      for (const waiting of owners.values()) yield* waiting;
    }
  }
}
