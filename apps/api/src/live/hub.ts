type Listener = () => void;

/** Wakes the streams of this process that wait on a channel. A wake carries no content: the streams read their log. */
export class Hub {
  private readonly listeners = new Map<string, Set<Listener>>();

  /** Wakes the followers of a channel; those of other processes find out by polling. */
  wake(channel: string): void {
    for (const listener of [...(this.listeners.get(channel) ?? [])]) listener();
  }

  /** Calls back at every wake until the returned function is called. */
  listen(channel: string, listener: Listener): () => void {
    const set = this.listeners.get(channel) ?? new Set();
    this.listeners.set(channel, set.add(listener));
    return () => {
      set.delete(listener);
      if (set.size === 0 && this.listeners.get(channel) === set) this.listeners.delete(channel);
    };
  }

  /** Followers now; for tests that look for leaks. */
  get followerCount(): number {
    return [...this.listeners.values()].reduce((sum, set) => sum + set.size, 0);
  }
}
