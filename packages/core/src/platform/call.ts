/** What every request carries: who asks, and how to stop it. */
export interface Call {
  signal: AbortSignal;
  /** `INTERACTIVE` may use the budget's reserve. `owner` shares the budget fairly: the run, or the request. */
  priority: 'INTERACTIVE' | 'JOB';
  owner: string;
  /** Weight of the owner among those that wait for the same budget, above 0; absent: 1. */
  share?: number;
  /** Told when a request waits for the budget, with the time at which it goes on, and null once it does. */
  onWait?: (until: Date | null) => void;
  /** Told of each counted call. */
  onCall?: (reply: { throttled: boolean }) => void;
}
