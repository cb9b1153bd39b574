import type { StoredStep } from '../engine-store/steps/step-row.js';

type Columns = Readonly<Record<string, readonly (keyof StoredStep)[]>>;

/** Of what a step and its item show alike; what is packed is read with the key that it is packed by. */
const BOTH = {
  kind: ['kind'],
  side: ['side'],
  sourcePath: ['itemKey'],
  destinationPath: ['itemKey', 'destinationKey'],
  isRevised: ['isRevised'],
  revision: ['revision'],
} as const satisfies Columns;

/** Columns that each field of an item needs. */
export const ITEM_COLUMNS: Columns = {
  ...BOTH,
  id: ['id'],
  run: ['id'],
  sourceRemoteId: ['itemKey', 'sourceRemoteId'],
  destinationRemoteId: ['itemKey', 'destinationRemoteId'],
  outcome: ['outcome'],
  reason: ['reason'],
  message: ['message', 'planMessage'],
  remedy: ['remedy'],
  byteSize: ['byteSize'],
  sha256: ['sha256'],
  verifiedBy: ['verifiedBy'],
  versionsDone: ['versionsDone'],
  attempts: ['attempts'],
  finishedAt: ['finishedAt'],
};

/** Columns that each field of a step of a plan needs. */
export const STEP_COLUMNS: Columns = {
  ...BOTH,
  action: ['action'],
  reason: ['planReason'],
  message: ['planMessage'],
  byteCount: ['byteCount'],
  isDestructive: ['isDestructive'],
};
