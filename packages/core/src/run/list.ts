import {
  groupBy,
  identityOf,
  packItems,
  PlatformError,
  type Call,
  type Details,
  type ListEntry,
  type ListRequest,
  type PackedListing,
  type Platform,
  type Source,
} from '../platform/index.js';
import { holds } from '../compare/index.js';
import { removesAtSource, removesWhatIsGone } from '../decide/index.js';
import { pathKey, type Side } from '../plan/index.js';
import { fullBecause, unprovenBecause, type KnownListing } from '../prove/index.js';
import { mayStayBare, rulesOfListing } from './bare-folders.js';
import { detailsOfDestination, detailsOfSource } from './belongings.js';
import { callTo, type ActiveContext } from './context.js';
import { versionFilesIn } from './former-contents.js';
import { listChanges, type Listed } from './list-changes.js';
import type { ListingHow, StagedFolder } from './ports/index.js';
import { countRemembered, type RootItems } from './question.js';
import { tellDiscovered } from './discovered.js';
import { hidesLeftOut, sifterOf, stageSifted } from './stage-sifted.js';

const BATCH_ENTRIES = 500;

/** Items seen at each side. */
export type SeenCounts = Record<Side, number>;

/** A listing that ended, and how it came about. */
interface Ended extends Listed {
  how: ListingHow;
  /** What a later listing of changes needs to know beside the token. */
  basis: Omit<KnownListing, 'token'> | null;
}

/** The folders at both places. The destination may be missing: it will be created. */
export async function findRoots(context: ActiveContext): Promise<RootItems> {
  const { signal } = context.control;
  const source = await context.source.find({ path: context.sourceRoot }, callTo('SOURCE', context, signal));
  if (!source) throw missing('source', context.sourceRoot);
  const call = callTo('DESTINATION', context, signal);
  const destination = await context.destination.find({ path: context.destinationRoot }, call);
  if (destination && destination.kind !== 'FOLDER') throw missing('destination', context.destinationRoot);
  return { source, destination };
}

/** Lists both sides at the same time into the store. */
export async function listBothSides(roots: RootItems, context: ActiveContext): Promise<SeenCounts> {
  const failed = new AbortController();
  const signal = AbortSignal.any([context.control.signal, failed.signal]);
  const seen: SeenCounts = { SOURCE: 0, DESTINATION: 0 };
  const listings = [listSource(roots, context, seen, signal), listDestination(roots, context, seen, signal)];
  const guarded = listings.map((listing) =>
    listing.catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  const [first] = (await Promise.allSettled(guarded)).filter((result) => result.status === 'rejected');
  if (first) throw failed.signal.reason;
  return seen;
}

async function listSource(
  { source }: RootItems,
  context: ActiveContext,
  seen: SeenCounts,
  signal: AbortSignal,
): Promise<void> {
  await context.store.stage('SOURCE', [{ key: '', item: source }]);
  const listed = await listSide('SOURCE', identityOf(source), context, callTo('SOURCE', context, signal));
  seen.SOURCE = listed.arrived;
  await judge('SOURCE', { ...listed, root: identityOf(source) }, context);
}

async function listDestination(
  { destination: root }: RootItems,
  context: ActiveContext,
  seen: SeenCounts,
  signal: AbortSignal,
): Promise<void> {
  if (!root) return;
  const call = callTo('DESTINATION', context, signal);
  await context.store.stage('DESTINATION', [{ key: '', item: root }]);
  const listed = await listSide('DESTINATION', identityOf(root), context, call);
  seen.DESTINATION = listed.arrived;
  await judge('DESTINATION', { ...listed, root: identityOf(root) }, context);
}

/** Lists what changed where that will do, else everything. */
async function listSide(side: Side, root: string, context: ActiveContext, call: Call): Promise<Ended> {
  const { listing, policies } = context;
  const { platform, path } = sideOf(side, context);
  if (!listing || !platform.source?.changes)
    return {
      ...(await stageAll(side, context, call)),
      how: { kind: 'FULL', reason: context.undo ? LOOKS_AT_ALL : TELLS_NO_CHANGES },
      basis: null,
    };
  const now = context.clock.now();
  const sifter = sifterOf(side, context);
  const details = detailsAt(side, context);
  const asked = details ? ` ${JSON.stringify(details)}` : '';
  const filters = sifter.isEmpty ? '' : ` ${sifter.digest}`;
  const versions = versionFilesIn(context) === 1 ? '' : ` v${versionFilesIn(context)}`;
  const settings = `${policies.deletions} ${listing.settings[side]}${filters}${versions}${asked}`;
  const known = await context.store.knownListing(side);
  const reason = fullBecause(known, { root, settings, now, isFull: listing.isFull });
  const delta =
    known && reason === null ? await listChanges({ side, known, root, path, details }, context, call) : { reason };
  if ('arrived' in delta) return { ...delta, basis: { ...known!, deltas: known!.deltas + 1 } };
  const how = { kind: 'FULL' as const, reason: delta.reason ?? '' };
  return { ...(await stageAll(side, context, call)), how, basis: { root, settings, fullAt: now, deltas: 0 } };
}

const LOOKS_AT_ALL = 'The undo of a run looks at everything.';
const TELLS_NO_CHANGES = 'The platform does not tell what changed since the last listing.';

function sideOf(side: Side, context: ActiveContext): { platform: Platform; path: readonly string[] } {
  return side === 'SOURCE'
    ? { platform: context.source, path: context.sourceRoot }
    : { platform: context.destination, path: context.destinationRoot };
}

/** Keeps the proof; what an unproven listing shows is so, and nothing that it lacks is taken to be missing. */
async function judge(
  side: Side,
  listing: Ended & { root: string },
  { store, ...context }: ActiveContext,
): Promise<void> {
  const reason = unprovenBecause(listing);
  const token = reason === null && listing.problems === 0 ? listing.proof?.token : undefined;
  const kept = token === undefined || listing.basis === null ? null : { ...listing.basis, token };
  await store.stageProof(side, listing.proof, listing.how, kept);
  if (listing.basis !== null)
    await store.log('INFO', `The ${side.toLowerCase()} was listed ${HOW[listing.how.kind]}. ${listing.how.reason}`);
  if (reason === null) return;
  const path = side === 'SOURCE' ? context.sourceRoot : context.destinationRoot;
  const error = new PlatformError('PLATFORM_ERROR', reason, { remedy: 'Run the job again later.' });
  await store.stageProblems(side, [{ key: '', problem: { path, kind: 'PART', error } }]);
}

const HOW = { FULL: 'as a whole', DELTA: 'by its changes' } as const;

function missing(side: string, path: readonly string[]): PlatformError {
  return new PlatformError('NOT_FOUND', `The ${side} folder "/${path.join('/')}" does not exist.`, {
    remedy: 'Choose another folder in the job, or create it.',
  });
}

async function stageAll(side: Side, context: ActiveContext, call: Call): Promise<Listed> {
  const {
    platform: { source },
    path: root,
  } = sideOf(side, context);
  if (!source) throw new PlatformError('REJECTED', `The ${side.toLowerCase()} cannot be listed.`);
  const listed: Listed = { arrived: 0, proof: null, problems: 0 };
  const withDeleted = side === 'SOURCE' ? removesWhatIsGone(context.table) : removesAtSource(context.table);
  const keyOf = (path: readonly string[]) => pathKey(path.slice(root.length));
  const rules = !context.undo && mayStayBare(context) ? rulesOfListing(context) : undefined;
  const details = detailsAt(side, context);
  const joinsVersions = side === 'SOURCE' && knowsVersions(context);
  const isMostlyKnown = rules !== undefined && (await countRemembered(context)) > 0;
  const request = {
    ...{ folder: { path: root }, withDeleted, details, joinsVersions, isMostlyKnown },
    ...filtersOf(side, source, context),
  };
  const sifter = sifterOf(side, context);
  sifter.begin();
  for await (const part of partsOf(source, request, call)) {
    const { folders, problems, deleted, proof } = part;
    const staged = folders.map((items) => ({ key: keyOf(items.folder), items }));
    const kept = await stageSifted(side, staged, context, rules);
    const unlisted = problems.map((problem) => ({ key: keyOf(problem.path), problem }));
    await context.store.stageProblems(side, sifter.problemsIn(unlisted));
    await context.store.stageDeleted(deleted);
    if (side === 'SOURCE') tellDiscovered(kept, context);
    listed.arrived += sumOf(staged, 'count');
    listed.problems += problems.length;
    listed.proof ??= proof;
  }
  return listed;
}

const detailsAt = (side: Side, context: ActiveContext): Details | undefined =>
  side === 'SOURCE' ? detailsOfSource(context) : detailsOfDestination(context);

/** Whether former contents of a file come over as such, if only to be left out. */
const knowsVersions = ({ policies, destination }: ActiveContext): boolean =>
  policies.versionsAsFiles || holds(destination.capabilities.VERSION_PRESERVATION);

/** A listing from which a later one may go on is whole, whatever the filters leave out. */
function filtersOf(side: Side, source: Source, context: ActiveContext): Pick<ListRequest, 'rules'> {
  const { isEmpty, rules } = sifterOf(side, context);
  return hidesLeftOut(context) && !source.changes && !isEmpty ? { rules } : {};
}

const sumOf = (folders: readonly StagedFolder[], figure: 'count' | 'bytes') =>
  folders.reduce((sum, { items }) => sum + items[figure], 0);

/** A listing in parts, whether the platform packs it or not. */
export async function* partsOf(source: Source, request: ListRequest, call: Call): AsyncIterable<PackedListing> {
  if (source.listPacked) {
    yield* source.listPacked(request, call);
    return;
  }
  let entries: ListEntry[] = [];
  for await (const entry of source.list(request, call)) {
    entries.push(entry);
    if (entries.length < BATCH_ENTRIES) continue;
    yield packed(entries);
    entries = [];
  }
  yield packed(entries);
}

function packed(entries: readonly ListEntry[]): PackedListing {
  const items = entries.flatMap((entry) => (entry.type === 'item' ? [entry.item] : []));
  const byFolder = groupBy(items, ({ path }) => pathKey(path.slice(0, -1)));
  const last = entries.at(-1);
  return {
    folders: [...byFolder.values()].map((group) => packItems(group[0]!.path.slice(0, -1), group)),
    problems: entries.flatMap((entry) => (entry.type === 'problem' ? [entry.problem] : [])),
    deleted: entries.flatMap((entry) => (entry.type === 'deleted' ? [entry.identity] : [])),
    proof: last?.type === 'end' ? last.proof : null,
  };
}
