import type { Step } from '../plan/index.js';
import type { ActiveContext } from './context.js';
import type { FinishedStep } from './finished.js';
import type { DestinationFolders } from './destination-folders.js';
import type { UnderWay } from './under-way.js';

/** What a step is carried out with. */
export interface StepTools {
  context: ActiveContext;
  folders: Pick<DestinationFolders, 'get'>;
  signal: AbortSignal;
  removals: Pick<UnderWay, 'below'>;
  moves: Pick<UnderWay, 'at' | 'below'>;
  /** Records that the step is about to change a platform; resolves once that survives a crash. */
  begin: () => Promise<void>;
  /** Replaces what the step says, likewise. */
  revise: (step: Step) => Promise<void>;
  /** A part of the step has arrived: replaces what the step says and adds to the ledger, likewise; it begins anew. */
  arrived: (step: Step, part: FinishedStep) => Promise<void>;
  /** Adds the SHA-256 of the bytes that are about to stand there, likewise. */
  hashed(sha256: string): Promise<void>;
}
