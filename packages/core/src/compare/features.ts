import type { Capabilities, Capability, Support } from '../platform/index.js';
import type { Policies } from '../plan/policies.js';

/** What the engine does about a feature. `loss`: how serious it is that something stays behind; null where nothing does. */
export interface Way {
  loss: 'WARNING' | 'INFO' | null;
  told: string | ((policies: FeaturePolicies) => string);
}
export type FeaturePolicies = Pick<
  Policies,
  'maxVersions' | 'versionsAsFiles' | 'keepTimestamps' | 'lockedFiles' | 'permissions' | 'createGroups'
>;

const kept = (told: Way['told']): Way => ({ loss: null, told });
const told = (sentence: string): Way => ({ loss: 'INFO', told: sentence });
const lost = (sentence: string): Way => ({ loss: 'WARNING', told: sentence });

/**
 * Everything that the engine does about the features that two platforms are compared by, each with its sentence. What the
 * engine does itself follows from `wayOf`, and `test/comparison` proves each sentence.
 */
export const FEATURE_WAYS = {
  VERSION_PRESERVATION: {
    NOTHING: kept('The source keeps the newest content of each file only, which comes over.'),
    ALL: kept('All versions of a file come over in their order.'),
    NEWEST: kept(({ maxVersions }) => `Of each file the newest ${maxVersions} versions come over in their order.`),
    LATEST_BY_JOB: told('Only the latest version of each file comes over, as the job says.'),
    AS_FILES: kept('Former versions of a file come over as files of their own beside it, named like “plan (v3).pdf”.'),
    LATEST: lost('The destination keeps no former versions: only the latest of each file comes over.'),
  },
  TIMESTAMP_PRESERVATION: {
    NOTHING: kept('The source tells no times: files have the time of their transfer.'),
    KEPT: kept('Files keep the modification time that they have at the source.'),
    OF_TRANSFER: lost(
      'The destination sets times itself: files have the time of their transfer, and the note of each version that can have one tells the time at the source.',
    ),
    LEFT_BY_JOB: kept('Files have the time of their transfer, as the job says.'),
  },
  AUTHOR_PRESERVATION: {
    NOTHING: kept('The source tells no authors: what is written belongs to the account of the destination.'),
    LEFT: told('Authors and owners stay behind: what is written belongs to the account of the destination.'),
  },
  FILE_LOCK_PROPAGATION: {
    NOTHING: kept('The source locks no files.'),
    LEFT: told('The destination locks no files: what is locked at the source comes over and is not locked there.'),
    HONOURED: kept(
      'A file that somebody has locked at the destination is not replaced; locks of the source follow where the job asks for it.',
    ),
    FOLLOWS: kept('What is locked at the source is locked at the destination until the lock ends at the source.'),
  },
  MIRROR_LOCK_OWNERSHIP: {
    NOTHING: kept('A lock that follows belongs to the account of the destination.'),
    LEFT: told('Who holds a lock stays behind: one that follows belongs to the account of the destination.'),
  },
  ACCOUNT_MAP: {
    NOTHING: kept('The source tells no accounts: nothing names one at the destination.'),
    LEFT: told('Accounts stay behind: nothing names one at the destination.'),
  },
  GROUP_MAP: {
    NOTHING: kept('The source tells no groups: none are made at the destination.'),
    LEFT: told('Groups stay behind: none are made at the destination.'),
    LEFT_BY_JOB: told('Groups stay behind: none are made at the destination, since the job does not ask for it.'),
    MADE: kept('Groups that the job maps are made at the destination by their names, once, where it lacks them.'),
  },
  PERMISSION_PRESERVATION: {
    NOTHING: kept('The source tells no rights: those of the destination apply.'),
    LEFT: told('Rights stay behind: those of the destination apply.'),
    LEFT_BY_JOB: told('What is private at the source is as the destination makes it, since the job does not keep it.'),
    FLAG: kept(
      'What is private at the source is private at the destination, from the request that makes it; the people who may see it are chosen there.',
    ),
  },
  USER_IMPERSONATION: {
    NOTHING: kept('Everything is read and written by the accounts of the two connections.'),
    LEFT: told('Nobody is impersonated: everything is read and written by the accounts of the two connections.'),
  },
  METADATA_MAP: {
    NOTHING: kept('The source describes no files.'),
    CARRIED: kept('The description of a file comes over with it, and follows when it changes.'),
    LEFT: told('The destination has no place for descriptions: those of the source stay behind.'),
  },
  TAGS_MAP: {
    NOTHING: kept('The source has no tags.'),
    MAPPED: kept('Tags come over where the job maps them.'),
    LEFT: told('Tags stay behind.'),
  },
} as const satisfies Partial<Record<Capability, Readonly<Record<string, Way>>>>;

/** A feature that two platforms are compared by. */
export type ComparedFeature = keyof typeof FEATURE_WAYS;
export const COMPARED_FEATURES = Object.keys(FEATURE_WAYS) as ComparedFeature[];
export type FeatureWay<Feature extends ComparedFeature> = keyof (typeof FEATURE_WAYS)[Feature];

/** Whether the source has something that could stay behind, and whether the destination has a place for it. */
interface Had {
  from: boolean;
  to: boolean;
  /** Whether both could be written with it: what the one keeps, the other keeps in the same way. */
  both: boolean;
}

const allOrNothing = ({ from }: Had) => (from ? 'LEFT' : 'NOTHING');

const CHOICES: { [Feature in ComparedFeature]: (had: Had, policies: FeaturePolicies) => FeatureWay<Feature> } = {
  VERSION_PRESERVATION: ({ from, to }, { maxVersions, versionsAsFiles }) => {
    if (!from) return 'NOTHING';
    if (!to) return versionsAsFiles ? 'AS_FILES' : 'LATEST';
    return maxVersions === null ? 'ALL' : maxVersions === 1 ? 'LATEST_BY_JOB' : 'NEWEST';
  },
  TIMESTAMP_PRESERVATION: ({ from, to }, { keepTimestamps }) => {
    if (!from) return 'NOTHING';
    if (!keepTimestamps) return 'LEFT_BY_JOB';
    return to ? 'KEPT' : 'OF_TRANSFER';
  },
  AUTHOR_PRESERVATION: allOrNothing,
  FILE_LOCK_PROPAGATION: ({ from, to }, { lockedFiles }) => {
    if (!from) return 'NOTHING';
    if (!to) return 'LEFT';
    return lockedFiles === 'PROPAGATE' ? 'FOLLOWS' : 'HONOURED';
  },
  MIRROR_LOCK_OWNERSHIP: allOrNothing,
  ACCOUNT_MAP: allOrNothing,
  GROUP_MAP: ({ from, to }, { createGroups }) => {
    if (!from) return 'NOTHING';
    if (!to) return 'LEFT';
    return createGroups ? 'MADE' : 'LEFT_BY_JOB';
  },
  PERMISSION_PRESERVATION: ({ from, both }, { permissions }) => {
    if (!from) return 'NOTHING';
    if (!both) return 'LEFT';
    return permissions === 'PRIVACY_FLAG' ? 'FLAG' : 'LEFT_BY_JOB';
  },
  USER_IMPERSONATION: allOrNothing,
  METADATA_MAP: ({ from, to }) => (!from ? 'NOTHING' : to ? 'CARRIED' : 'LEFT'),
  TAGS_MAP: ({ from, to }) => (!from ? 'NOTHING' : to ? 'MAPPED' : 'LEFT'),
};

/** Capabilities of both sides. */
export interface ComparedCapabilities {
  source: Pick<Capabilities, ComparedFeature>;
  destination: Pick<Capabilities, ComparedFeature>;
}

/** What the engine does about the feature under these policies. */
export function wayOf<Feature extends ComparedFeature>(
  feature: Feature,
  { source, destination }: { [Side in keyof ComparedCapabilities]: Pick<Capabilities, Feature> },
  policies: FeaturePolicies,
): FeatureWay<Feature> {
  return CHOICES[feature](had(source[feature], destination[feature]), policies);
}

/** Likewise of a source that has it. Asked of each item, so nothing is copied that the choice does not look at. */
export const wayTo = <Feature extends ComparedFeature>(
  feature: Feature,
  destination: Pick<Capabilities, Feature>,
  policies: Partial<FeaturePolicies> = {},
): FeatureWay<Feature> => {
  const { to } = had(null, destination[feature]);
  return CHOICES[feature]({ from: true, to, both: to }, orDefault(policies));
};

const orDefault = ({
  maxVersions = null,
  versionsAsFiles = false,
  keepTimestamps = true,
  lockedFiles = 'FLAG',
  permissions = 'NONE',
  createGroups = false,
}: Partial<FeaturePolicies>): FeaturePolicies => ({
  maxVersions,
  versionsAsFiles,
  keepTimestamps,
  lockedFiles,
  permissions,
  createGroups,
});

/** What a row is about: of `METADATA_MAP` descriptions, since fields come over only where a job maps them. */
export const had = (source: Support | null, destination: Support): Had => ({
  from: source !== null && gives(source) && !source.withoutDescriptions,
  to: holds(destination) && !destination.withoutDescriptions,
  both: source !== null && holds(source) && holds(destination),
});

/** Whether what is read there has it. */
export const gives = ({ level, asSource = level }: Support): boolean => asSource !== 'NONE';

/** Whether there is a place for it where it is written. */
export const holds = ({ level }: Support): boolean => level !== 'NONE';

export function featureTold(feature: ComparedFeature, way: string, policies: FeaturePolicies): string {
  const { told: sentence } = featureWay(feature, way);
  return typeof sentence === 'string' ? sentence : sentence(policies);
}

/** Throws for a way that the feature does not have. */
export function featureWay(feature: ComparedFeature, way: string): Way {
  const ways: Readonly<Record<string, Way>> = FEATURE_WAYS[feature];
  const found = ways[way];
  if (!found) throw new Error(`${feature} has no way ${way}.`);
  return found;
}
