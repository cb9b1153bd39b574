import type { Call, Item } from '@sluice/core/platform';
import type { Unkept } from './disk/attributes.js';
import type { Keeping, ToKeep } from './disk/keep-manifest.js';
import { FIELD, withKept, type Kept, type KeptChange } from './disk/manifest.js';
import { idOf } from './paths.js';
import type { Share } from './share.js';
import type { WriteRequests } from './write-requests.js';

interface Waiting {
  toKeep: ToKeep;
  resolve: (keeping: Keeping) => void;
}

/** Changes of the manifests of a share: those of one folder that come together, or while one is made, are made at once. */
export class Manifests {
  private readonly folders = new Map<string, Waiting[]>();

  constructor(
    private readonly share: Share,
    private readonly requests: WriteRequests,
  ) {}

  /** `isNew`: nothing is kept of it from before. What a manifest cannot be given is refused, and the item itself goes on. */
  async keep(path: readonly string[], change: KeptChange | null, isNew: boolean, call: Call): Promise<Keeping> {
    if (!this.requests.hasManifest) return { kept: null };
    const toKeep = { name: path.at(-1) ?? '', change, isNew };
    return this.share.wait(call.signal, () => this.added(path.slice(0, -1), toKeep, call));
  }

  /** Twice is as good as once: what an item that moves has is at both places until it stands at the other. */
  async carry<T>(
    from: readonly string[],
    to: readonly string[],
    call: Call,
    move: () => Promise<T>,
  ): Promise<{ moved: T; keeping: Keeping }> {
    if (!this.requests.hasManifest) return { moved: await move(), keeping: { kept: null } };
    const kept = await this.share.work(from, call, (facts, lane) => lane.call('kept', facts, from));
    const keeping = await this.keep(to, kept && asChange(kept), true, call);
    const moved = await move();
    if (kept && idOf(from) !== idOf(to) && keeping !== 'REFUSED') await this.keep(from, null, true, call);
    return { moved, keeping };
  }

  private added(folder: readonly string[], toKeep: ToKeep, call: Call): Promise<Keeping> {
    return new Promise((resolve) => {
      const waiting = this.folders.get(idOf(folder));
      if (waiting) return waiting.push({ toKeep, resolve });
      this.folders.set(idOf(folder), [{ toKeep, resolve }]);
      void this.work(folder, call);
    });
  }

  private async work(folder: readonly string[], call: Call): Promise<void> {
    const waiting = this.folders.get(idOf(folder))!;
    // What is asked for in the same turn goes together.
    await Promise.resolve();
    while (waiting.length > 0) {
      const taken = waiting.splice(0);
      const keepings = await this.keepAll(folder, taken, call).catch(() => []);
      for (const [index, { resolve }] of taken.entries()) resolve(keepings[index] ?? 'REFUSED');
    }
    this.folders.delete(idOf(folder));
  }

  private async keepAll(folder: readonly string[], all: readonly Waiting[], call: Call): Promise<Keeping[]> {
    const facts = await this.share.facts();
    const changes = all.map(({ toKeep }) => toKeep);
    return this.share.watched(this.share.lane.call('keep', facts, folder, changes, this.requests.manifestWriter(call)));
  }
}

const asChange = ({ private: isPrivate, fields = {}, ...kept }: Kept): KeptChange => ({
  ...kept,
  ...(isPrivate === undefined ? {} : { isPrivate }),
  fields: Object.fromEntries(Object.entries(fields).map(([name, text]) => [FIELD + name, text])),
});

/** What of an item could not be kept. */
export const unkeptBy = (keeping: Keeping = { kept: null }): Unkept[] => (keeping === 'REFUSED' ? ['manifest'] : []);

export const keptItem = (item: Item, keeping: Keeping = { kept: null }): Item =>
  withKept(item, keeping === 'REFUSED' ? null : keeping.kept);
