import type { JobRow } from '../db/row-types.js';
import type { Policies } from '@sluice/core/plan';
import { compareNames } from '@sluice/core/platform';
import type { PlaceListing } from '@sluice/core/run';
import { pathOfKey, rootsOf } from '../runs/reading/roots.js';
import type { ComparedPlaces, UnlistedPlace } from './compared-places.js';
import type { Cell } from './lines.js';
import type { ReadItem } from './listed-item.js';
import type { ValidationTotals } from '../db/tables/reports.js';
import { isTaken, judgeContents, type ContentVerdict, type ReadContent } from './verdicts.js';

export interface RowParts {
  job: JobRow;
  policies: Policies;
  /** Of the source. */
  listing: Pick<PlaceListing, 'isInVain'>;
  compared: Pick<ComparedPlaces, 'isProved' | 'unlisted'>;
  reader: ReadContent | null;
}

interface Difference {
  difference: 'MISSING' | 'EXTRA' | 'DIFFERENT' | 'UNKNOWN';
  source?: ReadItem | null;
  destination?: ReadItem | null;
  verdict?: ContentVerdict;
  message: string;
}

/** Judges what meets at a place, and keeps count. */
export class ValidationRows {
  readonly totals: ValidationTotals = {
    sourceItems: 0,
    destinationItems: 0,
    sourceBytes: 0,
    destinationBytes: 0,
    equalItems: 0,
    missingItems: 0,
    extraItems: 0,
    differentItems: 0,
  };
  private readonly roots;

  constructor(private readonly parts: RowParts) {
    this.roots = rootsOf(parts.job);
  }

  /** Places of which nothing is known, since they could not be listed. */
  unlisted(): Cell[][] {
    return inOrder(this.parts.compared.unlisted).map(({ side, key, problem: { kind, error } }) => [
      'UNKNOWN',
      kind === 'FILE' ? 'FILE' : 'FOLDER',
      side === 'SOURCE' ? pathOfKey(this.roots.source, key) : null,
      side === 'DESTINATION' ? pathOfKey(this.roots.destination, key) : null,
      ...NOTHING,
      error.message,
    ]);
  }

  /** Null for what does not differ. */
  async judge(listed: ReadItem | null, destination: ReadItem | null): Promise<Cell[] | null> {
    const source = listed !== null && this.isInScope(listed) ? listed : null;
    this.count(source, destination);
    const difference = await this.differenceOf(source, destination);
    return difference && this.row(difference);
  }

  private isInScope(item: ReadItem): boolean {
    if (!isTaken(item, this.parts.policies)) return false;
    return item.kind === 'FILE' || !this.parts.listing.isInVain(item.key);
  }

  private count(source: ReadItem | null, destination: ReadItem | null): void {
    const { totals } = this;
    totals.sourceItems += Number(source !== null);
    totals.destinationItems += Number(destination !== null);
    totals.sourceBytes += source?.size ?? 0;
    totals.destinationBytes += destination?.size ?? 0;
  }

  private async differenceOf(source: ReadItem | null, destination: ReadItem | null): Promise<Difference | null> {
    const { compared } = this.parts;
    if (source !== null && destination !== null) return this.compare(source, destination);
    if (source !== null && compared.isProved('DESTINATION', source.place)) {
      this.totals.missingItems += 1;
      return { difference: 'MISSING', source, message: 'The destination does not have it.' };
    }
    if (destination !== null && compared.isProved('SOURCE', destination.place)) {
      this.totals.extraItems += 1;
      return { difference: 'EXTRA', destination, message: 'Nothing of the source in scope belongs there.' };
    }
    return null;
  }

  private async compare(source: ReadItem, destination: ReadItem): Promise<Difference | null> {
    const verdict = source.kind === 'FOLDER' ? null : await judgeContents(source, destination, this.parts.reader);
    if (verdict === null || verdict.equality === 'EQUAL') {
      this.totals.equalItems += 1;
      return null;
    }
    if (verdict.equality === 'OPEN')
      return { difference: 'UNKNOWN', source, destination, verdict, message: verdict.because };
    this.totals.differentItems += 1;
    const message = verdict.comparedBy === 'SIZE' ? 'The sizes differ.' : 'The checksums differ.';
    return { difference: 'DIFFERENT', source, destination, verdict, message };
  }

  private row({ difference, source = null, destination = null, verdict, message }: Difference): Cell[] {
    return [
      difference,
      (source ?? destination)!.kind,
      pathOfKey(this.roots.source, source?.key ?? null),
      pathOfKey(this.roots.destination, destination?.key ?? null),
      source?.size ?? null,
      destination?.size ?? null,
      verdict?.sourceSha256 ?? source?.sha256 ?? null,
      verdict?.destinationSha256 ?? destination?.sha256 ?? null,
      verdict?.comparedBy ?? null,
      message,
    ];
  }
}

/** Those of the source first. */
const inOrder = (places: readonly UnlistedPlace[]): UnlistedPlace[] =>
  places.toSorted((one, other) =>
    one.side === other.side ? compareNames(one.key, other.key) : one.side === 'SOURCE' ? -1 : 1,
  );

const NOTHING: readonly Cell[] = [null, null, null, null, null];
