import type { Call } from '../../platform/index.js';

/** Calls of one owner that wait in this process. */
export interface Want {
  owner: string;
  priority: Call['priority'];
  /** Weight of the owner among those that wait. */
  share: number;
  calls: number;
}

/** Who waits for the budget in this process, in lines by priority and owner. */
export class CallQueue<Waiter extends { call: Call }> {
  private readonly lines = { INTERACTIVE: new Map<string, Waiter[]>(), JOB: new Map<string, Waiter[]>() };

  add(waiter: Waiter): void {
    const lines = this.lines[waiter.call.priority];
    const line = lines.get(waiter.call.owner);
    if (line) line.push(waiter);
    else lines.set(waiter.call.owner, [waiter]);
  }

  remove(waiter: Waiter): void {
    const { priority, owner } = waiter.call;
    const line = this.lines[priority].get(owner) ?? [];
    const place = line.indexOf(waiter);
    if (place >= 0) line.splice(place, 1);
    if (line.length === 0) this.lines[priority].delete(owner);
  }

  /** Takes out the first of a line, which goes to the end of those of its priority; undefined when nobody waits in it. */
  serve({ priority, owner }: Pick<Want, 'priority' | 'owner'>): Waiter | undefined {
    const lines = this.lines[priority];
    const line = lines.get(owner);
    const waiter = line?.shift();
    lines.delete(owner);
    if (line !== undefined && line.length > 0) lines.set(owner, line);
    return waiter;
  }

  /** All lines, those of people first. */
  wants(): Want[] {
    return (['INTERACTIVE', 'JOB'] as const).flatMap((priority) =>
      [...this.lines[priority]].map(([owner, line]) => {
        const share = line[0]?.call.share ?? 1;
        return { owner, priority, share, calls: line.length };
      }),
    );
  }

  /** All who wait. */
  all(): Waiter[] {
    return [...this.lines.INTERACTIVE.values(), ...this.lines.JOB.values()].flat();
  }
}
