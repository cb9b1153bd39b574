import type { ItemOutcome } from '@sluice/core/plan';

/** Type of an operation; NONE for a request in which none was found. */
export type MeasuredType = 'QUERY' | 'MUTATION' | 'NONE';

/** Where an HTTP request went to. */
export type MeasuredPath = 'graphql' | 'downloads' | 'health' | 'other';

/**
 * Takes the figures of a process as they arise. No name of a file, person or operation is ever among them, so that neither can
 * be read from outside nor their number grows.
 */
export interface Meter {
  /** An operation was answered; `hasErrors`: with entries in `errors`. */
  operation(type: MeasuredType, hasErrors: boolean, seconds: number): void;
  /** An HTTP request was answered. */
  request(path: MeasuredPath, status: number): void;
  /** A transaction of the store ended, its wait for others included. */
  transaction(seconds: number): void;
  /** Items of runs came to an outcome. */
  items(outcome: ItemOutcome, count: number, bytes: number): void;
  /** A run made a call; `isThrottled`: it was answered with status 429. */
  called(budgetId: string, isThrottled: boolean): void;
  /** A run went on after it had waited for calls. */
  waited(seconds: number): void;
}

const nothing = () => undefined;

/** For a process whose figures nobody asks for. */
export const NO_METER: Meter = {
  operation: nothing,
  request: nothing,
  transaction: nothing,
  items: nothing,
  called: nothing,
  waited: nothing,
};
