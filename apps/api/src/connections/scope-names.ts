import { isDeepStrictEqual } from 'node:util';
import { PlatformError, type Call, type Check, type Platform } from '@sluice/core/platform';
import { originsOf } from '@sluice/procore';
import type { ConnectionRow } from '../db/row-types.js';
import type { StoredSettings } from '../db/tables/connections.js';
import type { PlatformPool } from './platforms.js';

type NamedScope = { id: string; name: string; detail: string | null };
/** Companies or projects that a list has at most. */
export const MAX_SCOPES = 200;
const MAX_REMEMBERED_NAMES = 5_000;

/** Companies and projects of an account, and their names as far as they are known. */
export class ScopeNames {
  private readonly known = new Map<string, string>();

  constructor(private readonly platforms: PlatformPool) {}

  /** Companies, or projects of one; null for a platform without them. */
  async list(
    row: ConnectionRow,
    companyId: string | null,
    search: string | null,
    call: Call,
  ): Promise<NamedScope[] | null> {
    const platform = await this.platforms.openRow(row);
    return this.ask(row, platform, companyId, search, call);
  }

  /** Settings with the names that fit their ids. */
  keep(row: ConnectionRow, settings: StoredSettings): StoredSettings {
    const before = row.settings;
    if (settings.kind !== 'PROCORE' || before.kind !== 'PROCORE') return settings;
    const name = (id: string | null, parent: string | null) =>
      id === null ? null : (this.known.get(keyOf(row, parent, id)) ?? null);
    // A name is used only at the host that it was learnt from: elsewhere the same identifier belongs to another company.
    if (!isDeepStrictEqual(originsOf(settings), originsOf(before))) return settings;
    const isSameCompany = settings.companyId === before.companyId;
    const isSameProject = isSameCompany && settings.projectId === before.projectId;
    return {
      ...settings,
      companyName: (isSameCompany ? before.companyName : null) ?? name(settings.companyId, null),
      projectName: (isSameProject ? before.projectName : null) ?? name(settings.projectId, settings.companyId),
      signedInAs: before.signedInAs,
    };
  }

  /** The signed-in account, and names that are not known yet, after a test that found company and project. */
  async find(row: ConnectionRow, checks: readonly Check[], call: Call): Promise<Partial<StoredSettings>> {
    const isSignedIn = checks.some(({ step, outcome }) => step === 'SIGN_IN' && outcome === 'PASSED');
    if (row.settings.kind !== 'PROCORE' || !isSignedIn) return {};
    const { login } = await this.platforms.openRow(row);
    return { ...(login && { signedInAs: login }), ...(await this.findScopes(row, checks, call)) };
  }

  private async findScopes(row: ConnectionRow, checks: readonly Check[], call: Call): Promise<Partial<StoredSettings>> {
    const { settings } = row;
    const isFound = checks.some(({ step, outcome }) => step === 'PROJECT' && outcome === 'PASSED');
    if (settings.kind !== 'PROCORE' || !isFound || (settings.companyName !== null && settings.projectName !== null))
      return {};
    try {
      await this.list(row, null, null, call);
      await this.list(row, settings.companyId, null, call);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
    }
    const { companyName, projectName } = this.keep(row, settings) as typeof settings;
    return { companyName, projectName };
  }

  private async ask(row: ConnectionRow, platform: Platform, parent: string | null, search: string | null, call: Call) {
    if (platform.scopes === undefined) return null;
    const scopes = (await platform.scopes.list(parent, search, call)).slice(0, MAX_REMEMBERED_NAMES);
    if (this.known.size + scopes.length > MAX_REMEMBERED_NAMES) this.known.clear();
    // Names beyond the shown ones are remembered as well: the project of a connection may be any of them.
    for (const { id, name } of scopes) this.known.set(keyOf(row, parent, id), name);
    return scopes.slice(0, MAX_SCOPES);
  }
}

function keyOf(row: ConnectionRow, parent: string | null, id: string): string {
  return JSON.stringify([row.id, parent, id]);
}
