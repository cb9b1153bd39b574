import { PlatformError } from '@sluice/core/platform';
import type { Written } from '@sluice/core/platform';
import type { Unkept } from './disk/attributes.js';
import { MANIFEST, shown } from './paths.js';

/** Runs whose notes are remembered. */
const REMEMBERED_RUNS = 64;

const MAPPED = 'mapped:';
const isMapped = (one: Unkept) => one.startsWith(MAPPED);
/** What depends on the item: the others are the same for all items of the account. */
const OF_ITEM: ReadonlySet<Unkept> = new Set(['mapped:tags', 'mapped:attributes', 'manifest']);
const isOfItem = (one: Unkept) => OF_ITEM.has(one);

interface Notes {
  told: Set<Unkept>;
  /** Of folders, to be told with the next file. */
  waiting: Set<Unkept>;
}

/** Tells what of replaced files cannot be kept, or of a mapping cannot be given: once a run what is the same for all items. */
export class UnkeptNotes {
  private readonly runs = new Map<string, Notes>();

  noteOf(unkept: readonly Unkept[], run: string): Pick<Written, 'note'> {
    const { told, waiting } = this.notesOf(run);
    const news = [...new Set([...waiting, ...unkept])].filter((one) => isOfItem(one) || !told.has(one));
    waiting.clear();
    if (news.length === 0) return {};
    for (const one of news) told.add(one);
    return { note: noteTelling(news) };
  }

  /** A folder has no note of its own. */
  keepForNext(unkept: readonly Unkept[], run: string): void {
    const { waiting } = this.notesOf(run);
    for (const one of unkept) waiting.add(one);
  }

  private notesOf(run: string): Notes {
    const known = this.runs.get(run) ?? { told: new Set(), waiting: new Set() };
    this.runs.delete(run);
    this.runs.set(run, known);
    for (const oldest of this.runs.keys()) {
      if (this.runs.size <= REMEMBERED_RUNS) break;
      this.runs.delete(oldest);
    }
    return known;
  }
}

function noteTelling(news: readonly Unkept[]): string {
  const kept = news.filter((one) => !isMapped(one) && !isOfItem(one));
  const rights = news.filter((one) => isMapped(one) && !isOfItem(one));
  const items = news.filter((one) => isMapped(one) && isOfItem(one));
  return [
    kept.length > 0 &&
      `The server’s account may not keep the ${kept.join(', ')} of the replaced file; so it may be with the files after it.`,
    rights.length > 0 &&
      `The server’s account may not give the ${named(rights)} of the mapping; so it may be with the items around it.`,
    items.length > 0 && `The file system does not hold all ${named(items)} of the mapping.`,
    news.includes('manifest') &&
      `The manifest ${MANIFEST} of its folder is damaged or full, or cannot be written: what only it keeps stays behind.`,
  ]
    .filter(Boolean)
    .join(' ');
}

const named = (mapped: readonly Unkept[]) => mapped.map((one) => one.slice(MAPPED.length)).join(', ');

/** Throws for what an item that only gets something did not get: nothing else would tell of it. */
export function assertGiven(unkept: readonly Unkept[], path: readonly string[]): void {
  if (unkept.length === 0) return;
  const kind = unkept.some(isOfItem) ? 'REJECTED' : 'ACCESS_DENIED';
  throw new PlatformError(kind, `“${shown(path)}”: ${noteTelling(unkept)}`, {
    remedy:
      'Leave it out of the mapping, or let the server run as an account that may give it; put a damaged manifest right or take it away.',
  });
}
