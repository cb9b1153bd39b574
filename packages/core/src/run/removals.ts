/** Removals that are under way: a folder waits for those of what is in it. */
export class Removals {
  private readonly underWay = new Map<string, Promise<void>>();

  announce(key: string, removal: Promise<unknown>): void {
    const end = removal.then(
      () => undefined,
      () => undefined,
    );
    this.underWay.set(
      key,
      end.finally(() => this.underWay.delete(key)),
    );
  }

  async below(key: string): Promise<void> {
    await Promise.all([...this.underWay].flatMap(([other, end]) => (other.startsWith(`${key}/`) ? [end] : [])));
  }
}
