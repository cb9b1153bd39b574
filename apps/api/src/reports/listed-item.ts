import type { KnownPair } from '../runs/reading/known-pairs.store.js';
import { nameKey, type ComparisonRules } from '@sluice/core/naming';
import { pathKey, pathSegments } from '@sluice/core/plan';
import type { Item, ItemKind } from '@sluice/core/platform';

/** An item of one side as a validation keeps it until both sides are listed; its key is relative to the place of its side. */
export interface ListedItem extends Pick<Item, 'size' | 'sha256' | 'version'> {
  key: string;
  kind: ItemKind;
  /** Of an item of the source that the ledger knows. */
  known: KnownPair | null;
}

/** Equal for items of both sides that stand at one place of the destination. */
export const meetingKey = (key: string, rules: ComparisonRules): string =>
  pathKey(pathSegments(key).map((name) => nameKey(name, rules)));

/** A line whose beginning, up to the tab, is equal for items that may be one; the order of lines is that of their beginnings. */
export const lineOf = (place: string, { key, kind, size, sha256, version, known }: ListedItem): string =>
  `${JSON.stringify([place, kind])}\t${JSON.stringify([key, kind, size, sha256, version, known] satisfies Columns)}`;

type Columns = [string, ItemKind, number | null, string | null, string | null, KnownPair | null];

/** A line that was read again. */
export interface ReadItem extends ListedItem {
  /** What is equal for items that may be one. */
  meeting: string;
  /** See `meetingKey`. */
  place: string;
}

export function itemOfLine(line: string): ReadItem {
  const tab = line.indexOf('\t');
  const meeting = line.slice(0, tab);
  const [place] = JSON.parse(meeting) as [string, ItemKind];
  const [key, kind, size, sha256, version, known] = JSON.parse(line.slice(tab + 1)) as Columns;
  return { meeting, place, key, kind, size, sha256, version, known };
}

/** Items of both sides in the order of their places, those that may be one together. */
export async function* meetings(
  source: AsyncGenerator<string, void, undefined>,
  destination: AsyncGenerator<string, void, undefined>,
): AsyncGenerator<{ source: ReadItem | null; destination: ReadItem | null }, void, undefined> {
  try {
    let [one, other] = [await next(source), await next(destination)];
    while (one !== null || other !== null) {
      const isHere = one !== null && (other === null || one.meeting <= other.meeting);
      const isThere = other !== null && (one === null || other.meeting <= one.meeting);
      yield { source: isHere ? one : null, destination: isThere ? other : null };
      if (isHere) one = await next(source);
      if (isThere) other = await next(destination);
    }
  } finally {
    await Promise.all([source.return(), destination.return()]);
  }
}

async function next(lines: AsyncGenerator<string, void, undefined>): Promise<ReadItem | null> {
  const { done, value } = await lines.next();
  return done ? null : itemOfLine(value);
}
