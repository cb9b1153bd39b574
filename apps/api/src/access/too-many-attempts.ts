import { Refusal } from '../problems.js';

/** Refuses a try to sign in, and tells after how many seconds the next one is allowed. */
export class TooManyAttemptsError extends Refusal {
  constructor(readonly retryAfterSeconds: number) {
    const wait = retryAfterSeconds === 1 ? 'a second' : `${retryAfterSeconds} seconds`;
    const message = `There were too many tries to sign in. Wait ${wait} and try again.`;
    super({ code: 'RATE_LIMITED', message, isRetryable: true });
  }
}
