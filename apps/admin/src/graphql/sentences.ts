import { isSaid, names } from '../language/told/names.js';
import { TOLD, toldIn, type ToldPlace } from './told.js';

type Answer = Parameters<typeof toldIn>[0];
/** What a text is in the language of the page; null for one that another lot may know. */
type Translate = (text: string) => string | null;

type Load = () => Promise<{ translate: Translate }>;

/** Part of what the server says, which is loaded with the first text for which it is asked. */
interface Lot {
  translate: Translate | null;
  readonly load: Load;
  /** The loading that is under way, which nothing waits for any more once it has taken too long. */
  loading: Promise<void> | null;
}

/** How long an answer waits for the words to say it in. */
const PATIENCE_MS = 10_000;

const NAMES: ReadonlyMap<string, string> = new Map(Object.entries(names));

/**
 * Rejects when the lot cannot be loaded, or not soon. When it could not be, the next text asks for it again; Chromium then answers as
 * before until the page is loaded anew.
 */
function loaded(lot: Lot): Promise<void> {
  if (lot.loading !== null) return lot.loading;
  const coming = lot.load().then(({ translate }) => void (lot.translate = translate));
  lot.loading = Promise.race([coming, tooLate()]);
  const end = () => (lot.loading = null);
  coming.then(end, end);
  return lot.loading;
}

const tooLate = () => new Promise<never>((_, reject) => setTimeout(reject, PATIENCE_MS));

/** Says the texts at these places; returns those that are not known. */
function sayAtOnce(places: readonly ToldPlace[], of: Translate): ToldPlace[] {
  return places.filter(({ holder, field, text }) => {
    const said = of(text);
    if (said !== null) holder[field] = said;
    return said === null;
  });
}

/** Null when all is said at once by lots that are loaded already. */
function sayBy([lot, ...others]: readonly Lot[], places: readonly ToldPlace[]): Promise<void> | null {
  if (lot === undefined || places.length === 0) return null;
  const { translate } = lot;
  if (translate !== null) return sayBy(others, sayAtOnce(places, translate));
  return loaded(lot).then(
    () => sayBy([lot, ...others], places) ?? undefined,
    () => undefined,
  );
}

/** In which lots what a type says is looked for first; everything else is looked for among all everyday sentences. */
const FIRST_LOTS = {
  CapabilitySupport: ['platforms'],
  ComparisonRow: ['jobs', 'platforms'],
  ConnectionCheck: ['platforms'],
  ConnectionHealth: ['platforms'],
  DirectoryEntry: ['platforms'],
  FormField: ['platforms'],
  FormOption: ['platforms'],
  Issue: ['jobs', 'plans'],
  ItemRuleSet: ['jobs'],
  Job: ['jobs'],
  MappingPreviewRow: ['jobs'],
  Platform: ['platforms'],
  PlanListing: ['plans', 'runs'],
  PlanStep: ['plans', 'runs'],
  PlatformLimits: ['platforms'],
  RateBudget: ['platforms'],
  RemotePlatformError: ['platforms'],
  RunEvent: ['runs', 'plans'],
  RunItem: ['plans', 'runs'],
  ScanBucket: ['jobs'],
} as const satisfies Partial<Record<keyof typeof TOLD, readonly string[]>>;

type FirstLot = (typeof FIRST_LOTS)[keyof typeof FIRST_LOTS][number];

/** Lots by when they are asked: those of the type which says a text, then these; the last one leaves no text open. */
export interface Loads {
  first: Readonly<Record<FirstLot, Load>>;
  then: readonly Load[];
}

const FIRST: ReadonlyMap<unknown, readonly FirstLot[]> = new Map(Object.entries(FIRST_LOTS));
const NONE: readonly FirstLot[] = [];
const firstOf = ({ holder }: ToldPlace) => FIRST.get(holder.__typename) ?? NONE;

/**
 * Puts what an answer says into the language of the page, in the answer itself. Null when that is done at once; a lot is loaded
 * with the first text that only it may know, and what it would say stays English when it cannot be.
 */
export function sayerOf({ first, then }: Loads): (answer: Answer) => Promise<void> | null {
  const lotOf = (load: Load): Lot => ({ translate: null, load, loading: null });
  const others = then.map(lotOf);
  const lots = Object.fromEntries(Object.entries(first).map(([name, load]) => [name, lotOf(load)]));
  return (answer) => {
    const places = toldIn(answer);
    const sentences = places.filter(({ text }) => !NAMES.has(text) && isSaid(text));
    sayAtOnce(places, (text) => NAMES.get(text) ?? text);
    const later = [...new Set(sentences.map(firstOf))].flatMap((names) => {
      const told = sentences.filter((place) => firstOf(place) === names);
      return sayBy([...names.flatMap((name) => lots[name] ?? []), ...others], told) ?? [];
    });
    return later.length === 0 ? null : Promise.all(later).then(() => undefined);
  };
}

export const say = sayerOf({
  first: {
    platforms: () => import('../language/told/platforms.js'),
    jobs: () => import('../language/told/jobs.js'),
    plans: () => import('../language/told/plans.js'),
    runs: () => import('../language/told/runs.js'),
  },
  then: [() => import('../language/told/everyday.js'), () => import('../language/told/german.js')],
});
