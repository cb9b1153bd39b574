import type { ItemOutcome } from '@sluice/core/plan';

/** Type of an operation; NONE for a request in which none was found. */
export type MeasuredType = 'QUERY' | 'MUTATION' | 'NONE';

export type MeasuredTransport = 'http' | 'websocket';

/** Where an HTTP request went to. */
export type MeasuredPath = 'graphql' | 'downloads' | 'health' | 'other';

/** An operation that was answered over HTTP. */
export interface MeasuredOperation {
  type: MeasuredType;
  /** One of a bounded set, see `OperationNames`. */
  name: string;
  /** `extensions.code` of each entry of `errors`, as callers are told: one of the published list. */
  codes: readonly unknown[];
  seconds: number;
  /** What the caller was charged; 0 where it was refused before. */
  cost: number;
}

/**
 * Takes the figures of a process as they arise. No name of a file or person is ever among them, nor one that a caller chose,
 * so that neither can be read from outside nor their number grows.
 */
export interface Meter {
  operation(measured: MeasuredOperation): void;
  /** Errors with these codes, of the published list, were told: of a request that was no operation, or of a subscription and its events. */
  errors(transport: MeasuredTransport, codes: readonly unknown[]): void;
  /** A subscription began after a cursor, behind which were so many events. */
  replayed(events: number): void;
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
  errors: nothing,
  replayed: nothing,
  request: nothing,
  transaction: nothing,
  items: nothing,
  called: nothing,
  waited: nothing,
};
