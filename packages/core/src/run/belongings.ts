import { createHash } from 'node:crypto';
import { holds } from '../compare/index.js';
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
  /** Fingerprint of what it gets, by which the ledger knows it. */
  mapped: string;
  /** What the item is flagged with instead; null where everything was mapped that has to be. */
  refusal: Decision | null;
  /** What of the item could not be mapped. */
  problems: readonly MappingProblem[];
}

type Context = Pick<RunContext, 'mapping' | 'policies' | 'source' | 'destination'>;

/** Whether items get more than what always comes with them. */
export const givesBelongings = ({ mapping, policies }: Pick<RunContext, 'mapping' | 'policies'>): boolean =>
  mapping !== undefined || policies.permissions === 'PRIVACY_FLAG';

/** What a listing of the source has to tell: what the mappings read, and the notes of versions where the destination keeps some. */
export function detailsOfSource({ mapping, source, destination }: Context): Details | undefined {
  const keepsNotes = source.source?.versions !== undefined && holds(destination.capabilities.VERSION_PRESERVATION);
  const { fields, tags } = mapping?.details ?? { fields: [], tags: false };
  const noted = keepsNotes && fields !== 'ALL' ? [...fields, 'versionNotes'] : fields;
  return mapping || keepsNotes ? { fields: noted, tags } : undefined;
}

/** Fields of the destination are compared with what the mappings give; its tags would cost more than to set them again. */
export const detailsOfDestination = ({ mapping }: Context): Details | undefined =>
  mapping && { fields: 'ALL', tags: false };

const NOTHING: Mapped = { fields: {}, tags: null, problems: [] };

/** Null where the item gets nothing. */
export function belongingsOf(item: Item, context: Context): Belongings | null {
  if (!givesBelongings(context)) return null;
  const mapped = context.mapping?.map(item) ?? NOTHING;
  const described = describedBy(mapped, item, context);
  const { fields = {}, tags = null, ...own } = described;
  const text = mappedText({ fields, tags, ...own, description: own.description ?? undefined, problems: [] });
  return {
    described,
    ...(mapped.versionNote === undefined ? {} : { versionNote: mapped.versionNote }),
    mapped: createHash('sha256').update(text).digest('base64url').slice(0, 22),
    refusal: refusalOf(mapped.problems, item),
    problems: mapped.problems,
  };
}

/** What the destination has no place for stays behind. */
function describedBy(mapped: Mapped, item: Item, { policies, destination }: Context): ItemDescription {
  const { METADATA_MAP, TAGS_MAP, PERMISSION_PRESERVATION } = destination.capabilities;
  const { description, fields, tags } = mapped;
  const isPrivate =
    mapped.isPrivate ?? (policies.permissions === 'PRIVACY_FLAG' ? (item.isPrivate ?? undefined) : undefined);
  const hasFields = holds(METADATA_MAP) && Object.keys(fields).length > 0;
  return {
    ...(describesTo(destination) && item.kind === 'FILE' && description !== undefined ? { description } : {}),
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

/** Whether an item that is there lacks what it gets, and was not given it before. */
export function isGivenAnew({ described, mapped }: Belongings, there: Item, known: string | null): boolean {
  const { others, tags } = lacking(described, there);
  return mapped !== known && (others || tags > 0);
}
