import { decideContent, putsBack, removesWhatIsGone, type Verdict } from '../decide/index.js';
import { seen, stateOf, type Triple } from '../pair/index.js';
import { fileOfVersion, inertStep, skip, type LedgerEntry, type Step } from '../plan/index.js';
import { withheldBecause } from '../prove/index.js';
import type { Claims } from './claims.js';
import type { ActiveContext } from './context.js';
import { EmptiedFolders } from './emptied-folders.js';
import type { SeenCounts } from './list.js';
import type { Extras } from './extras.js';
import { ExtraRemovals } from './plan-extras.js';
import { LeftOut } from './left-out.js';
import { isInPlace, tripleOfLost } from './gone.js';
import { heldStep, placedNow, removalStep } from './removal-step.js';
import type { MovedPlaces } from './moved-places.js';
import type { StepWriter } from './step-writer.js';
import { inWords } from './both-sides.js';
import type { Severity } from '../job/index.js';

/** Entries of the ledger that are forgotten at once. */
const FORGOTTEN_ENTRIES = 400;

/** What the removals of a plan depend on beside the listings. */
export interface RemovalPlan {
  counts: SeenCounts;
  /** Items in the ledger. */
  remembered: number;
  /** Entries of the ledger whose item of the source was seen where it was: when these are all, nothing went. */
  settledItems: number;
  /** Start of the planning; names the folder in the trash. */
  at: Date;
  /** Where items of the destination stand once the plan's moves are carried out, by the keys at which they were listed. */
  places: Pick<MovedPlaces, 'now'>;
  /** Where items of the destination are that came along with a folder which is followed, by the keys that the ledger has. */
  followed: Pick<MovedPlaces, 'now'>;
  /** What no item of the source was paired with. */
  extras: Extras;
  /** What is taken for another item of the source stays. */
  claims: Pick<Claims, 'has'>;
  /** Keys at the destination of what is made again at the source instead; absent for none. */
  surviving?: ReadonlySet<string>;
}

/**
 * Plans what is done about items that the source does not show any more, bottom-up: where deletions are mirrored, the removal of
 * what is proved gone; what is not proved is left alone and told. What is gone on both sides is forgotten, in any copy.
 */
export async function planRemovals(
  plan: RemovalPlan,
  context: ActiveContext,
  writer: Pick<StepWriter, 'add'>,
): Promise<void> {
  const { store, only, words } = context;
  const say = (severity: Severity, text: string) => store.log(severity, inWords(text, words));
  const reason = removalsWithheldBecause(plan, context);
  const isMirror = removesWhatIsGone(context.table);
  if (!isMirror && (reason !== null || plan.settledItems >= plan.remembered)) return;
  if (reason !== null) return say('WARNING', `Nothing is removed at the destination: ${reason}`);
  if (only !== null) return;
  let [unproved, leftOut] = [0, 0];
  const forgotten: string[] = [];
  const filters = new LeftOut(context);
  const folders = new EmptiedFolders(store, plan.places);
  const extras = new ExtraRemovals({ context, writer, at: plan.at, places: plan.places, folders });
  for await (const entry of store.lostEntries()) {
    context.control.signal.throwIfAborted();
    const asked = fileOfVersion(entry) ?? entry;
    // Of a file that is there the job brings fewer former versions than before: what was brought stays.
    if (asked !== entry && (await store.destinationById(asked.sourceId, 'SOURCE'))) continue;
    if (await filters.ofLost(asked)) {
      leftOut += 1;
      continue;
    }
    const triple = await tripleOfLost(entry, asked, context);
    unproved += Number(triple.source === 'UNKNOWN');
    const verdict = decideContent(context.table, stateOf(triple));
    if (verdict === 'FORGET' && entry.id !== null) forgotten.push(entry.id);
    if (forgotten.length >= FORGOTTEN_ENTRIES) await store.forgetEntries(forgotten.splice(0));
    const step = await stepOf(verdict, triple, entry, { ...plan, folders, context, below: extras });
    if (step) await writer.add(step);
  }
  await store.forgetEntries(forgotten);
  if (plan.extras.folders.length > 0 && plan.counts.SOURCE === 0) await say('WARNING', EMPTY_SOURCE);
  else await extras.plan(plan.extras);
  await extras.tell();
  if (isMirror && unproved > 0) await say('WARNING', unprovedMessage(unproved));
  if (isMirror && leftOut > 0) await say('INFO', leftOutMessage(leftOut));
}

/** Why no removal may be planned, in a sentence for people; null: it may. */
export const removalsWithheldBecause = (
  { counts, remembered }: Pick<RemovalPlan, 'counts' | 'remembered'>,
  { source, destination }: Pick<ActiveContext, 'source' | 'destination'>,
): string | null =>
  withheldBecause({
    provesAbsence: source.source?.absence !== undefined,
    canRemove: destination.destination?.remove !== undefined,
    seen: counts.SOURCE,
    remembered,
  });

const leftOutMessage = (count: number) =>
  `${count} items that were copied before are left out by the filters of the job now; they are left at the destination.`;

const unprovedMessage = (count: number) =>
  `${count} items are not seen at the source any more, and nothing proves that they were deleted; they are left at the destination.`;

async function stepOf(
  verdict: Verdict,
  triple: Triple,
  base: LedgerEntry,
  {
    folders,
    context,
    below,
    ...plan
  }: RemovalPlan & { folders: EmptiedFolders; context: ActiveContext; below: ExtraRemovals },
): Promise<Step | null> {
  const there = seen(triple.destination);
  if (!there || plan.surviving?.has(there.key) || plan.claims.has(there)) return null;
  const key = plan.places.now(there.key, there.item.kind);
  if (verdict === 'LEAVE') return left(base, key, EDITED);
  if (verdict !== 'REMOVE_DESTINATION') return null;
  if (!isInPlace(triple, plan.followed) && !putsBack(context.table)) return left(base, key, MOVED);
  if (there.item.kind === 'FOLDER' && plan.extras.isActive) await below.removeIn(there, base);
  if (there.item.kind === 'FOLDER' && !(await folders.isEmptied(there.key))) return left(base, key, HOLDS_MORE);
  const told = {
    sourceKey: base.sourceKey,
    ledgerId: base.id,
    reason: 'DELETED_ON_OTHER_SIDE',
    message: GONE,
  } as const;
  const held = heldStep({ key, item: there.item }, told, plan.at, context);
  if (held) return held;
  folders.removes(there.key);
  return placedNow(removalStep({ key, item: there.item }, told, plan.at, context), there.key);
}

const EMPTY_SOURCE =
  'The source is empty, and all that stands at the destination would be removed: nothing is. Remove it by hand if that is right.';
const GONE = 'It was deleted at the source.';
const EDITED = 'It was deleted at the source, and edited at the destination: it is left as it is.';
const MOVED =
  'It was deleted at the source, and people of the destination moved it or a folder above it: it is left where it is.';
const HOLDS_MORE =
  'It was deleted at the source, and holds more at the destination than is removed: it is left as it is.';

/** A change beats a delete, and so does a move. */
function left(base: LedgerEntry, key: string, message: string): Step {
  const telling = skip('EDITED_AT_DESTINATION', message);
  const { reason } = telling;
  return {
    ...inertStep(base.sourceKey, null),
    kind: base.kind,
    ledgerId: base.id,
    destinationKey: key,
    reason,
    message,
  };
}
