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

  /** Takes out one that is served; its owner goes to the end. */
  serve(waiter: Waiter): void {
    const owners = this.owners[waiter.call.priority];
    const waiting = owners.get(waiter.call.owner)?.filter((other) => other !== waiter);
    owners.delete(waiter.call.owner);
    if (waiting?.length) owners.set(waiter.call.owner, waiting);
  }

  /** All who wait, in the order in which they are to be served. */
  *inTurn(): Generator<Waiter> {
    for (const owners of [this.owners.INTERACTIVE, this.owners.JOB]) {
      const lines = [...owners.values()];
      const longest = Math.max(0, ...lines.map((line) => line.length));
      for (let place = 0; place < longest; place++) {
        for (const line of lines) {
          const waiter = line[place];
          if (waiter) yield waiter;
        }
      }
    }
  }
}
