import type { Clock } from '@sluice/core/http';
import type { ActivityRow, RunRow, RunSampleRow } from '../../db/row-types.js';
import type { SampleStore } from './sample.store.js';

/** What runs had done over time, as of now. */
export class SampleService {
  constructor(
    private readonly store: SampleStore,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  ofRun({ id }: Pick<RunRow, 'id'>): Promise<RunSampleRow[]> {
    return this.store.ofRun(id);
  }

  /** What all runs did in the last 24 hours. */
  activity(): Promise<ActivityRow[]> {
    return this.store.activity(new Date(this.clock.now()));
  }
}
