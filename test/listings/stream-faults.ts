import { PlatformError, type ListEntry, type PlatformErrorKind, type Source } from '@sluice/core/platform';
import { passing, type Between } from './mirror.js';

/** Numbers from 0 to below a bound. */
export type Dice = (below: number) => number;

type Listing = (entries: ListEntry[], dice: Dice) => ListEntry[];

const error = (kind: PlatformErrorKind) => new PlatformError(kind, 'A fault of the test.');
const itemsOf = (entries: readonly ListEntry[]) => entries.filter(({ type }) => type === 'item');
const othersOf = (entries: readonly ListEntry[]) => entries.filter(({ type }) => type !== 'item');

/** What goes wrong on the way of a listing, whatever the platform; its proof still tells what was shown. */
const TAMPERED: Readonly<Record<string, Listing>> = {
  'short page': (entries, dice) => entries.filter((entry) => entry.type !== 'item' || dice(4) > 0),
  'empty page': (entries) => othersOf(entries),
  'repeated page': (entries) => {
    const items = itemsOf(entries);
    const half = items.slice(0, items.length >> 1);
    return [...half, ...half, ...othersOf(entries)];
  },
  'no proof': (entries, dice) => entries.filter(({ type }) => type !== 'end' && (type !== 'item' || dice(3) > 0)),
  'another root at the end': (entries, dice) =>
    entries
      .filter(({ type }) => type !== 'item' || dice(2) > 0)
      .map((entry) => (entry.type === 'end' ? { ...entry, proof: { ...entry.proof, root: 'another' } } : entry)),
  'vanished rows': (entries, dice) => {
    const kept = entries.filter((entry) => entry.type !== 'item' || dice(4) > 0);
    const seen = itemsOf(kept).length;
    const total = itemsOf(entries).length;
    return kept.map((entry) => (entry.type === 'end' ? { ...entry, proof: { ...entry.proof, seen, total } } : entry));
  },
};

const KINDS: Readonly<Record<string, PlatformErrorKind>> = {
  401: 'SIGN_IN_REQUIRED',
  403: 'ACCESS_DENIED',
  404: 'NOT_FOUND',
  timeout: 'UNREACHABLE',
  500: 'PLATFORM_ERROR',
};

export interface StreamFault {
  name: string;
  between: Between;
}

/** One fault of a listing's stream, or of the look for its root. */
export function streamFault(dice: Dice): StreamFault {
  const faults = [
    ...Object.keys(TAMPERED),
    ...Object.keys(KINDS).flatMap((kind) => [`${kind} in the middle`, `${kind} of a folder`, `${kind} at the root`]),
    'missing root',
  ];
  const name = faults[dice(faults.length)]!;
  return { name, between: between(name, dice) };
}

function between(name: string, dice: Dice): Between {
  if (name === 'missing root') return (platform) => passing(platform, { find: async () => null });
  const [kind = '', place] = name.split(/ (?=in the middle|of a folder|at the root)/);
  const code = KINDS[kind];
  if (place === 'at the root')
    return (platform) => passing(platform, { find: () => Promise.reject(error(code ?? 'UNREACHABLE')) });
  const listing = TAMPERED[name] ?? failing(code ?? 'UNREACHABLE', place === 'in the middle');
  return (platform) => passing(platform, { source: listed(platform.source!, listing, dice) });
}

/** Throws after some entries, or loses a folder with all below it and says so. */
function failing(kind: PlatformErrorKind, isInTheMiddle: boolean): Listing {
  return (entries, dice) => {
    if (isInTheMiddle) throw error(kind);
    const folders = itemsOf(entries).flatMap((entry) =>
      entry.type === 'item' && entry.item.kind === 'FOLDER' ? [entry.item.path] : [],
    );
    const lost = folders[dice(folders.length)]!;
    const isBelow = (path: readonly string[]) =>
      path.length > lost.length && lost.every((name, at) => path[at] === name);
    const kept = entries.filter((entry) => entry.type !== 'item' || !isBelow(entry.item.path));
    const seen = itemsOf(kept).length;
    return [
      { type: 'problem', problem: { path: lost, kind: 'FOLDER', error: error(kind) } },
      ...kept.map((entry) => (entry.type === 'end' ? { ...entry, proof: { ...entry.proof, seen } } : entry)),
    ];
  };
}

function listed(source: Source, listing: Listing, dice: Dice): Source {
  return Object.assign(Object.create(source) as Source, {
    open: source.open.bind(source),
    listPacked: undefined,
    async *list(...asked: Parameters<Source['list']>) {
      const entries: ListEntry[] = [];
      for await (const entry of source.list(...asked)) entries.push(entry);
      yield* listing(entries, dice);
    },
  });
}
