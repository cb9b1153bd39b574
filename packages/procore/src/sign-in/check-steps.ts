import { PlatformError } from '@sluice/core/platform';
import type { CheckStep } from '@sluice/core/platform';
import type { Finding, Rung } from './ladder.js';

/** The step of a check that shows what was found on a rung. */
const STEP_OF: Readonly<Record<Rung, CheckStep>> = {
  SIGN_IN: 'SIGN_IN',
  COMPANY: 'COMPANY',
  APP: 'COMPANY',
  PROJECT: 'PROJECT',
  TOOL: 'DOCUMENTS_PERMISSION',
};

/** A step that did not pass: the message says what was found, the remedy what to do. */
export class StepError extends Error {
  constructor(
    readonly step: CheckStep,
    readonly outcome: 'FAILED' | 'WARNED',
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

export function failed(step: CheckStep, message: string, remedy: string): StepError {
  return new StepError(step, 'FAILED', message, remedy);
}

export function refused({ rung, message, remedy }: Finding): StepError {
  return failed(STEP_OF[rung], message, remedy);
}

export function warned(step: CheckStep, message: string, remedy: string): StepError {
  return new StepError(step, 'WARNED', message, remedy);
}

export function stepErrorOf(step: CheckStep, error: unknown): StepError {
  if (error instanceof StepError) return error;
  if (!(error instanceof PlatformError)) throw error;
  if (error.kind === 'ABORTED')
    return failed(step, 'Procore did not answer in time.', 'Try again later; check the addresses and the network.');
  return failed(step, error.message, error.remedy ?? REMEDIES[step]);
}

const REMEDIES: Readonly<Record<CheckStep, string>> = {
  REACH_HOST: 'Check the addresses of the connection and the network, and try again later.',
  SIGN_IN: 'Sign in again.',
  COMPANY: 'Choose the company again.',
  PROJECT: 'Choose the project again.',
  DOCUMENTS_PERMISSION: 'Check the rights of the account in the Documents tool.',
  LIST_ROOT: 'Switch the Documents tool of the project on and give the account a level there.',
  WRITE_PROBE: 'Give the account the right to write in the Documents tool, or choose another folder.',
  CLOCK: 'Set the clock of this machine.',
};
