/** What core may not reach for itself and is given instead. */
export interface Clock {
  /** The time of day in epoch milliseconds, for headers, schedules and reports. It jumps when somebody sets the clock. */
  now(): number;
  /**
   * Milliseconds that pass evenly whatever is done to the time of day: for durations, waits and windows. All processes of
   * one machine share them, until it starts anew.
   */
  monotonic(): number;
  /** Resolves after that many milliseconds; rejects with the signal's reason when it is raised first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The web standard `fetch`; the server passes one that refuses forbidden addresses. */
export type Fetch = (url: string | URL, init?: FetchInit) => Promise<Response>;

export interface FetchInit {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | ReadableStream<Uint8Array> | FormData | URLSearchParams | AsyncIterable<Uint8Array>;
  signal?: AbortSignal;
  redirect?: 'manual' | 'follow' | 'error';
  duplex?: 'half';
}
