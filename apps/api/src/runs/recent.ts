/** Remembers the values that were asked for last, at most `limit`. */
export class Recent<T> {
  private readonly values = new Map<string, T>();

  constructor(private readonly limit: number) {}

  async get(key: string, load: () => Promise<T>): Promise<T> {
    const known = this.values.get(key);
    const value = known === undefined ? await load() : known;
    this.values.delete(key);
    this.values.set(key, value);
    if (this.values.size > this.limit) this.values.delete(this.values.keys().next().value ?? '');
    return value;
  }

  clear(): void {
    this.values.clear();
  }
}
