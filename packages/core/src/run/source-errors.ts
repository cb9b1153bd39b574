import { PlatformError } from '../platform/index.js';

const readingErrors = new WeakSet<object>();

/** Marks an error of reading the source, which no destination has refused. */
export function ofSource(error: PlatformError): PlatformError {
  readingErrors.add(error);
  return error;
}

/** Passes the source's bytes on and marks what their reading throws, which no destination has refused. */
export async function* readingOfSource(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw error instanceof PlatformError ? ofSource(error) : error;
  }
}

/** Whether the error was marked so. */
export const isReadingError = (error: object): boolean => readingErrors.has(error);
