import { Refusal } from '../problems.js';
import { MAX_USER_ERRORS, toUserError, type UserError } from './types.js';

/** What a mutation answers: its object, or why nothing was changed. */
export type Payload<K extends string, T> = { [P in K]: T | null } & { userErrors: UserError[] };

/** Runs a mutation; a `Refusal` becomes `userErrors`, every other error goes on. */
export async function payload<K extends string, T>(key: K, work: () => Promise<T>): Promise<Payload<K, T>> {
  try {
    return { [key]: await work(), userErrors: [] as UserError[] } as Payload<K, T>;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { [key]: null, userErrors: error.problems.slice(0, MAX_USER_ERRORS).map(toUserError) } as Payload<K, T>;
  }
}
