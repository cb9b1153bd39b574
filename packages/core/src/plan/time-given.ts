import type { ModificationTime } from '../platform/index.js';
import type { Transfer } from './step.js';

/** Whether a mapping says which time the file gets; a former version keeps that of its own. */
export const hasMappedTime = ({ source, modifiedAt }: Transfer): boolean =>
  modifiedAt !== undefined && source.isFormer !== true;

/** The time that the file is to have: by a mapping, else that of the source. */
export function timeGiven(step: Transfer): ModificationTime {
  const { modifiedAt, modifiedNanoseconds } = step.source;
  return hasMappedTime(step) ? { modifiedAt: new Date(step.modifiedAt!) } : { modifiedAt, modifiedNanoseconds };
}
