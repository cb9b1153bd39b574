import { Refusal } from '../problems.js';

/** A try with a password is refused; the error holds the number of seconds after which the next one is allowed. */
export class TooManyAttemptsError extends Refusal {
  constructor(readonly retryAfterSeconds: number) {
    const wait = retryAfterSeconds === 1 ? 'a second' : `${retryAfterSeconds} seconds`;
    const message = `There were too many tries with a password. Wait ${wait} and try again.`;
    super({ code: 'RATE_LIMITED', message, isRetryable: true });
  }
}
