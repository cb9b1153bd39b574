import { PlatformError } from '@sluice/core/platform';
import type { PlatformErrorFacts, PlatformErrorKind } from '@sluice/core/platform';
import { codeOf } from '../errors.js';

/** An error that can be copied between threads. */
export type Fault =
  | { kind: PlatformErrorKind; message: string; facts: PlatformErrorFacts }
  /** Of the operating system with a code, else a defect. */
  | { kind: null; message: string; code: string | null; stack: string | undefined };

export function faultOf(cause: unknown): Fault {
  if (cause instanceof PlatformError) {
    const { kind, message, retry, remedy, remoteStatus } = cause;
    return { kind, message, facts: { retry, remedy: remedy ?? undefined, remoteStatus: remoteStatus ?? undefined } };
  }
  const error = cause instanceof Error ? cause : new Error(String(cause));
  return { kind: null, message: error.message, code: codeOf(error), stack: error.stack };
}

export function errorOf(fault: Fault): Error {
  if (fault.kind !== null) return new PlatformError(fault.kind, fault.message, fault.facts);
  const { message, code, stack } = fault;
  return Object.assign(new Error(message), code === null ? {} : { code }, { stack });
}
