import type { JobPageData } from '../data.js';

/** What each part of the page of a job needs. */
export interface PartProps {
  job: JobPageData;
  /** Reads more of its runs; undefined where there are no more to read. */
  onMoreRuns: (() => void) | undefined;
}
