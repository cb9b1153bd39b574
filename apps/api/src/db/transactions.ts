import { AsyncLocalStorage } from 'node:async_hooks';
import type { RawRows, RawWrites, Reader, StatementObserver, Transaction } from './database.js';

const inside = new AsyncLocalStorage<object>();
let openCount = 0;

/**
 * Refuses a transaction within a transaction of the same database: on SQLite it would wait for itself. While no transaction
 * is open nothing is tracked, since tracking costs at every promise of the process.
 */
export async function runGuarded<T>(database: object, work: () => Promise<T>): Promise<T> {
  if (inside.getStore() === database) throw new Error('A transaction was begun inside a transaction.');
  openCount++;
  try {
    return await inside.run(database, work);
  } finally {
    openCount--;
    if (openCount === 0) inside.disable();
  }
}

/** Adds to a driver's queries what the product's readers have besides. */
export function asReader(queries: object, raw: RawRows): Reader {
  return Object.assign(Object.create(queries) as object, raw) as Reader;
}

/** A transaction over a driver's queries, and the callbacks to run after its commit. */
export function asTransaction(queries: object, raw: RawRows & RawWrites): { tx: Transaction; committed: () => void } {
  const callbacks: (() => void)[] = [];
  const concerned: string[] = [];
  const extras: RawRows & Pick<Transaction, 'concerned' | 'concerns' | 'onCommit'> = {
    ...raw,
    concerned,
    concerns: (objectId) => void concerned.push(objectId),
    onCommit: (callback) => void callbacks.push(callback),
  };
  return {
    tx: Object.assign(Object.create(queries) as object, extras) as Transaction,
    committed: () => callbacks.forEach((callback) => callback()),
  };
}

/** A logger that passes each statement of a driver to the observer; false without an observer. */
export function loggerFor(observer: StatementObserver | undefined): { logQuery(statement: string): void } | false {
  return observer === undefined ? false : { logQuery: observer };
}
