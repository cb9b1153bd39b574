import { Refusal } from '../problems.js';

/** A try to sign in is refused; the error holds the number of seconds after which the next one is allowed. */
export class TooManyAttemptsError extends Refusal {
  constructor(readonly retryAfterSeconds: number) {
    const wait = retryAfterSeconds === 1 ? 'a second' : `${retryAfterSeconds} seconds`;
    const message = `There were too many tries to sign in. Wait ${wait} and try again.`;
    super({ code: 'RATE_LIMITED', message, isRetryable: true });
  }
}
