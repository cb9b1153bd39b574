import type { Calls, Streams } from './disk/operations.js';
import type { Wish } from './disk/messages.js';

type Yielded<K extends keyof Streams> = ReturnType<Streams[K]> extends Generator<infer T, unknown> ? T : never;
type Returned<K extends keyof Streams> = ReturnType<Streams[K]> extends Generator<unknown, infer R> ? R : never;

/** Work of a stream: its steps, asked for one by one. */
export interface Steps<T, R> {
  next(wish?: Wish): Promise<{ done: false; value: T } | { done: true; value: R }>;
  /** Ends it where it is and frees what it holds. */
  return(): Promise<void>;
}

/**
 * Where the calls to the file system of a share are made. Nothing else of the connection touches the disk. Errors are those
 * of the operating system with their code, and `PlatformError`.
 */
export interface Lane {
  call<K extends keyof Calls>(name: K, ...args: Parameters<Calls[K]>): Promise<ReturnType<Calls[K]>>;
  stream<K extends keyof Streams>(name: K, ...args: Parameters<Streams[K]>): Steps<Yielded<K>, Returned<K>>;
  close(): Promise<void>;
}
