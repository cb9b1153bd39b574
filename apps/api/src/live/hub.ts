type Listener = () => void;
type Link = (channels: readonly string[]) => void;

/**
 * Wakes what waits on a channel, in this process and, by the links, in others. A wake carries no content and may get
 * lost between processes: who is woken reads the store, and reads it now and then without a wake.
 */
export class Hub {
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly links = new Set<Link>();
  private readonly waiting = new Set<string>();

  /** Wakes the followers of a channel in every process. */
  wake(channel: string): void {
    this.ring(channel);
    if (this.links.size === 0) return;
    if (this.waiting.size === 0) setImmediate(() => this.flush());
    this.waiting.add(channel);
  }

  /** Wakes the followers of a channel in this process. */
  ring(channel: string): void {
    for (const listener of [...(this.listeners.get(channel) ?? [])]) listener();
  }

  /** Takes wakes of another process. */
  ringAll(channels: readonly string[]): void {
    for (const channel of channels) this.ring(channel);
  }

  /** Passes wakes on to another process, those of one turn together, until the returned function is called. */
  join(link: Link): () => void {
    this.links.add(link);
    return () => void this.links.delete(link);
  }

  private flush(): void {
    const channels = [...this.waiting];
    this.waiting.clear();
    for (const link of this.links) link(channels);
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

  /** Followers of all channels now; for tests that look for leaks. */
  get followerCount(): number {
    return this.followersOf('');
  }

  /** Followers now of the channels whose names begin like this; for tests that wait for a subscription. */
  followersOf(prefix: string): number {
    const sets = [...this.listeners].filter(([channel]) => channel.startsWith(prefix)).map(([, set]) => set);
    return sets.reduce((sum, set) => sum + set.size, 0);
  }
}
