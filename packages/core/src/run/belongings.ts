import { createHash } from 'node:crypto';
import { holds, wayOf, wayTo } from '../compare/index.js';
import { mappedText, type Mapped, type MappingProblem } from '../mapping/index.js';
import { refuse, type Decision, type ItemDescription } from '../plan/index.js';
import type { Details, Item } from '../platform/index.js';
import { describesTo } from './arrival.js';
import type { RunContext } from './context.js';

/** What an item gets at the destination beside its content, by the mappings and policies of the job. */
export interface Belongings {
  described: ItemDescription;
  /** Absent: the note says where the version came from. */
  versionNote?: string;
  /** The time that an item gets in place of that of the source, in epoch milliseconds: a file with its content, a folder after it. */
  modifiedAt?: number;
  /** Groups that are to be there; absent for none. */
  groups?: readonly string[];
  /** Fingerprint of what it gets, and of the groups that are made for it, by which the ledger knows it; see `isGivenAlready`. */
  mapped: string;
  /** What the item is flagged with instead; null where everything was mapped that has to be. */
  refusal: Decision | null;
  /** What of the item could not be mapped. */
  problems: readonly MappingProblem[];
}

type Context = Pick<RunContext, 'mapping' | 'policies' | 'source' | 'destination'>;

/** Whether what is private at the source is private at the destination. */
export const keepsPrivacy = ({ policies, source, destination }: Omit<Context, 'mapping'>): boolean =>
  wayOf('PERMISSION_PRESERVATION', { source: source.capabilities, destination: destination.capabilities }, policies) ===
  'FLAG';

/** Whether items get more than what always comes with them. */
export const givesBelongings = (context: Context): boolean => context.mapping !== undefined || keepsPrivacy(context);

/** What a listing of the source has to tell: what the mappings read, and the notes of versions where the destination keeps some. */
export function detailsOfSource({ mapping, policies, source, destination }: Context): Details | undefined {
  const keepsVersions = policies.versionsAsFiles || holds(destination.capabilities.VERSION_PRESERVATION);
  const keepsNotes = source.source?.versions !== undefined && keepsVersions;
  const { fields, tags } = mapping?.details ?? { fields: [], tags: false };
  const noted = keepsNotes && fields !== 'ALL' ? [...fields, 'versionNotes'] : fields;
  return mapping || keepsNotes ? { fields: noted, tags } : undefined;
}

/** Fields of the destination are compared with what the mappings give; the ledger tells of tags, which would cost more to list. */
export const detailsOfDestination = ({ mapping }: Context): Details | undefined =>
  mapping && { fields: 'ALL', tags: false };

const NOTHING: Mapped = { fields: {}, tags: null, problems: [] };

/** Null where the item gets nothing. */
export function belongingsOf(item: Item, context: Context): Belongings | null {
  if (!givesBelongings(context)) return null;
  const mapped = context.mapping?.map(item) ?? NOTHING;
  const described = describedBy(mapped, item, context);
  const { fields = {}, tags = null, ...own } = described;
  const modifiedAt = timeIn(mapped, item, context);
  const time = modifiedAt ? { modifiedAt } : {};
  const all = { fields, tags, ...own, ...time, description: own.description ?? undefined };
  const text = mappedText({ ...all, problems: [] });
  return {
    described,
    ...(mapped.versionNote === undefined ? {} : { versionNote: mapped.versionNote }),
    ...(time.modifiedAt ? { modifiedAt: time.modifiedAt.getTime() } : {}),
    ...(mapped.newGroups && makesGroups(context) ? { groups: mapped.newGroups } : {}),
    mapped: printOf(text) + tagsPrint(tags) + groupsPrint(mapped, context),
    refusal: refusalOf(mapped.problems, item),
    problems: mapped.problems,
  };
}

const printOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** Begins with a character that the fingerprint before it never has; empty where no groups are made. */
const groupsPrint = ({ groups }: Mapped, context: Context): string =>
  groups && makesGroups(context) ? `+${printOf(JSON.stringify(groups))}` : '';

/** Of the tags alone, which each may cost a call: they are not set again where something else differs. It begins likewise. */
const tagsPrint = (tags: readonly string[] | null): string =>
  tags ? `.${printOf(JSON.stringify([...tags].sort()))}` : '';

/** The parts of a fingerprint. That of the tags is absent where there are none, and where it was kept before it had that part. */
function partsOf(print: string): { all: string; tags?: string; groups?: string } {
  const [, all = '', tags, groups] = /^([^.+]*)(?:\.([^+]*))?(?:\+(.*))?$/.exec(print) ?? [];
  return { all, ...(tags === undefined ? {} : { tags }), ...(groups === undefined ? {} : { groups }) };
}

/** Whether the item was given the same before, whatever groups were made for it. */
const isGivenAlready = ({ mapped }: Belongings, known: string | null): boolean =>
  known !== null && partsOf(mapped).all === partsOf(known).all;

/** Whether that is so, and the same groups were made for it. */
export const isAllGiven = (given: Belongings, known: string | null): boolean =>
  isGivenAlready(given, known) && partsOf(given.mapped).groups === partsOf(known ?? '').groups;

function withoutTagsOfBefore({ described, mapped }: Belongings, known: string | null): ItemDescription {
  const { tags: _given, ...others } = described;
  const tags = partsOf(mapped).tags;
  return tags !== undefined && known !== null && tags === partsOf(known).tags ? others : described;
}

/** The time that mappings give a folder in place of its own; null for none. */
export const mappedTime = (folder: Item, context: Context): Date | null =>
  context.mapping ? timeIn(context.mapping.map(folder), folder, context) : null;

/** Null also where it is the time of the source, which is more exact than its text. */
function timeIn({ modifiedAt: time }: Mapped, { kind, modifiedAt }: Item, { destination }: Context): Date | null {
  const isKept = wayTo('TIMESTAMP_PRESERVATION', destination.capabilities) === 'KEPT';
  const isAble = isKept && (kind === 'FILE' || destination.destination?.setFolderTime !== undefined);
  return time && isAble && time.getTime() !== modifiedAt?.getTime() ? time : null;
}

const makesGroups = ({ policies, destination }: Context): boolean =>
  wayTo('GROUP_MAP', destination.capabilities, policies) === 'MADE' && destination.directory?.ensureGroup !== undefined;

/** What the destination has no place for stays behind. */
function describedBy(mapped: Mapped, item: Item, context: Context): ItemDescription {
  const { METADATA_MAP, TAGS_MAP, PERMISSION_PRESERVATION } = context.destination.capabilities;
  const { description, fields, tags } = mapped;
  const isPrivate = mapped.isPrivate ?? (keepsPrivacy(context) ? (item.isPrivate ?? undefined) : undefined);
  const hasFields = holds(METADATA_MAP) && Object.keys(fields).length > 0;
  return {
    ...(describesTo(context.destination) && item.kind === 'FILE' && description !== undefined ? { description } : {}),
    ...(holds(PERMISSION_PRESERVATION) && isPrivate !== undefined ? { isPrivate } : {}),
    ...(hasFields ? { fields } : {}),
    ...(holds(TAGS_MAP) && tags && tags.length > 0 ? { tags } : {}),
  };
}

/** A folder is made without what could not be mapped, so that what is in it comes over. */
function refusalOf(problems: readonly MappingProblem[], { kind }: Item): Decision | null {
  const problem = kind === 'FILE' ? problems.find(({ isFlagged }) => isFlagged) : undefined;
  return problem ? refuse(problem.reason, problem.message, 'Change the mapping, or the item at the source.') : null;
}

/** What of a description the item does not have as it was listed; `others`: whether anything but tags is among it. */
export function lacking(described: ItemDescription, there: Item | null): { others: boolean; tags: number } {
  const { description, isPrivate, fields = {}, tags = [] } = described;
  const others =
    (description !== undefined && (description ?? '') !== (there?.description ?? '')) ||
    (isPrivate !== undefined && isPrivate !== (there?.isPrivate ?? false)) ||
    Object.entries(fields).some(([key, text]) => (there?.fields?.[key] ?? '') !== text);
  return { others, tags: tags.filter((tag) => !there?.tags?.includes(tag)).length };
}

/**
 * What an item that is there is given with its next content: what it was given before stays as people may have changed it, and what is
 * private there is not opened on first contact. `known`: the fingerprint of what it was given; null for nothing yet.
 */
export function givenWithContent(given: Belongings, known: string | null): Belongings {
  const { description, isPrivate, ...others } = withoutTagsOfBefore(given, known);
  // Without its mapped description the file would get that of the source.
  const own = description === undefined ? {} : { description };
  if (isGivenAlready(given, known)) return { ...given, described: own };
  const isOpened = isPrivate === false && known === null;
  const privacy = isPrivate === undefined || isOpened ? {} : { isPrivate };
  return { ...given, described: { ...own, ...privacy, ...others } };
}

/** What an item is given that is there and keeps its content; null where it lacks nothing, or was given it before. */
export function givenAlone(given: Belongings, there: Item, known: string | null): Belongings | null {
  if (isGivenAlready(given, known)) return null;
  const anew = givenWithContent(given, known);
  const { others, tags } = lacking(anew.described, there);
  const time = timeLacking(given, there);
  if (time !== null) return { ...anew, described: withTime(anew.described, time) };
  return others || tags > 0 ? anew : null;
}

/** Null where the file has the time, or is given none. */
const timeLacking = ({ modifiedAt }: Belongings, there: Item): number | null =>
  modifiedAt === undefined || modifiedAt === there.modifiedAt?.getTime() ? null : modifiedAt;

/** Without a content beside it a time is given as a field, which platforms that keep times set. */
const withTime = (described: ItemDescription, time: number): ItemDescription => ({
  ...described,
  fields: { ...described.fields, modifiedAt: new Date(time).toISOString() },
});
