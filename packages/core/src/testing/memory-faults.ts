import type { PlatformError } from '../platform/index.js';

/** Calls of the memory platform in which a fault can be placed. */
export type MemoryOperation =
  | 'changes'
  | 'check'
  | 'describe'
  | 'directory'
  | 'ensureFolder'
  | 'find'
  | 'list'
  | 'move'
  | 'open'
  | 'readBack'
  | 'remove'
  | 'restore'
  | 'setFolderTime'
  | 'withdraw'
  | 'write';

export interface MemoryEvent {
  operation: MemoryOperation;
  /** `before` the effect, or `after` it and before the reply: throwing there is a lost reply, or a crash. */
  moment: 'before' | 'after';
  path: readonly string[];
}

export type MemoryHook = (event: MemoryEvent) => void | Promise<void>;

interface Planned {
  operation: MemoryOperation;
  moment: MemoryEvent['moment'];
  error: PlatformError;
  times: number;
}

/** Faults that tests place, in the order in which they are used up. */
export class MemoryFaults {
  hook: MemoryHook | null = null;
  private readonly planned: Planned[] = [];

  plan(fault: Planned): void {
    this.planned.push(fault);
  }

  async pass(event: MemoryEvent): Promise<void> {
    await this.hook?.(event);
    const fault = this.planned.find(
      (one) => one.times > 0 && one.operation === event.operation && one.moment === event.moment,
    );
    if (!fault) return;
    fault.times -= 1;
    throw fault.error;
  }
}
