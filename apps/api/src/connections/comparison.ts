import { compare, type ComparedSide, type ComparisonRow } from '@sluice/core/compare';
import { defaultPolicies } from '@sluice/core/plan';
import { PlatformError, type Limits, type PlatformDescription, type PlatformKind } from '@sluice/core/platform';
import { inBatches } from '../db/batch.js';
import type { ConnectionRow } from '../db/row-types.js';
import { inputError } from '../graphql/input-error.js';
import { CATALOG } from './catalog.js';
import type { ComparisonSideInput } from './comparison.types.js';

/** A side of a comparison: a platform in general, or as one connection has it. */
export interface PlatformSide extends ComparedSide {
  kind: PlatformKind;
  /** Limits of the platform in general, against which a scan holds names. */
  general: Limits;
}

/** What sides are made of. */
export interface SideAccess {
  byIds(ids: readonly string[]): Promise<(ConnectionRow | null)[]>;
  open(connectionId: string): Promise<ComparedSide>;
  describe(kind: PlatformKind): PlatformDescription;
}

const KINDS = CATALOG.map(({ kind }) => kind).join(' or ');

/** Sides of comparisons, as they are asked for. */
export class ComparisonSides {
  private readonly connectionById: (id: string) => Promise<ConnectionRow | null>;

  constructor(private readonly connections: SideAccess) {
    this.connectionById = inBatches((ids) => connections.byIds(ids));
  }

  /** `seesConnections`: whether the caller may know which connections there are. Throws an error of the input at its field. */
  async asked(
    { platform, connectionId }: ComparisonSideInput,
    field: 'source' | 'destination',
    seesConnections: boolean,
  ): Promise<PlatformSide> {
    if (connectionId === undefined) {
      const general = CATALOG.find(({ kind }) => kind === platform);
      if (!general) throw inputError([field, 'platform'], `is wrong: choose ${KINDS}.`);
      return sideOf(general);
    }
    const row = seesConnections ? await this.connectionById(connectionId) : null;
    if (row) return this.of(row);
    throw inputError([field, 'connectionId'], 'is wrong: there is no such connection.');
  }

  /** As the account has it; while it cannot be used, as its platform has it in general. */
  async of(row: ConnectionRow): Promise<PlatformSide> {
    const general = this.connections.describe(row.platform);
    try {
      const { capabilities, limits } = await this.connections.open(row.id);
      return { ...sideOf(general), capabilities, limits };
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      return sideOf(general);
    }
  }

  /** What comes along under the default policies. */
  async compare(source: ComparisonSideInput, destination: ComparisonSideInput): Promise<ComparisonRow[]> {
    const sides = await Promise.all([this.asked(source, 'source', true), this.asked(destination, 'destination', true)]);
    return compare(...sides, defaultPolicies('COPY'));
  }
}

const sideOf = ({ kind, capabilities, limits }: PlatformDescription): PlatformSide => ({
  ...{ kind, capabilities, limits },
  general: limits,
});
