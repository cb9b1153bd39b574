import { PlatformError, type PlatformErrorKind } from '../platform/index.js';
import type { RunContext } from './context.js';

const OF_ONE_ITEM: ReadonlySet<PlatformErrorKind> = new Set([
  'NOT_FOUND',
  'ACCESS_DENIED',
  'NAME_INVALID',
  'PATH_TOO_LONG',
  'SPECIAL_FILE',
  'CONFLICT',
  'CHANGED_DURING_READ',
  'CONTENT_INCOMPLETE',
  'LOCKED',
]);

/** Whether an item may be refused for this without anything being wrong with the destination as a whole. */
export const concernsOneItem = (error: unknown): boolean =>
  error instanceof PlatformError && OF_ONE_ITEM.has(error.kind);

/** Whether a content could not be read while the plan is made, which goes on with the others. */
export const isUnreadable = (error: unknown, { control }: Pick<RunContext, 'control'>): error is PlatformError =>
  error instanceof PlatformError && error.kind !== 'ABORTED' && !error.concernsAccount && !control.signal.aborted;
