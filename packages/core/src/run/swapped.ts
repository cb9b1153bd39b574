import { swappedEntry, swappedPlaces, swappedStep, OTHER_SIDE, type LedgerEntry } from '../plan/index.js';
import { changesSource } from '../decide/index.js';
import type { ActiveContext } from './context.js';
import { FormerContents } from './former-contents.js';
import type {
  ClaimedStep,
  DoubtfulEntry,
  EngineStore,
  KnownSourceItem,
  OpenIntent,
  RunReport,
  SettledIntent,
  SourceChild,
  SourceFolder,
  StepOutcome,
  UnverifiedStep,
  WrittenFolder,
} from './ports/index.js';

/**
 * The context in which steps that change the source are carried out: both sides are exchanged, so that whatever changes a
 * destination changes the source there, and what the store is given and gives is exchanged on its way.
 */
export function swapped(context: ActiveContext): ActiveContext {
  const { source, destination, sourceRoot, destinationRoot, sifter, sifterThere, report, store, words } = context;
  const exchanged = { source: destination, store: swappedStore(store) };
  return {
    ...context,
    // Mappings go from the source of the job to its destination only.
    mapping: undefined,
    ...exchanged,
    destination: source,
    sourceRoot: destinationRoot,
    destinationRoot: sourceRoot,
    sifter: sifterThere,
    sifterThere: sifter,
    words: { from: words.to, to: words.from },
    report: swappedReport(report),
    formers: new FormerContents(exchanged),
  };
}

/** One context for each side that a run of this type changes, the destination first. */
export const writtenSides = (context: ActiveContext): [ActiveContext, ...ActiveContext[]] =>
  changesSource(context.table) ? [context, swapped(context)] : [context];

const swappedReport = (report: RunReport): RunReport => ({
  progress: (stepId, bytesDone) => report.progress(stepId, bytesDone),
  inFlight: (items, bytes) => report.inFlight(items, bytes),
  waiting: (until) => report.waiting(until),
  called: (side, throttled) => report.called(OTHER_SIDE[side], throttled),
  discovered: (items, bytes) => report.discovered(items, bytes),
});

/** What of the store tells the sides apart; all else is passed on as it is. */
function swappedStore(store: EngineStore): EngineStore {
  const exchanged: Partial<EngineStore> = {
    stage: (side, items) => store.stage(OTHER_SIDE[side], items),
    coverage: (side, key) => store.coverage(OTHER_SIDE[side], key),
    sourceFolders: (keyOf) => each(store.sourceFolders(keyOf, 'DESTINATION'), sourceFolder),
    sourceProblems: (side = 'SOURCE') => store.sourceProblems(OTHER_SIDE[side]),
    destinationChildren: (parentKey, side = 'DESTINATION') => store.destinationChildren(parentKey, OTHER_SIDE[side]),
    destinationById: (id, side = 'DESTINATION') => store.destinationById(id, OTHER_SIDE[side]),
    lostEntries: () => each(store.lostEntries('DESTINATION'), swappedEntry),
    isSeenDeleted: (item) => store.isSeenDeleted(item, 'DESTINATION'),
    leaving: async (id) => knownItem(await store.leaving(id, 'SOURCE')),
    isAtSource: (key, identity) => store.isAtSource(key, identity, 'DESTINATION'),
    hasSourceFileBelow: (key) => store.hasSourceFileBelow(key, 'DESTINATION'),
    destinationByKey: (key) => store.sourceByKey(key),
    sourceByKey: (key) => store.destinationByKey(key),
    claim: async (limit, side = 'DESTINATION') => (await store.claim(limit, OTHER_SIDE[side])).map(claimed),
    claimInert: async (limit, side = 'DESTINATION') =>
      (await store.claimInert(limit, OTHER_SIDE[side])).map((given) => ({ ...given, step: swappedStep(given.step) })),
    reviseSteps: (revised) =>
      store.reviseSteps(revised.map(({ stepId, step }) => ({ stepId, step: swappedStep(step) }))),
    commit: (outcomes) => store.commit(outcomes.map(outcome)),
    openIntents: () => each(store.openIntents(), intent),
    forgetIntents: (settled) => store.forgetIntents(settled.map(learned)),
    unverified: () => each(store.unverified(), unverified),
    foldersWritten: (side = 'DESTINATION') => each(store.foldersWritten(OTHER_SIDE[side]), folder),
    doubtfulEntries: (machineStart) => each(store.doubtfulEntries(machineStart), doubtful),
    reviseEntries: (revised) =>
      store.reviseEntries(revised.map(({ id, entry }) => ({ id, entry: entryOrNull(entry) }))),
    entryOf: async (side, identity) => entryOrNull(await store.entryOf(OTHER_SIDE[side], identity)),
    placeOwner: async (side, key, kind) => entryOrNull(await store.placeOwner(OTHER_SIDE[side], key, kind)),
    isPlaceLeft: (side, key, kind) => store.isPlaceLeft(OTHER_SIDE[side], key, kind),
  };
  const bound: Partial<Record<PropertyKey, unknown>> = {};
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(exchanged, name) ?? bound[name] ?? Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return name in exchanged ? value : (bound[name] ??= value.bind(target) as unknown);
    },
  });
}

async function* each<T>(list: AsyncIterable<T>, of: (one: T) => T): AsyncIterable<T> {
  for await (const one of list) yield of(one);
}

const child = ({ ledger, ...item }: SourceChild): SourceChild => ({ ...item, ledger: entryOrNull(ledger) });
const knownItem = (known: KnownSourceItem | null) => known && { ...known, ledger: swappedEntry(known.ledger) };

function sourceFolder(given: SourceFolder): SourceFolder {
  const children = async () => {
    const listed = await given.children();
    return { portions: () => each(listed.portions(), (portion) => portion.map(child)) };
  };
  return { ...given, settled: null, isBare: false, children };
}

const entryOrNull = (entry: LedgerEntry | null) => entry && swappedEntry(entry);
const claimed = (given: ClaimedStep): ClaimedStep => ({ ...given, step: swappedStep(given.step) });
const intent = (given: OpenIntent): OpenIntent => ({ ...given, step: swappedStep(given.step) });
const doubtful = ({ entry, replaced }: DoubtfulEntry): DoubtfulEntry => ({
  entry: { ...swappedEntry(entry), id: entry.id },
  replaced,
});
const unverified = (given: UnverifiedStep): UnverifiedStep => ({ ...given, step: swappedStep(given.step) });
const folder = ({ source, destination }: WrittenFolder): WrittenFolder => ({
  source: destination,
  destination: source,
});

function learned<T extends SettledIntent>(given: T): T {
  const { ledger, moved, step } = given;
  return {
    ...given,
    ...(step && { step: swappedStep(step) }),
    ledger: entryOrNull(ledger),
    moved: moved && swappedPlaces(moved),
  };
}

const outcome = (given: StepOutcome): StepOutcome => ({
  ...learned(given),
  side: OTHER_SIDE[given.side ?? 'DESTINATION'],
});
