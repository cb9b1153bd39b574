import { PlatformError, type Call, type Platform } from '../platform/index.js';
import type { EngineStore } from './ports/index.js';

/** Makes groups that mappings name at the destination, each once for a run. */
export class NewGroups {
  private readonly made = new Map<string, Promise<void>>();

  constructor(private readonly context: { destination: Platform; store: Pick<EngineStore, 'log'> }) {}

  /** Done once all of them are there, or are told not to be: items come without them all the same. */
  async ensure(names: readonly string[], call: Call): Promise<void> {
    for (const name of names) await (this.made.get(name) ?? this.begin(name, call));
  }

  private begin(name: string, call: Call): Promise<void> {
    const making = this.make(name, call);
    this.made.set(name, making);
    making.catch(() => this.made.delete(name));
    return making;
  }

  private async make(name: string, call: Call): Promise<void> {
    try {
      await this.context.destination.directory?.ensureGroup?.(name, call);
    } catch (error) {
      if (!(error instanceof PlatformError) || error.concernsAccount || call.signal.aborted) throw error;
      await this.context.store.log('WARNING', `The group “${name}” could not be made: ${error.message}`);
    }
  }
}
