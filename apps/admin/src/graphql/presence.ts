/** Whether the server answers, and when it last did. */
export interface Presence {
  /** An answer of any kind has come. */
  answered: () => void;
  /** No answer came, or the socket closed: asks until one comes. Ends then. */
  doubt: () => Promise<void>;
  /** Epoch milliseconds of the last answer while the server does not answer, otherwise null. */
  lostSince: () => number | null;
  /** Told when the server is lost and when it is back. Returns how to stop listening. */
  subscribe: (listener: () => void) => () => void;
}

/** What `watchPresence` needs of the world. */
export interface Surroundings {
  /** Whether the server answers a request now. */
  ask: () => Promise<boolean>;
  /** Epoch milliseconds. */
  now: () => number;
  wait: (milliseconds: number) => Promise<void>;
}

const ASK_AGAIN_MS = 2000;

export function watchPresence({ ask, now, wait }: Surroundings): Presence {
  const listeners = new Set<() => void>();
  let answeredAt = now();
  let lostSince: number | null = null;
  let asking: Promise<void> | null = null;
  const tell = (since: number | null) => {
    if (since === lostSince) return;
    lostSince = since;
    for (const listener of listeners) listener();
  };
  const answered = () => {
    answeredAt = now();
    tell(null);
  };
  const untilAnswered = async () => {
    while (!(await ask())) {
      tell(lostSince ?? answeredAt);
      await wait(ASK_AGAIN_MS);
    }
    asking = null;
    answered();
  };
  return {
    answered,
    doubt: () => (asking ??= untilAnswered()),
    lostSince: () => lostSince,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
