/** Moves that are under way, by the places that they empty and fill: who goes there next waits for them. */
export class Moves {
  private readonly underWay = new Map<string, Promise<void>>();

  announce(places: readonly string[], move: Promise<unknown>): void {
    const end = move.then(
      () => undefined,
      () => undefined,
    );
    for (const place of places) {
      const all = Promise.all([this.underWay.get(place), end]).then(() => {
        if (this.underWay.get(place) === all) this.underWay.delete(place);
      });
      this.underWay.set(place, all);
    }
  }

  async at(places: readonly string[]): Promise<void> {
    await Promise.all(places.flatMap((place) => this.underWay.get(place) ?? []));
  }
}
