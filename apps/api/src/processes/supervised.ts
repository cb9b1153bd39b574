import type { Worker } from '../worker.js';
import { messageOf, type Beginning, type FromWorker, type ToWorker } from './messages.js';

/** A message that does not arrive is not missed: its reader is gone, and the next one reads the store. */
function tell(message: FromWorker): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

/**
 * The worker's end of the channel to the API process that started it. The channel ends with that process, however it
 * ends; the worker then takes no more work, finishes the runs that it has, and ends too.
 */
export class Supervised {
  private worker: Worker | null = null;
  private begin: (beginning: Beginning) => void = () => undefined;
  /** Told by the first message. */
  readonly begun = new Promise<Beginning>((resolve) => (this.begin = resolve));

  /** `stop` ends the worker in an orderly way, `retire` once its runs are done. */
  constructor(private readonly ends: { stop(): void; retire(): void }) {
    process.on('message', (given) => this.receive(messageOf<ToWorker>(given)));
    process.on('disconnect', () => this.ends.retire());
    // The other process may have ended while this program was loaded.
    if (!process.connected) this.ends.retire();
  }

  attach(worker: Worker): void {
    this.worker = worker;
    worker.base.hub.join((channels) => tell({ kind: 'WAKE', channels }));
    tell({ kind: 'READY' });
  }

  /** A worker that is not measured, or cannot be, says nothing. */
  private async measure(): Promise<void> {
    const figures = await this.worker?.base.prometheus?.figures().catch(() => undefined);
    if (figures !== undefined) tell({ kind: 'MEASURED', figures });
  }

  private receive(message: ToWorker | null): void {
    switch (message?.kind) {
      case 'BEGIN':
        return this.begin(message);
      case 'STOP':
        return this.ends.stop();
      case 'PING':
        return tell({ kind: 'PONG', isStoreFull: this.worker?.base.db.isFull ?? false });
      case 'MEASURE':
        return void this.measure();
      case 'WAKE':
        return this.worker?.base.hub.ringAll(message.channels);
    }
  }
}
