import type { NameProblem } from '../naming/index.js';
import { seen, type Seen, type Triple } from '../pair/index.js';
import {
  childKey,
  expectationOf,
  expectedBytes,
  expectedVersions,
  inertStep,
  lockEndOf,
  lockTold,
  parentKey,
  pathSegments,
  type Decision,
  type Describe,
  type Inert,
  type ItemDescription,
  type LedgerEntry,
  type MakeFolder,
  type Move,
  type Rules,
  type Step,
  type Transfer,
  versionsTold,
  type VersionsKept,
  undecided,
} from '../plan/index.js';
import type { Destination, Item, Work } from '../platform/index.js';
import { isAllGiven, lacking, type Belongings } from './belongings.js';
import { keptAtOf } from './removal-way.js';
import { newKeyOf, type Place } from './placing.js';
import { ReadingCost } from './reading-cost.js';

/** A move from which the ledger learns. */
export type Learned = Move & { source: Item; base: LedgerEntry };

/** What of an item changes beside its content. */
interface Describing {
  isDescribed: boolean;
  /** When the lock ends that it gets, in epoch milliseconds; null for none. */
  lockEnd: number | null;
  /** Of the source's content where it was read for the decision. */
  hash: string | null;
  /** What the mappings and policies of the job give it; null for nothing. */
  given: Belongings | null;
}

const KEPT = ' What it replaces is kept in the trash of the destination.';
const DESCRIBED = 'Its description changed at the source; the content is the same.';
const GIVEN = 'It gets what the mappings and policies of the job give it; the content is the same.';
const GROUPS = 'Groups that its mappings name are made; the item stays as it is.';

/** Makes steps of decisions: with their names at the destination and what they cost. */
export class StepMaker {
  /** Groups of steps made so far, of which the first bears the cost. */
  private readonly groups = new Set<string>();

  constructor(
    private readonly destination: Destination | undefined,
    private readonly rules: Rules,
    private readonly isTwoSided = false,
    private readonly versions: VersionsKept = { most: 1, keepsNone: true, asFiles: 1 },
    private readonly reading = new ReadingCost(undefined, 1),
  ) {}

  /** `hash` is that of the source's content where it was read for the decision. */
  make(triple: Triple, decision: Decision, place: Place, hash: string | null): Step {
    const source = seen(triple.source)!;
    const { action, keepBoth } = decision;
    if (action === 'ADOPT' || action === 'REFUSE' || action === 'SKIP') {
      const step = settled(triple, decision, place, hash);
      const moved = formerPlaces(triple, decision);
      return moved ? { ...step, moved } : step;
    }
    const conflictName = keepBoth ? place.folder.conflictName(place.name, source.item.kind, this.rules.now) : null;
    if (conflictName !== null && 'reason' in conflictName) return unnamed(source, conflictName);
    const at = placed(
      keepBoth === 'SOURCE' ? { ...place, name: conflictName!.name } : place,
      action,
      triple.destination,
    );
    // The entry stays with what keeps the name, where both sides keep both.
    const ledgerId = keepBoth === 'SOURCE' && this.isTwoSided ? null : (triple.base?.id ?? null);
    const isRevised = place.isRevised || keepBoth !== undefined;
    if (source.item.kind === 'FOLDER') return this.makeFolder(source, decision, at, { ledgerId, isRevised });
    const step = this.transfer(triple, decision, at, { ledgerId, isRevised });
    if (keepBoth === 'EXISTING') {
      step.renameExistingTo = conflictName!.name;
      step.callCount += this.cost('RENAME', null);
    }
    // The source's version gets the same name in the second half, or in the next run if that one fails.
    const isFirstHalf = keepBoth === 'SOURCE' && this.isTwoSided && !this.rules.winsTies;
    if (isFirstHalf) step.knownAt = newKeyOf(place);
    return step;
  }

  /** Field by field, as `settled`: what few files have is added afterwards. */
  private transfer(triple: Triple, decision: Decision, at: Named, { ledgerId, isRevised }: Entered): Transfer {
    const { key, item } = seen(triple.source)!;
    const action = decision.action as Transfer['action'];
    const existing = decision.existing ?? null;
    const versions = expectedVersions(item, action, this.versions.most);
    const { byteCount, unsized } = expectedBytes(item, versions);
    const readCallCount = this.reading.of(item);
    const step: Transfer = {
      type: 'TRANSFER',
      action,
      side: 'DESTINATION',
      kind: 'FILE',
      sourceKey: key,
      destinationKey: at.destinationKey,
      parentKey: at.parentKey,
      name: at.name,
      ledgerId,
      reason: decision.reason,
      message: decision.message + versionsTold(item, action, this.versions),
      remedy: decision.remedy ?? null,
      isDestructive: decision.isDestructive ?? false,
      isRevised,
      source: item,
      existing,
      expects: existing && expectationOf(existing),
      renameExistingTo: null,
      knownSha256: triple.base?.sha256 ?? null,
      byteCount,
      callCount: this.cost(action, item.size) + (versions - 1) * this.cost('UPDATE', item.size),
    };
    if (readCallCount > 0) step.readCallCount = readCallCount;
    if (unsized > 0) step.unsized = unsized;
    this.lockAndKeep(step);
    return step;
  }

  private lockAndKeep(step: Transfer): void {
    const lockEnd = lockEndOf(step.source, this.rules);
    const keptAt = step.action === 'UPDATE' ? keptAtOf(this.destination, this.rules) : null;
    if (lockEnd !== null) {
      step.lockedUntil = lockEnd;
      step.message += ` ${lockTold(lockEnd)}`;
      step.callCount += this.cost('DESCRIBE', null);
    }
    if (keptAt === null) return;
    step.keptAt = keptAt;
    step.message += KEPT;
  }

  /** The item gets the source's folder and name; a change of its content is another step's matter. */
  move(triple: Triple, place: Place, isPutBack: boolean): Learned {
    const [source, there, base] = [seen(triple.source)!, seen(triple.destination)!, triple.base!];
    const isRename = parentKey(there.key) === place.parentKey;
    return {
      ...undecided(source.key, source.item),
      type: 'MOVE',
      action: isRename ? 'RENAME' : 'MOVE',
      reason: 'PLACE_CHANGED',
      message: `It was ${isRename ? 'renamed' : 'moved'} at the ${isPutBack ? 'destination, and is put back' : 'source'}.`,
      sourceKey: source.key,
      ledgerId: base.id,
      source: source.item,
      existing: there.item,
      expects: { id: there.item.id, version: null },
      base,
      parentKey: place.parentKey,
      name: place.name,
      destinationKey: childKey(place.parentKey, place.name),
      callCount: this.cost('RENAME', null),
      isRevised: place.isRevised,
    };
  }

  /** The item leaves its name to the one that gets it before its own turn comes. */
  moveToTemporaryName(triple: Triple, isPutBack: boolean, place: Place): Learned {
    const move = this.move(triple, place, isPutBack);
    return { ...move, message: `${move.message} Another item gets its former place first.`, isTemporary: true };
  }

  /** The folder is removed by this plan, once nothing is left in it; what gets its name may be in it. */
  leaveNameBeforeRemoval(there: Seen, base: LedgerEntry | null, place: Place): Move {
    return {
      ...this.renameForConflict(there, base?.sourceKey ?? null, place),
      reason: base ? 'DELETED_ON_OTHER_SIDE' : 'EXTRA_AT_DESTINATION',
      message: `${base ? 'It was deleted at the source.' : 'Only the destination has it.'} Another item gets its name before it is removed.`,
      ledgerId: base?.id ?? null,
      base,
      isTemporary: true,
    };
  }

  /** The item leaves its name to another one for good. */
  renameForConflict({ item }: Seen, sourceKey: string | null, place: Place): Move {
    return {
      ...inertStep(sourceKey, null),
      kind: item.kind,
      type: 'MOVE',
      action: 'RENAME',
      reason: 'CONFLICT',
      message: 'Another item gets its name: it keeps its content under a name with the time.',
      existing: item,
      expects: { id: item.id, version: null },
      base: null,
      parentKey: place.parentKey,
      name: place.name,
      destinationKey: newKeyOf(place),
      callCount: this.cost('RENAME', null),
      isRevised: true,
    };
  }

  /** The destination's item gets the description of the source's, or its lock, or both. */
  describe(triple: Triple, { isDescribed, lockEnd, hash, given }: Describing): Describe {
    const [source, there, base] = [seen(triple.source)!, seen(triple.destination)!, triple.base];
    const told = [
      isDescribed ? DESCRIBED : null,
      given ? givenTold(given) : null,
      lockEnd === null ? null : lockTold(lockEnd),
    ];
    const fields = { ...(isDescribed ? { description: source.item.description } : {}), ...given?.described };
    const mapped = given?.mapped ?? base?.mapped ?? null;
    return {
      ...undecided(source.key, source.item),
      type: 'DESCRIBE',
      action: 'DESCRIBE',
      reason: 'METADATA_CHANGED',
      message: told.filter((sentence) => sentence !== null).join(' '),
      ledgerId: base?.id ?? null,
      destinationKey: there.key,
      source: source.item,
      existing: there.item,
      expects: expectationOf(there.item),
      fields,
      ...(mapped === null ? {} : { mapped }),
      ...(lockEnd === null ? {} : { lockedUntil: lockEnd }),
      knownSha256: hash ?? base?.sha256 ?? null,
      callCount: this.costOf(fields, there.item, lockEnd !== null) + this.costOfGroups(given),
      ...groupsOf(given),
    };
  }

  /** The step with what the item is given beside its content. */
  giving<Made extends Transfer | MakeFolder>(step: Made, given: Belongings | null): Made {
    const callCount = step.callCount + this.costOfGiving(step, given?.described ?? {}) + this.costOfGroups(given);
    if (!given) return callCount === step.callCount ? step : { ...step, callCount };
    const { described, versionNote, mapped, modifiedAt } = given;
    const isTimed = step.type === 'TRANSFER' && modifiedAt !== undefined;
    const isNote = step.type === 'TRANSFER' && versionNote !== undefined;
    return {
      ...step,
      described,
      mapped,
      callCount,
      ...(isNote ? { versionNote } : {}),
      ...(isTimed ? { modifiedAt } : {}),
      ...groupsOf(given),
    };
  }

  /** It rides in the request that makes an item, but for tags; a file that is there is described after its new version. */
  private costOfGiving(step: Transfer | MakeFolder, described: ItemDescription): number {
    const { description } = step.source;
    const own = description ? { description } : {};
    const existing = replacedBy(step);
    if (existing) return this.costOf({ ...own, ...described }, existing, false);
    return lacking(described, null).tags * this.cost('TAG', null);
  }

  /**
   * What remains to be given to an item that lacks nothing itself: groups that were not made for it before, and that no step of the
   * plan makes yet; null for none. `known`: the fingerprint of what it was given.
   */
  groupsAlone(given: Belongings, known: string | null): Belongings | null {
    if (isAllGiven(given, known)) return null;
    const groups = given.groups?.filter((name) => !this.groups.has(name)) ?? [];
    return groups.length === 0 || given.refusal ? null : { ...given, described: {}, groups };
  }

  private costOfGroups(given: Belongings | null): number {
    const anew = given?.groups?.filter((name) => !this.groups.has(name)) ?? [];
    for (const name of anew) this.groups.add(name);
    return anew.length * this.cost('GROUP', null);
  }

  private costOf(described: ItemDescription, there: Item, isLocked: boolean): number {
    const { others, tags } = lacking(described, there);
    return (others || isLocked ? this.cost('DESCRIBE', null) : 0) + tags * this.cost('TAG', null);
  }

  private makeFolder(source: Seen, decision: Decision, at: Named, entered: Entered): MakeFolder {
    const callCount = this.cost('CREATE', null);
    const step = { ...undecided(source.key, source.item), ...tellingOf(decision), ...at, ...entered, callCount };
    const { key: sourceKey, item } = source;
    const made = { sourceKey, source: item, existing: null, expects: null } as const;
    return { ...step, ...made, type: 'MAKE_FOLDER', action: 'CREATE', kind: 'FOLDER' };
  }

  private cost(work: Work, size: number | null): number {
    return this.destination?.cost?.(work, size) ?? 0;
  }
}

/** What gets the content of the step; null where something new gets it, also beside what makes room for it. */
export const replacedBy = (step: Transfer | MakeFolder): Item | null =>
  step.type === 'TRANSFER' && step.renameExistingTo !== null ? null : step.existing;

const givenTold = ({ described, groups }: Belongings): string =>
  groups && Object.keys(described).length === 0 ? GROUPS : GIVEN;

const groupsOf = (given: Belongings | null) => (given?.groups ? { groups: given.groups } : {});

const tellingOf = ({ reason, message, remedy, isDestructive = false }: Decision) => ({
  reason,
  message,
  remedy: remedy ?? null,
  isDestructive,
});

/** Where a step leaves its item. */
type Named = Pick<Transfer, 'parentKey' | 'name' | 'destinationKey'>;

/** The entry of the ledger that a step goes on with, and whether the item gets another name. */
type Entered = Pick<Transfer, 'ledgerId' | 'isRevised'>;

/** A new version goes to the file where people put it; everything else to its planned place. */
function placed(
  { parentKey: folder, name }: Place,
  action: 'CREATE' | 'UPDATE',
  sighting: Triple['destination'],
): Named {
  const there = action === 'UPDATE' ? seen(sighting) : null;
  if (!there) return { parentKey: folder, name, destinationKey: childKey(folder, name) };
  return { parentKey: parentKey(there.key) ?? '', name: pathSegments(there.key).at(-1)!, destinationKey: there.key };
}

/** Field by field: a run that adopts makes as many as there are items, and an object that is spread costs several times of it. */
function settled(triple: Triple, decision: Decision, place: Place, hash: string | null): Inert {
  const [source, destination] = [seen(triple.source)!, seen(triple.destination)];
  const existing = decision.action === 'ADOPT' ? (decision.existing ?? null) : null;
  return {
    type: 'INERT',
    action: decision.action as 'ADOPT' | 'REFUSE' | 'SKIP',
    side: 'DESTINATION',
    kind: source.item.kind,
    sourceKey: source.key,
    destinationKey: destination?.key ?? childKey(place.parentKey, place.name),
    ledgerId: triple.base?.id ?? null,
    reason: decision.reason,
    message: decision.message,
    remedy: decision.remedy ?? null,
    isDestructive: decision.isDestructive ?? false,
    isRevised: existing !== null && place.isRevised,
    byteCount: 0,
    callCount: 0,
    source: source.item,
    existing,
    expects: existing && expectationOf(existing),
    knownSha256: existing?.kind === 'FILE' ? (hash ?? triple.base?.sha256 ?? null) : null,
    isNote: decision.isNote ?? false,
  };
}

/** Of a folder that is followed where it is; null where its places are as known. */
function formerPlaces({ source, base, destination }: Triple, { isNote }: Decision): Inert['moved'] | null {
  const [from, to] = [seen(source)!, seen(destination)];
  if (!isNote || base?.kind !== 'FOLDER' || !to) return null;
  const { sourceKey, destinationKey } = base;
  return sourceKey === from.key && destinationKey === to.key ? null : { sourceKey, destinationKey };
}

/** No name that the destination can hold fits for the second version: the item is left to people, the rest goes on. */
function unnamed({ key, item }: Seen, { reason, message }: NameProblem): Step {
  const remedy = 'Rename or move the item, or decide by hand which version is right.';
  return { ...inertStep(key, item), action: 'REFUSE', reason, message: `Both sides changed. ${message}`, remedy };
}
