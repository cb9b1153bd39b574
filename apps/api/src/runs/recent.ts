/** Remembers the values that were asked for last: as many as weigh no more than `limit` together, and the last one in any case. */
export class Recent<T> {
  private readonly values = new Map<string, T>();
  private weight = 0;

  constructor(
    private readonly limit: number,
    /** Each counts as one unless told. */
    private readonly weightOf: (value: T) => number = () => 1,
  ) {}

  async get(key: string, load: () => Promise<T>): Promise<T> {
    const value = this.take(key) ?? (await load());
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
    this.weight = 0;
  }
}
