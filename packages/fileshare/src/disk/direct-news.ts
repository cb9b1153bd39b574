import type { Item } from '@sluice/core/platform';
import { platformError } from '../errors.js';
import { Arrivals } from './arrivals.js';
import type { SentArrivals } from './arrivals.js';
import { faultOf } from './fault.js';
import type { Fault } from './fault.js';
import type { Wish } from './messages.js';
import type { DirectFile } from './packed-files.js';
import type { Published } from './publishing-batch.js';

export type Side = 'SOURCE' | 'DESTINATION';

/** What became of a file, by its place in the batch, that did not arrive: an equal one was there, or it failed. */
export type DirectResult = { index: number; item: Item; sha256: string } | { index: number; fault: Fault; side: Side };

/** What is told in between, and bytes read of the file that is under way. */
export interface DirectReport {
  arrived: SentArrivals;
  results: DirectResult[];
  progress: { index: number; bytesDone: number } | null;
}

/** So much is read, so many files are begun, or so long is worked, between two reports, which also ask whether to go on. */
const REPORT_BYTES = 8 * 1024 * 1024;
const REPORT_FILES = 256;
const REPORT_MS = 100;

/** What is known of a file before it has its name. */
export interface Sent {
  file: DirectFile;
  sha256: string;
}

/** What is not reported yet, and what was wished at the last report. */
export class DirectNews {
  wish: Wish = 'GO_ON';
  files = 0;
  bytes = 0;
  private readonly results: DirectResult[] = [];
  private readonly arrivals = new Arrivals();
  private begun = performance.now();

  get isDue(): boolean {
    return this.files >= REPORT_FILES || this.bytes >= REPORT_BYTES || performance.now() - this.begun >= REPORT_MS;
  }

  get isEmpty(): boolean {
    return this.results.length + this.arrivals.count === 0;
  }

  add(result: DirectResult): void {
    this.results.push(result);
  }

  failed({ index, source, file }: DirectFile, side: Side, cause: unknown): void {
    const path = side === 'SOURCE' ? source.path : file.path;
    this.add({ index, fault: faultOf(platformError(cause, path)), side });
  }

  published(files: readonly Published<Sent>[]): void {
    for (const { about, outcome } of files) {
      const { file, sha256 } = about;
      if ('error' in outcome) this.failed(file, 'DESTINATION', outcome.error);
      else this.arrivals.add({ index: file.index, sha256, unkept: outcome.unkept }, outcome.stats);
    }
  }

  *report(progress: DirectReport['progress']): Generator<DirectReport, void, Wish> {
    const wish = yield { arrived: this.arrivals.take(), results: this.results.splice(0), progress };
    [this.files, this.bytes, this.begun] = [0, 0, performance.now()];
    // A wish to end is not taken back.
    if (this.wish === 'GO_ON' || wish === 'STOP') this.wish = wish;
  }
}
