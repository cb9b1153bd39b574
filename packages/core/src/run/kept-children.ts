import type { ItemKind } from '../platform/index.js';
import type { SourceChild, SourceChildren } from './ports/index.js';

/** Children that are gone through several times: those of a single portion are kept, all others are read each time. */
export class KeptChildren implements SourceChildren {
  private only: SourceChild[] | null = null;

  constructor(private readonly children: SourceChildren) {}

  async *portions(): AsyncIterable<SourceChild[]> {
    if (this.only) {
      yield this.only;
      return;
    }
    let [count, last]: [number, SourceChild[]] = [0, []];
    for await (const portion of this.children.portions()) {
      count += 1;
      last = portion;
      yield portion;
    }
    if (count === 1) this.only = last;
  }
}

/** The children of some kinds; all others are no business of the job. */
export function childrenOf(children: SourceChildren, kinds: readonly ItemKind[]): SourceChildren {
  return {
    portions: async function* () {
      for await (const portion of children.portions()) yield portion.filter(({ item }) => kinds.includes(item.kind));
    },
  };
}
