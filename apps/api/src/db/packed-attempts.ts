import type { StepAttempt } from '@sluice/core/run';
import { withoutEnd } from './short-list.js';

/** The tries of a step; `startedAt` is an ISO text. */
export type StoredAttempt = Omit<StepAttempt, 'startedAt'> & { startedAt: string };

type PackedAttempt = [
  /** Epoch milliseconds. */
  startedAt: number,
  duration: number,
  reason?: StoredAttempt['reason'],
  remoteStatus?: string | null,
  remoteRequestId?: string | null,
];

/** Nearly every step has one try that went well, so a row holds little more than when that was and how long it took. */
const pack = (attempts: readonly StoredAttempt[]): (PackedAttempt | StoredAttempt)[] => attempts.map(packAttempt);

function packAttempt({ startedAt, duration, reason, remoteStatus, remoteRequestId }: StoredAttempt): PackedAttempt {
  return withoutEnd<PackedAttempt>([Date.parse(startedAt), duration, reason, remoteStatus, remoteRequestId]);
}

/** Rows that former releases wrote hold the tries as they are. */
const unpack = (stored: readonly (PackedAttempt | StoredAttempt)[]): StoredAttempt[] =>
  stored.map((one) => (Array.isArray(one) ? unpackAttempt(one) : one));

function unpackAttempt([at, duration, reason, remoteStatus, remoteRequestId]: PackedAttempt): StoredAttempt {
  return {
    startedAt: new Date(at).toISOString(),
    duration,
    reason: reason ?? null,
    remoteStatus: remoteStatus ?? null,
    remoteRequestId: remoteRequestId ?? null,
  };
}

export const PACKED_ATTEMPTS = { pack, unpack };
