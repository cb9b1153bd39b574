import type { Context } from '../graphql/context.js';
import { TooManyAttemptsError } from './too-many-attempts.js';

/** Sets status 429 and `Retry-After` beside the problem of too many tries, for clients that look at the status only. */
export async function orAskToWait<T>(context: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TooManyAttemptsError) {
      context.status = 429;
      context.setHeader('retry-after', String(error.retryAfterSeconds));
    }
    throw error;
  }
}
