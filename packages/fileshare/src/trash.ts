import { rename } from 'node:fs/promises';
import type { Item } from '@sluice/core/platform';
import type { HeldFolder, ShareClient } from './client.js';
import { TRASH } from './paths.js';

/** The dated folders into which removed items go, with the path that they had. */
export class Trash {
  private current: { owner: string; name: string } | null = null;

  constructor(
    private readonly client: ShareClient,
    private readonly now: () => number,
  ) {}

  /** Moves the entry there. `owner` is the run. */
  async take(item: Item, from: HeldFolder, owner: string): Promise<void> {
    const name = item.path.at(-1) ?? '';
    const folder = await this.client.holdOwn([TRASH, this.dateOf(owner), ...item.path.slice(0, -1)]);
    try {
      await rename(from.at(name), folder.at(await freeName(folder, name)));
    } finally {
      await folder.close();
    }
  }

  /** One folder for a run: named after the time of its first removal. */
  private dateOf(owner: string): string {
    if (this.current?.owner !== owner) {
      this.current = { owner, name: new Date(this.now()).toISOString().replaceAll(/[:.]/g, '-') };
    }
    return this.current.name;
  }
}

/** Items of the same path may go to the trash several times within a run. */
async function freeName(folder: HeldFolder, name: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${name.slice(0, 50)}~${count}`;
    if (!(await folder.stats(candidate))) return candidate;
  }
}
