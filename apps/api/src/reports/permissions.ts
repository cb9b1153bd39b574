import { tableOf } from '@sluice/core/decide';
import type { Clock } from '@sluice/core/http';
import { PlatformError, type Call, type Item, type Platform } from '@sluice/core/platform';
import { PlaceListing, type PlacePart } from '@sluice/core/run';
import type { JobRow, ReportRow } from '../db/row-types.js';
import { openLocation } from '../jobs/open-location.js';
import { effectivePolicies } from '../jobs/policies.js';
import type { ConnectionAccess } from '../jobs/ports.js';
import { sourceOf } from '../jobs/stored-location.js';
import { MAX_DIRECTORY_NAMES } from '../mappings/compiled.js';
import { pathOfKey, rootsOf } from '../runs/reading/roots.js';
import type { Cell, Rows } from './lines.js';
import { callOf, sourceRootOf, turn, whileResting } from './listed-anew.js';
import type { Making } from './making.js';
import type { WorkContents } from './work-contents.js';

/** Fields in which items tell whom they belong to and what others may do, where their platform has such. */
const RIGHTS = ['owner', 'group', 'mode'] as const;
const PEOPLE = ['ACCOUNT', 'GROUP'] as const;

export interface PermissionParts {
  connections: Pick<ConnectionAccess, 'open'>;
  work: Pick<WorkContents, 'subject' | 'requireSame'>;
  clock: Pick<Clock, 'now'>;
}

/**
 * Who had access at the source of a job, which is listed anew: each item in scope with what it tells of its rights, and where items
 * tell of no owner the people and groups that the account may see at the platform. It changes nothing anywhere, and holds no more
 * than a portion of the listing.
 */
export class Permissions {
  constructor(private readonly parts: PermissionParts) {}

  /** Throws a `Refusal` where the source cannot be listed as a whole, or the job ran meanwhile. */
  rows(report: Pick<ReportRow, 'id' | 'subjectId'>, making: Making): Rows {
    return whileResting(this.parts.work, report, making, (job) => this.ofSource(job, callOf(job, report.id, making)));
  }

  private async *ofSource(job: JobRow, call: Call): Rows {
    const place = await openLocation(this.parts.connections, sourceOf(job), call);
    const root = await sourceRootOf(job, place, call);
    let hasOwners = false;
    for await (const part of this.listing(job, place).parts(root, call)) {
      hasOwners ||= part.items.some(({ item }) => item.fields?.['owner'] !== undefined);
      yield rowsOf(part, rootsOf(job).source);
      await turn(call.signal);
    }
    if (!hasOwners) yield* peopleOf(place.platform, call);
  }

  private listing(job: JobRow, { platform, root }: { platform: Platform; root: readonly string[] }): PlaceListing {
    const table = tableOf(job.transferType, effectivePolicies(job.transferType, job.policies));
    const kinds = table?.kinds ?? (['FILE', 'FOLDER'] as const);
    const details = { fields: RIGHTS, tags: false };
    return new PlaceListing({ platform, root, rules: job.rules, kinds, now: this.parts.clock.now(), details });
  }
}

async function* peopleOf(platform: Platform, call: Call): Rows {
  if (platform.directory === undefined) return;
  for (const kind of PEOPLE) {
    const request = { kind, search: null, limit: MAX_DIRECTORY_NAMES };
    const found = await platform.directory.list(request, call).catch(hiddenOnly);
    if (found === null) yield [line({ section: kind, message: 'The account of the connection may not see them.' })];
    else yield found.map(({ key, label, email }) => line({ section: kind, name: key, label, email }));
    if (found?.length === MAX_DIRECTORY_NAMES) yield [line({ section: kind, message: 'There may be more of them.' })];
  }
}

function hiddenOnly(error: unknown): null {
  if (error instanceof PlatformError && error.kind === 'ACCESS_DENIED') return null;
  throw error;
}

const rowsOf = ({ items, problems }: PlacePart, root: string): Cell[][] => [
  ...items.map(({ key, item }) => line({ section: 'ITEM', path: pathOfKey(root, key), ...rightsOf(item) })),
  ...problems.map(({ key, problem }) =>
    line({ section: 'UNKNOWN', path: pathOfKey(root, key), message: problem.error.message }),
  ),
];

const rightsOf = ({ kind, isPrivate, fields = {} }: Item): Partial<Line> => ({
  ...{ kind, isPrivate, owner: fields['owner'], group: fields['group'], mode: fields['mode'] },
});

interface Line {
  section: 'ITEM' | 'UNKNOWN' | (typeof PEOPLE)[number];
  path: string | null;
  kind: string;
  isPrivate: boolean | null;
  owner: string;
  group: string;
  mode: string;
  name: string;
  label: string;
  email: string | null;
  message: string;
}

/** In the order of the columns. */
const line = (told: Pick<Line, 'section'> & Partial<Line>): Cell[] => [
  told.section,
  told.path ?? null,
  told.kind ?? null,
  told.isPrivate ?? null,
  told.owner ?? null,
  told.group ?? null,
  told.mode ?? null,
  told.name ?? null,
  told.label ?? null,
  told.email ?? null,
  told.message ?? null,
];
