import type { JobRow, ReportRow } from '../db/row-types.js';
import { setMaxListeners } from 'node:events';
import { tableOf, writesSource } from '@sluice/core/decide';
import { holds } from '@sluice/core/compare';
import type { Clock } from '@sluice/core/http';
import type { Policies, Side } from '@sluice/core/plan';
import { identityOf, type Call, type ItemKind } from '@sluice/core/platform';
import { PlaceListing } from '@sluice/core/run';
import { requireDestination, sourceOf } from '../jobs/stored-location.js';
import { openLocation, type OpenLocation } from '../jobs/open-location.js';
import { effectivePolicies } from '../jobs/policies.js';
import type { ConnectionAccess } from '../jobs/ports.js';
import type { KnownPairStore } from '../runs/reading/known-pairs.store.js';
import { ComparedPlaces } from './compared-places.js';
import { contentReader } from './content-reader.js';
import type { Rows } from './lines.js';
import { callOf, rootOf, sourceRootOf, turn, whileResting } from './listed-anew.js';
import { meetings } from './listed-item.js';
import type { Making } from './making.js';
import { SortedLines } from './sorted-lines.js';
import { ValidationRows } from './validation-rows.js';
import type { WorkContents } from './work-contents.js';

const PORTION_ROWS = 200;
/** Items that are compared before others get their turn. */
const PORTION_ITEMS = 500;

export interface ValidationParts {
  connections: Pick<ConnectionAccess, 'open' | 'budgetIdOf'>;
  known: KnownPairStore;
  work: Pick<WorkContents, 'subject' | 'requireSame'>;
  clock: Pick<Clock, 'now'>;
}

/** A job whose both sides are open. */
interface Opened {
  job: JobRow;
  policies: Policies;
  places: Readonly<Record<Side, OpenLocation>>;
  call: Call;
}

/**
 * Lists both sides of a job anew and compares them, one row for each difference. It changes nothing anywhere, takes calls from
 * the budgets as a run of the job does, and keeps what it lists in files, so that its memory does not grow with the items.
 */
export class Validation {
  constructor(private readonly parts: ValidationParts) {}

  /** Throws a `Refusal` where a side cannot be listed as a whole, or the job ran meanwhile. */
  rows(report: Pick<ReportRow, 'id' | 'subjectId'>, making: Making): Rows {
    const call = (job: JobRow) => callOf(job, report.id, making);
    return whileResting(this.parts.work, report, making, (job) => this.compared(job, call(job), making));
  }

  private async open(job: JobRow, call: Call): Promise<Opened> {
    const { connections } = this.parts;
    const policies = effectivePolicies(job.transferType, job.policies);
    const places = {
      SOURCE: await openLocation(connections, sourceOf(job), call),
      DESTINATION: await openLocation(connections, requireDestination(job), call),
    };
    return { job, policies, places, call };
  }

  private async *compared(job: JobRow, call: Call, making: Making): Rows {
    const opened = await this.open(job, call);
    const { places, policies } = opened;
    const lines = {
      SOURCE: new SortedLines(making.folder, 'source'),
      DESTINATION: new SortedLines(making.folder, 'destination'),
    };
    const { listing, compared } = await this.list(opened, lines);
    const reader = await contentReader(this.parts.connections, { places, job, policies, call });
    const rows = new ValidationRows({ job, policies, listing, compared, reader });
    let pending = rows.unlisted();
    let count = 0;
    for await (const { source, destination } of meetings(lines.SOURCE.read(), lines.DESTINATION.read())) {
      const row = await rows.judge(source, destination);
      if (row !== null) pending.push(row);
      count += 1;
      if (count % PORTION_ITEMS === 0) await turn(call.signal);
      if (pending.length < PORTION_ROWS) continue;
      yield pending;
      pending = [];
    }
    making.tell(rows.totals);
    yield pending;
  }

  /** Lists both sides at the same time; gives the listing of the source, whose filters tell of its folders. */
  private async list(opened: Opened, lines: Readonly<Record<Side, SortedLines>>) {
    const { job, policies, places, call } = opened;
    const table = tableOf(job.transferType, policies);
    const now = this.parts.clock.now();
    const kinds = kindsOf(table?.kinds ?? ['FILE', 'FOLDER'], policies);
    const joinsVersions = holds(places.DESTINATION.platform.capabilities.VERSION_PRESERVATION);
    const listingOf = (side: Side, isFiltered: boolean) =>
      new PlaceListing({
        ...{ ...places[side], rules: isFiltered ? job.rules : [], kinds, now },
        ...(side === 'SOURCE' ? { joinsVersions } : {}),
      });
    const listings = {
      SOURCE: listingOf('SOURCE', true),
      DESTINATION: listingOf('DESTINATION', table !== null && writesSource(table)),
    };
    const roots = {
      SOURCE: await sourceRootOf(job, places.SOURCE, call),
      DESTINATION: await rootOf(places.DESTINATION, call),
    };
    const ledger = await this.parts.known.ledgerOf(job.id, identityOf(roots.SOURCE));
    const compared = new ComparedPlaces(lines, places.DESTINATION.platform.limits, async (ids) =>
      ledger === null ? new Map() : this.parts.known.bySourceIds(ledger, ids),
    );
    await inParallel(call.signal, (signal) =>
      (['SOURCE', 'DESTINATION'] as const).map(async (side) => {
        const root = roots[side];
        if (root === null) return;
        for await (const part of listings[side].parts(root, { ...call, signal })) {
          await compared.take(side, part);
          await turn(signal);
        }
      }),
    );
    return { listing: listings.SOURCE, compared };
  }
}

/** Folders stand for themselves only where the job makes empty ones. */
const kindsOf = (kinds: readonly ItemKind[], { emptyFolders }: Policies): ItemKind[] =>
  kinds.filter((kind) => kind === 'FILE' || !kinds.includes('FILE') || emptyFolders === 'CREATE');

/** Runs tasks at the same time; the first that fails ends the others, and is thrown once they are over. */
async function inParallel(outer: AbortSignal, begin: (signal: AbortSignal) => Promise<void>[]): Promise<void> {
  const failed = new AbortController();
  const signal = AbortSignal.any([outer, failed.signal]);
  setMaxListeners(0, signal);
  const guarded = begin(signal).map((task) =>
    task.catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  const results = await Promise.allSettled(guarded);
  if (results.some(({ status }) => status === 'rejected')) throw failed.signal.reason;
}
