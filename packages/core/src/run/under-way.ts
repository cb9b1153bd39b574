import { selfAndAbove } from '../plan/index.js';

/** Changes that are under way, by the keys of the places that they concern: what depends on one of those waits for it. */
export class UnderWay {
  private readonly ends = new Map<string, Promise<void>>();

  announce(places: readonly string[], change: Promise<unknown>): void {
    const end = change.then(
      () => undefined,
      () => undefined,
    );
    for (const place of places) {
      const all = Promise.all([this.ends.get(place), end]).then(() => {
        if (this.ends.get(place) === all) this.ends.delete(place);
      });
      this.ends.set(place, all);
    }
  }

  /** Waits for what was announced so far about one of these places, or a folder above it. */
  async at(places: readonly string[]): Promise<void> {
    if (this.ends.size === 0) return;
    await Promise.all(places.flatMap(selfAndAbove).flatMap((place) => this.ends.get(place) ?? []));
  }

  /** Waits for what was announced so far about anything in that folder, at any depth. */
  async below(key: string): Promise<void> {
    await Promise.all([...this.ends].flatMap(([place, end]) => (place.startsWith(`${key}/`) ? [end] : [])));
  }
}
