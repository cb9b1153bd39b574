import type { Severity } from '@sluice/core/job';
import {
  changesSource,
  removesAtSource,
  removesMoved,
  removesWhatIsGone,
  sidesTakenFrom,
  TABLES,
  writesSource,
} from '@sluice/core/decide';
import { COMPARED_FEATURES, featureTold, featureWay, limitWay, wayOf } from '@sluice/core/compare';
import type { Policies, TransferType } from '@sluice/core/plan';
import {
  LIMIT_KINDS,
  type Capabilities,
  type Capability,
  type LimitKind,
  type Limits,
  type PlatformKind,
} from '@sluice/core/platform';
import { cannotRemoveBecause } from '@sluice/core/prove';
import type { StoredStatus } from '../db/tables/connections.js';
import type { ProblemCode } from '../problems.js';
import { overlap } from './location.js';

export interface Issue {
  severity: Severity;
  code: ProblemCode;
  message: string;
  field: string[] | null;
  capability: Capability | null;
  limit: LimitKind | null;
  itemCount: number | null;
}

/** What is known about one location when a job is checked. */
export interface LocationFacts {
  connectionId: string;
  /** The connection's status; null when the connection does not exist. */
  connection: {
    name: string;
    status: StoredStatus;
    statusMessage: string;
    platform: PlatformKind;
    root: string | null;
  } | null;
  path: string;
  /** What the account can do; while it cannot be reached, what its platform can do in general. */
  capabilities: Capabilities | null;
  limits: Limits | null;
  /** `UNKNOWN`: the platform was not asked or did not answer in time. */
  found: 'FOLDER' | 'FILE' | 'MISSING' | 'UNKNOWN';
  canRead: boolean | null;
  canWrite: boolean | null;
  /** Whether what its listings lack is gone there, and not only hidden from the account. */
  provesAbsence: boolean | null;
  canRemove: boolean | null;
  canRemoveForGood: boolean | null;
  /** The reason for which the platform could not be asked; null when it was. */
  failure: { code: ProblemCode; message: string } | null;
}

export interface JobFacts {
  source: LocationFacts;
  /** Null for a scan. */
  destination: LocationFacts | null;
  transferType: TransferType;
  policies: Policies;
}

/** What one side can do and hold, of whatever platform. */
export type SideFacts = Pick<LocationFacts, 'capabilities' | 'limits'>;

interface LossFacts extends Pick<JobFacts, 'transferType' | 'policies'> {
  source: SideFacts;
  destination: SideFacts;
}

/** What a transfer with these policies could lose by what the platforms can do and hold, worst first. */
export function findLosses(facts: LossFacts): Issue[] {
  return worstFirst([...lossIssues(facts), ...limitIssues(facts)]);
}

type LocationField = 'source' | 'destination';
const RANK = { ERROR: 0, WARNING: 1, INFO: 2 };
/** Largest number of findings about one job in an answer. */
export const MAX_ISSUES = 100;

/** Facts about a job that transfers something. */
type TransferFacts = JobFacts & { destination: LocationFacts };

/** All findings about a job, errors first, then warnings. */
export function findIssues(facts: JobFacts): Issue[] {
  const { source, destination } = facts;
  const issues = [...connectionIssues('source', source), ...sourcePlaceIssues(source)];
  if (destination !== null) issues.push(...transferIssues({ ...facts, destination }));
  return worstFirst(issues);
}

/** The most serious ones, at most `MAX_ISSUES`. */
export const worstFirst = (issues: readonly Issue[]): Issue[] =>
  issues.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]).slice(0, MAX_ISSUES);

function transferIssues(facts: TransferFacts): Issue[] {
  return [
    ...connectionIssues('destination', facts.destination),
    ...placeIssues(facts),
    ...deletionIssues(facts),
    ...purgeIssues(facts),
    ...sourceIssues(facts),
    ...(isAboutFiles(facts) ? fileIssues(facts) : rightIssues(facts)),
    ...limitIssues(facts),
  ];
}

/** A feature that the job asks for in vain is refused, and no loss beside. */
function fileIssues(facts: TransferFacts): Issue[] {
  const refused = [...versionIssues(facts), ...lockIssues(facts), ...rightIssues(facts)];
  return [
    ...refused,
    ...lossIssues(facts).filter(({ capability }) => refused.every((one) => one.capability !== capability)),
  ];
}

const isAboutFiles = ({ transferType, policies }: Pick<JobFacts, 'transferType' | 'policies'>): boolean =>
  TABLES[transferType][policies.deletions]?.kinds.includes('FILE') ?? true;

function issue(severity: Issue['severity'], code: ProblemCode, message: string, rest: Partial<Issue> = {}): Issue {
  return { severity, code, message, field: null, capability: null, limit: null, itemCount: null, ...rest };
}

function connectionIssues(side: LocationField, { connection, failure }: LocationFacts): Issue[] {
  const field = [side, 'connectionId'];
  if (connection === null) return [issue('ERROR', 'NOT_FOUND', 'The connection does not exist any more.', { field })];
  const { name, status, statusMessage } = connection;
  switch (status) {
    case 'NEEDS_SIGN_IN':
      return [issue('ERROR', 'SIGN_IN_REQUIRED', `The connection “${name}” needs a sign-in.`, { field })];
    case 'INCOMPLETE':
    case 'NEEDS_PROJECT':
      return [
        issue('ERROR', 'CONNECTION_INCOMPLETE', `The connection “${name}” is incomplete: ${statusMessage}`, { field }),
      ];
    default:
      return failure === null
        ? []
        : [
            issue('WARNING', failure.code, `The connection “${name}” could not be looked at: ${failure.message}`, {
              field,
            }),
          ];
  }
}

function sourcePlaceIssues(source: LocationFacts): Issue[] {
  const issues: Issue[] = [];
  if (source.found === 'MISSING') {
    issues.push(
      issue('ERROR', 'REMOTE_NOT_FOUND', `The source has no folder “${source.path}”.`, { field: ['source', 'at'] }),
    );
  }
  if (source.found === 'FILE')
    issues.push(issue('ERROR', 'INVALID', `“${source.path}” is a file; choose a folder.`, { field: ['source', 'at'] }));
  if (source.canRead === false)
    issues.push(issue('ERROR', 'CAPABILITY_MISSING', 'The source cannot be read.', { field: ['source'] }));
  return issues;
}

function placeIssues({ source, destination }: TransferFacts): Issue[] {
  const issues: Issue[] = [];
  if (destination.found === 'FILE') {
    issues.push(
      issue('ERROR', 'INVALID', `“${destination.path}” is a file; choose a folder.`, { field: ['destination', 'at'] }),
    );
  }
  if (destination.canWrite === false) {
    issues.push(issue('ERROR', 'CAPABILITY_MISSING', 'The destination cannot be written.', { field: ['destination'] }));
  }
  if (areOverlapping(source, destination)) {
    const message = 'One location contains the other, so the job would read what it writes; choose separate folders.';
    issues.push(issue('ERROR', 'OVERLAPPING_LOCATIONS', message, { field: ['destination'] }));
  }
  return issues;
}

/** Whether source and destination overlap: on one connection, or in one file system through two shares. */
export function areOverlapping(source: LocationFacts, destination: LocationFacts): boolean {
  if (source.connectionId === destination.connectionId) return overlap(source.path, destination.path);
  const [from, to] = [source.connection?.root ?? null, destination.connection?.root ?? null];
  return from !== null && to !== null && overlap(`${from}/${source.path}`, `${to}/${destination.path}`);
}

/** Deletions that the job asks for and these two locations cannot follow; what is not known yet is no finding. */
function deletionIssues({ source, destination, transferType, policies }: TransferFacts): Issue[] {
  const table = TABLES[transferType][policies.deletions];
  if (!table || !removesWhatIsGone(table)) return [];
  const reason = cannotRemoveBecause({
    provesAbsence: source.provesAbsence !== false,
    canRemove: destination.canRemove !== false,
  });
  if (reason === null) return [];
  const other = (['IGNORE', 'IGNORE_SOURCE'] as const).find((value) => TABLES[transferType][value] !== null);
  const [remedy, field] = other
    ? [`Choose ${other}.`, ['policies', 'deletions']]
    : [`${transferType} needs it; choose another type of transfer or other places.`, ['transferType']];
  return [issue('ERROR', 'CAPABILITY_MISSING', `${reason} ${remedy}`, { field })];
}

/** Deletions for good: a side that keeps what is removed cannot do so, and elsewhere people should know what it means. */
function purgeIssues({ source, destination, transferType, policies }: TransferFacts): Issue[] {
  const table = TABLES[transferType][policies.deletions];
  if (!table || !policies.deletePermanently) return [];
  const field = ['policies', 'deletePermanently'];
  return sidesTakenFrom(table).map((side) => {
    const { canRemoveForGood } = side === 'SOURCE' ? source : destination;
    const name = side.toLowerCase();
    if (canRemoveForGood === false) {
      const message = `The ${name} keeps what is deleted in its recycle bin and deletes nothing for good. Choose false.`;
      return issue('ERROR', 'CAPABILITY_MISSING', message, { field, capability: 'RECYCLE_BIN' });
    }
    const message = `What the job deletes or replaces at the ${name} is gone for good: it cannot be put back.`;
    return issue('WARNING', 'CAPABILITY_MISSING', message, { field, capability: 'RECYCLE_BIN' });
  });
}

/** What a type of transfer does to the source and the account there cannot; what is not known yet is no finding. */
function sourceIssues({ source, destination, transferType, policies }: TransferFacts): Issue[] {
  const table = TABLES[transferType][policies.deletions];
  if (!table || !changesSource(table)) return [];
  const missing = (message: string) => [issue('ERROR', 'CAPABILITY_MISSING', message, { field: ['source'] })];
  if (source.canWrite === false && writesSource(table))
    return missing(`The source cannot be written, as ${transferType} does; choose COPY.`);
  if (source.canRemove === false && removesMoved(table))
    return missing(`The source cannot remove items, as ${transferType} does with what it has moved; choose COPY.`);
  if (!removesAtSource(table)) return [];
  const reason = cannotRemoveBecause({
    provesAbsence: destination.provesAbsence !== false,
    canRemove: source.canRemove !== false,
  });
  const field = ['policies', 'deletions'];
  const message = 'What is deleted at the destination cannot be deleted at the source. Choose IGNORE_DESTINATION.';
  return reason === null ? [] : [issue('ERROR', 'CAPABILITY_MISSING', message, { field })];
}

const has = (facts: SideFacts, capability: Capability) => (facts.capabilities?.[capability].level ?? 'NONE') !== 'NONE';

/** Versions come as the destination keeps them, or as files of their own; what cannot be so is refused. */
function versionIssues({ source, destination, policies: { maxVersions, versionsAsFiles } }: TransferFacts): Issue[] {
  if (source.capabilities === null || destination.capabilities === null) return [];
  const [from, to] = [has(source, 'VERSION_PRESERVATION'), has(destination, 'VERSION_PRESERVATION')];
  const capability = 'VERSION_PRESERVATION';
  const refused = (message: string, policy: keyof Policies) => [
    issue('ERROR', 'CAPABILITY_MISSING', message, { capability, field: ['policies', policy] }),
  ];
  if (versionsAsFiles && !from) return refused(`${NO_VERSIONS('source')} Choose false.`, 'versionsAsFiles');
  if (versionsAsFiles)
    return to ? refused('The destination keeps versions of a file itself; choose false.', 'versionsAsFiles') : [];
  if (maxVersions === null || maxVersions === 1 || (from && to)) return [];
  return refused(from ? `${NO_VERSIONS('destination')} ${AS_FILES}` : `${NO_VERSIONS('source')} ${ONE}`, 'maxVersions');
}

const NO_VERSIONS = (side: LocationField) => `The ${side} keeps no versions of a file but the latest.`;
const ONE = 'Leave this at null, or choose 1.';
const AS_FILES = 'Leave this at null, choose 1, or choose versionsAsFiles to have former ones as files of their own.';

/** A lock comes over where both sides have such a thing. */
function lockIssues({ source, destination, policies }: TransferFacts): Issue[] {
  if (policies.lockedFiles !== 'PROPAGATE' || source.capabilities === null || destination.capabilities === null)
    return [];
  const capability = 'FILE_LOCK_PROPAGATION';
  const lacking = [source, destination].findIndex((side) => !has(side, capability));
  if (lacking < 0) return [];
  const message = `The ${lacking === 0 ? 'source' : 'destination'} has no locks on files; choose FLAG or SKIP.`;
  return [issue('ERROR', 'CAPABILITY_MISSING', message, { capability, field: ['policies', 'lockedFiles'] })];
}

/** Findings about jobs of folders as well as of files. */
const rightIssues = (facts: TransferFacts): Issue[] => [...privacyIssues(facts), ...groupIssues(facts)];

/** Groups are made where the destination has such a thing. */
function groupIssues({ destination, policies }: TransferFacts): Issue[] {
  if (!policies.createGroups || destination.capabilities === null || has(destination, 'GROUP_MAP')) return [];
  const message = 'No groups can be made at the destination; choose false.';
  const rest = { capability: 'GROUP_MAP', field: ['policies', 'createGroups'] } as const;
  return [issue('ERROR', 'CAPABILITY_MISSING', message, { ...rest, field: [...rest.field] })];
}

/** The private flag comes over where both sides have such a thing, of folders as well as of files. */
function privacyIssues({ source, destination, policies }: TransferFacts): Issue[] {
  if (policies.permissions !== 'PRIVACY_FLAG' || source.capabilities === null || destination.capabilities === null)
    return [];
  const capability = 'PERMISSION_PRESERVATION';
  const lacking = [source, destination].findIndex((side) => !has(side, capability));
  if (lacking < 0) return [];
  const message = `The ${lacking === 0 ? 'source' : 'destination'} has no private items; choose NONE.`;
  return [issue('ERROR', 'CAPABILITY_MISSING', message, { capability, field: ['policies', 'permissions'] })];
}

/** What stays behind of what files have, by the table that the engine itself works by. */
function featureIssues({ source, destination, policies }: LossFacts): Issue[] {
  const [from, to] = [source.capabilities, destination.capabilities];
  if (from === null || to === null) return [];
  return COMPARED_FEATURES.flatMap((capability) => {
    const way = wayOf(capability, { source: from, destination: to }, policies);
    const { loss } = featureWay(capability, way);
    if (loss === null) return [];
    return [issue(loss, 'CAPABILITY_MISSING', featureTold(capability, way, policies), { capability })];
  });
}

function lossIssues(facts: LossFacts): Issue[] {
  const { destination, policies } = facts;
  const isProved = policies.verification !== 'CHECKSUM' || policies.readBack || has(destination, 'CONTENT_CHECKSUM');
  if (destination.capabilities === null || isProved) return featureIssues(facts);
  const message = 'The destination keeps no checksum: arrival is proved by size, unless the job reads every file back.';
  const rest = { capability: 'CONTENT_CHECKSUM', field: ['policies', 'readBack'] } as const;
  return [...featureIssues(facts), issue('INFO', 'CAPABILITY_MISSING', message, { ...rest, field: [...rest.field] })];
}

/** Limits that folders do not meet. */
const OF_FILES: ReadonlySet<LimitKind> = new Set(['MAX_FILE_BYTES', 'RESTRICTED_TYPES']);

function limitIssues(facts: LossFacts): Issue[] {
  const { source, destination, policies } = facts;
  const [from, to] = [source.limits, destination.limits];
  if (from === null || to === null) return [];
  const withFiles = isAboutFiles(facts);
  const limits = LIMIT_KINDS.filter((limit) => withFiles || !OF_FILES.has(limit));
  const issues = limits.flatMap((limit) => {
    const found = limitWay(limit, { source: from, destination: to }, policies);
    return found === null ? [] : [issue('INFO', 'PLATFORM_LIMIT', found.told, { limit })];
  });
  if (withFiles && !to.holdsEmptyFiles && policies.zeroByteFile === 'TRANSFER') {
    issues.unshift(issue('WARNING', 'PLATFORM_LIMIT', 'The destination cannot hold empty files; they are left out.'));
  }
  return issues;
}
