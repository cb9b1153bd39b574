/** Remembers the values that were asked for last: as many as weigh no more than `limit` together, and the last one in any case. */
export class Recent<T> {
  private readonly values = new Map<string, T>();
  private loading = new Map<string, Promise<T>>();
  private weight = 0;

  constructor(
    private readonly limit: number,
    /** Each counts as one unless told. */
    private readonly weightOf: (value: T) => number = () => 1,
  ) {}

  /** What is asked for while it is loaded is not loaded a second time. */
  async get(key: string, load: () => Promise<T>): Promise<T> {
    const known = this.take(key);
    if (known !== undefined) return this.keep(key, known);
    const { loading } = this;
    const value = await (loading.get(key) ?? this.load(key, load));
    // What was loaded before everything was forgotten may be no longer so.
    return loading === this.loading ? this.keep(key, value) : value;
  }

  private load(key: string, load: () => Promise<T>): Promise<T> {
    const { loading } = this;
    const value = load().finally(() => loading.delete(key));
    loading.set(key, value);
    return value;
  }

  private keep(key: string, value: T): T {
    this.take(key);
    this.values.set(key, value);
    this.weight += this.weightOf(value);
    for (const oldest of this.values.keys()) {
      if (this.weight <= this.limit || oldest === key) break;
      this.take(oldest);
    }
    return value;
  }

  private take(key: string): T | undefined {
    const value = this.values.get(key);
    if (value === undefined) return undefined;
    this.values.delete(key);
    this.weight -= this.weightOf(value);
    return value;
  }

  clear(): void {
    this.values.clear();
    this.loading = new Map();
    this.weight = 0;
  }
}
