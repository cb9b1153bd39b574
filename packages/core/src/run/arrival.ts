import { wayTo } from '../compare/index.js';
import {
  PlatformError,
  type Call,
  type Item,
  type Platform,
  type VerificationMethod,
  type WriteRequest,
  type Written,
} from '../platform/index.js';
import {
  hasMappedTime,
  nameOf,
  timeGiven,
  type Policies,
  type PolicyValue,
  type SideWords,
  type Transfer,
} from '../plan/index.js';
import type { ActiveContext } from './context.js';
import { hashOf } from './hashed-content.js';
import { paced } from './throttle.js';

const COMPARES_CHECKSUMS: Readonly<Record<PolicyValue<'verification'>, boolean>> = {
  CHECKSUM: true,
  SIZE: false,
  NONE: false,
};

/** Whether what is written has to be read back before it counts as arrived. */
export const readsBack = ({ verification, readBack }: Pick<Policies, 'verification' | 'readBack'>): boolean =>
  COMPARES_CHECKSUMS[verification] && readBack;

/**
 * How far it is proved that a written file has this content. Throws `VERIFICATION_FAILED` when what the destination tells of
 * it, or gives back, is something else.
 */
export async function verify(
  written: Written,
  content: { size: number; sha256: string },
  context: Pick<ActiveContext, 'policies' | 'destination' | 'words' | 'throttle'>,
  call: Call,
): Promise<VerificationMethod> {
  const { policies, words } = context;
  const { destination } = context.destination;
  const { item, verifiedBy } = written;
  if (item.size !== null && item.size !== content.size)
    throw unequal(`has ${item.size} bytes instead of ${content.size}`, words);
  if (policies.verification === 'NONE') return 'NONE';
  if (item.sha256 !== null && item.sha256 !== content.sha256) throw unequal('has another checksum', words);
  if (!readsBack(policies) || !destination?.readBack || verifiedBy === 'CHECKSUM') return verifiedBy;
  if ((await hashOf(paced(context, destination.readBack(item, call), call.signal))) !== content.sha256)
    throw unequal('gives other bytes when read back', words);
  return 'CHECKSUM';
}

function unequal(finding: string, { to }: SideWords): PlatformError {
  return new PlatformError('VERIFICATION_FAILED', `What arrived ${finding}.`, {
    remedy: `Retry; if it fails again, look at the file at the ${to}.`,
  });
}

/** What is asked of a destination for a transfer, beside the content. Field by field, since it is asked for each file. */
export function placeAndFields(
  step: Transfer,
  parent: Item,
  { policies, destination, destinationRoot }: Pick<ActiveContext, 'policies' | 'destination' | 'destinationRoot'>,
): Omit<WriteRequest, 'content' | 'inDoubtSince'> {
  const { source, keptAt, described } = step;
  const replaces = step.action === 'UPDATE' ? step.existing : null;
  const place = replaces ? placeOf(replaces, parent) : { parent, name: step.name };
  const time = policies.keepTimestamps || hasMappedTime(step) ? timeGiven(step) : null;
  const request = {
    parent: place.parent,
    name: place.name,
    description: describesTo(destination) ? (source.description ?? undefined) : undefined,
    modifiedAt: time?.modifiedAt,
    modifiedNanoseconds: time?.modifiedNanoseconds,
    replaces: replaces ?? undefined,
    trash: replaces && keptAt !== undefined ? { root: destinationRoot, at: new Date(keptAt) } : undefined,
    versionNumber: source.versionNumber,
    versionNote: source.isFormer ? noteOf(source) : (step.versionNote ?? noteOf(source)),
  };
  return described ? Object.assign(request, described) : request;
}

/** Whether descriptions come to that platform. */
export const describesTo = ({ capabilities }: Pick<Platform, 'capabilities'>): boolean =>
  wayTo('METADATA_MAP', capabilities) === 'CARRIED';

/** A file that someone moved at the destination gets its new version where it is now. */
function placeOf(item: Item, parent: Item): { parent: Item; name: string } {
  const id = item.parentId ?? parent.id;
  return { parent: { ...parent, id, path: item.path.slice(0, -1) }, name: nameOf(item) };
}

const MOST_OF_NOTE = 500;

/** The note that the version has at the source, and where it came from. */
function noteOf(source: Item): string {
  const time = source.modifiedAt ? `, last changed ${source.modifiedAt.toISOString()}` : '';
  const origin = `From "/${source.path.join('/')}"${time}`;
  const own = source.fields?.['versionNotes'];
  return (own ? `${own} (${origin})` : origin).slice(0, MOST_OF_NOTE);
}

/** Whether files have the time of the source once they are there. */
export const keepsTimes = ({ policies, destination }: Pick<ActiveContext, 'policies' | 'destination'>): boolean =>
  wayTo('TIMESTAMP_PRESERVATION', destination.capabilities, policies) === 'KEPT';

/** What became of the file's time, when it was to be kept and was not. */
export function lostTime(
  step: Transfer,
  written: Item,
  context: Pick<ActiveContext, 'policies' | 'destination' | 'words'>,
): string | null {
  if (!keepsTimes(context)) return null;
  const { words } = context;
  const { modifiedAt } = timeGiven(step);
  if (modifiedAt === null) return `Its time is not kept: the ${words.from} tells none between the years 1 and 9999.`;
  if (written.modifiedAt === null || isNear(written.modifiedAt, modifiedAt)) return null;
  return `Its time is not kept: the ${words.to} made it ${written.modifiedAt.toISOString()}.`;
}

/** Some file systems count in steps of two seconds. */
const isNear = (one: Date, other: Date) => Math.abs(one.getTime() - other.getTime()) < 2_000;
