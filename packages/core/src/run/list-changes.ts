import { identityOf, PlatformError, type Call, type Details, type Item, type ListingProof } from '../platform/index.js';
import { writesSource } from '../decide/index.js';
import type { Side } from '../plan/index.js';
import type { KnownListing } from '../prove/index.js';
import type { ActiveContext } from './context.js';
import { tellDiscovered } from './discovered.js';
import { KnownFolders, unexplained, type Changes } from './known-folders.js';
import type { ListingHow, StagedFolder } from './ports/index.js';
import { sifterOf, stageSifted } from './stage-sifted.js';

/** More changed files than these are no fewer calls than a full listing, and too many to hold. */
const MAX_CHANGED_FILES = 50_000;
/** Folders that are staged at once. */
const STAGED_FOLDERS = 64;

/** What arrived of a listing, and what it says of itself. */
export interface Listed {
  arrived: number;
  proof: ListingProof | null;
  /** Places that could not be listed. */
  problems: number;
}

export interface ChangesCase {
  side: Side;
  known: KnownListing;
  /** Identity and path of the folder that stands there. */
  root: string;
  path: readonly string[];
  /** What is to be told of items; absent: nothing beyond what always is. */
  details?: Details;
}

export type ListedChanges = Listed & { how: ListingHow };

/**
 * Stages the known listing brought up to date with what changed. Nothing is staged, and the reason for a full listing is
 * returned, when a reading fails or the outcome is not explained: it has to have as many items as the platform counts.
 */
export async function listChanges(
  given: ChangesCase,
  context: ActiveContext,
  call: Call,
): Promise<ListedChanges | { reason: string }> {
  try {
    const told = await readChanges(given, context, call);
    await requireExplained(given, told, context);
    return await stageMerged(given, told, context);
  } catch (error) {
    const isOfListing = error instanceof PlatformError && error.kind !== 'ABORTED' && !error.concernsAccount;
    if (!isOfListing || call.signal.aborted) throw error;
    return { reason: `What changed since the last listing could not be told: ${error.message}` };
  }
}

interface Told extends Changes {
  deleted: readonly string[];
  proof: ListingProof;
}

async function readChanges(
  { side, known, path, details }: ChangesCase,
  context: ActiveContext,
  call: Call,
): Promise<Told> {
  const platform = side === 'SOURCE' ? context.source : context.destination;
  const folders = new Map<string, { item: Item; isNew: boolean }>();
  const files = new Map<string, Item>();
  const gone = new Set<string>();
  const deleted: string[] = [];
  let shown = 0;
  for await (const entry of platform.source!.changes!({ folder: { path }, token: known.token, details }, call)) {
    if (entry.type === 'end') return { folders, files, gone, deleted, proof: provenChanges(entry.proof, shown) };
    if (entry.type === 'item') {
      shown += 1;
      if (entry.item.kind === 'FOLDER') folders.set(identityOf(entry.item), entry);
      else files.set(identityOf(entry.item), entry.item);
    } else gone.add(entry.identity);
    if (entry.type === 'deleted') deleted.push(entry.identity);
    if (files.size + gone.size > MAX_CHANGED_FILES) throw unexplained(`More than ${MAX_CHANGED_FILES} files changed.`);
  }
  throw unexplained('Its listing ended without a proof of what it saw.');
}

function provenChanges(proof: ListingProof, shown: number): ListingProof {
  if (proof.seen !== shown) throw unexplained(`It showed ${proof.seen} items, and ${shown} of them arrived.`);
  return proof;
}

const merged = ({ root, path }: ChangesCase, told: Told) => new KnownFolders({ identity: root, path }, told);

/** Goes through the known listing once before anything is staged. */
async function requireExplained(given: ChangesCase, told: Told, { store, control }: ActiveContext): Promise<void> {
  if (told.proof.root !== given.root) throw unexplained('Another folder stood there when its listing ended.');
  const folders = merged(given, told);
  let count = told.folders.size + told.files.size;
  for await (const { items } of folders.unchanged(store.knownFolders(given.side))) {
    control.signal.throwIfAborted();
    count += items.count;
  }
  folders.requireExplained();
  const { total } = told.proof;
  if (total !== null && total !== count)
    throw unexplained(`With it there would be ${count} items, and the platform counts ${total}.`);
}

async function stageMerged(given: ChangesCase, told: Told, context: ActiveContext): Promise<ListedChanges> {
  const folders = merged(given, told);
  const staging = new Staging(given.side, context);
  const sifter = sifterOf(given.side, context);
  sifter.begin();
  sifter.noteFolders([...told.folders.values()].map(({ item }) => item).sort(topDown));
  for await (const folder of folders.unchanged(context.store.knownFolders(given.side))) await staging.add(folder);
  for (const folder of folders.shown()) await staging.add(folder);
  await staging.flush();
  if (given.side === 'SOURCE' || writesSource(context.table)) await context.store.stageDeleted(told.deleted);
  const { arrived } = staging;
  return { arrived, problems: 0, proof: { ...told.proof, seen: arrived }, how: howOf(given.known, told) };
}

function howOf({ fullAt }: KnownListing, { files, gone }: Told): ListingHow {
  const since = `${new Date(fullAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const reason = `Of its files only those that may have changed since the last listing were listed: ${files.size + gone.size}. The last full listing is of ${since}.`;
  return { kind: 'DELTA', reason };
}

const topDown = (one: Item, other: Item) => one.path.length - other.path.length;

/** Stages folders some at a time. */
class Staging {
  arrived = 0;
  private waiting: StagedFolder[] = [];

  constructor(
    private readonly side: Side,
    private readonly context: ActiveContext,
  ) {}

  async add(folder: StagedFolder): Promise<void> {
    this.context.control.signal.throwIfAborted();
    this.waiting.push(folder);
    this.arrived += folder.items.count;
    if (this.waiting.length >= STAGED_FOLDERS) await this.flush();
  }

  async flush(): Promise<void> {
    const kept = await stageSifted(this.side, this.waiting.splice(0), this.context);
    if (this.side === 'SOURCE') tellDiscovered(kept, this.context);
  }
}
