import type { Written } from '@sluice/core/platform';
import type { Unkept } from './disk/attributes.js';

/** Runs whose notes are remembered. */
const REMEMBERED_RUNS = 64;

/** Tells what of replaced files cannot be kept: each thing once a run, since it is the same for all files of the account. */
export class UnkeptNotes {
  private readonly told = new Map<string, Set<Unkept>>();

  noteOf(unkept: readonly Unkept[], run: string): Pick<Written, 'note'> {
    const told = this.toldIn(run);
    const news = unkept.filter((one) => !told.has(one));
    if (news.length === 0) return {};
    for (const one of news) told.add(one);
    const what = news.join(', ');
    return {
      note: `The server’s account may not keep the ${what} of the replaced file; so it may be with the files after it.`,
    };
  }

  private toldIn(run: string): Set<Unkept> {
    const known = this.told.get(run) ?? new Set();
    this.told.delete(run);
    this.told.set(run, known);
    for (const oldest of this.told.keys()) {
      if (this.told.size <= REMEMBERED_RUNS) break;
      this.told.delete(oldest);
    }
    return known;
  }
}
