import type { Limits, PlatformKind } from '../platform/index.js';
import type { RunContext, Waits } from './context.js';
import type { ScanStore } from './scan-ports.js';

/** Everything that the engine is given for one scan. */
export interface ScanContext extends Pick<
  RunContext,
  'source' | 'sourceRoot' | 'rules' | 'store' | 'clock' | 'report' | 'control' | 'owner' | 'throttle'
> {
  scans: ScanStore;
  maxParallelReads: number;
  /** Whether contents may be read: else files are compared only by checksums that their platform tells. */
  mayRead: boolean;
  /** Platforms whose limits the names are held against. */
  others: readonly { kind: PlatformKind; limits: Limits }[];
}

/** A scan at work. */
export interface ActiveScan extends ScanContext {
  waits: Waits;
}
