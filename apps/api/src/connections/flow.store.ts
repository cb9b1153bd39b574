import { and, eq, gt, inArray, isNotNull, lt, type SQL } from 'drizzle-orm';
import type { FlowRow } from '../db/row-types.js';
import type { Base } from '../base.js';
import type { Transaction } from '../db/database.js';
import type { StoredFlowState } from '../db/tables/connections.js';
import type { Problem } from '../problems.js';
import { SealBrokenError } from '../secrets/vault.js';

/** A sign-in can be asked for until this time after it began, then it is removed. */
const FLOW_KEPT_MS = 24 * 3600_000;

/** Sign-ins under way, in the database. The address to open is sealed there, because the state is part of it. */
export class FlowStore {
  constructor(private readonly base: Pick<Base, 'db' | 'clock' | 'vault'>) {}

  async insert(flow: FlowRow): Promise<void> {
    const { authorizationUrl: url, id } = flow;
    const sealed = { ...flow, authorizationUrl: url === null ? null : this.base.vault.seal(url, id) };
    await this.base.db.transact(async (tx) => {
      await tx.insert(this.base.db.tables.oauthFlows).values(sealed);
      if (flow.connectionId !== null) tx.concerns(flow.connectionId);
    });
  }

  /** The sign-ins with these ids, each with the address to open, unsealed. */
  async byIds(ids: readonly string[]): Promise<FlowRow[]> {
    const { oauthFlows } = this.base.db.tables;
    const rows = await this.base.db.reader.select().from(oauthFlows).where(inArray(oauthFlows.id, ids.slice()));
    return rows.map((row) => ({ ...row, authorizationUrl: this.opened(row) }));
  }

  /** Removes flows older than `FLOW_KEPT_MS`, in whatever state they are. */
  async prune(): Promise<void> {
    const { oauthFlows } = this.base.db.tables;
    const oldest = new Date(this.base.clock.now() - FLOW_KEPT_MS);
    await this.base.db.transact(
      async (tx) => void (await tx.delete(oauthFlows).where(lt(oauthFlows.createdAt, oldest))),
    );
  }

  /** Takes the pending flow with that state, once; null when none is pending, in time, and of this session. */
  take(stateHash: string, sessionId: string | null): Promise<FlowRow | null> {
    return this.takeWhere(eq(this.base.db.tables.oauthFlows.stateHash, stateHash), sessionId);
  }

  /** Takes the pending flow with that id, whose code a person copied; null as for `take`. */
  takeForCode(id: string, returnTo: string, sessionId: string | null): Promise<FlowRow | null> {
    const { oauthFlows } = this.base.db.tables;
    return this.takeWhere(and(eq(oauthFlows.id, id), eq(oauthFlows.returnTo, returnTo)), sessionId);
  }

  private takeWhere(which: SQL | undefined, sessionId: string | null): Promise<FlowRow | null> {
    const { oauthFlows } = this.base.db.tables;
    return this.base.db.transact(async (tx) => {
      const now = new Date(this.base.clock.now());
      const isOpen = and(
        which,
        eq(oauthFlows.state, 'PENDING'),
        isNotNull(oauthFlows.authorizationUrl),
        gt(oauthFlows.expiresAt, now),
      );
      const [flow] = await tx.select().from(oauthFlows).where(isOpen);
      if (flow === undefined || (flow.sessionId !== null && flow.sessionId !== sessionId)) return null;
      const used = { stateHash: `used:${flow.id}`, authorizationUrl: null };
      const [taken] = await tx.update(oauthFlows).set(used).where(isOpen).returning();
      return taken ?? null;
    });
  }

  end(flow: FlowRow, state: StoredFlowState, failure: Problem | null): Promise<FlowRow> {
    return this.base.db.transact((tx) => this.endIn(tx, flow, state, failure));
  }

  async endIn(tx: Transaction, flow: FlowRow, state: StoredFlowState, failure: Problem | null): Promise<FlowRow> {
    const { oauthFlows } = this.base.db.tables;
    const ended = { state, failure, authorizationUrl: null };
    await tx.update(oauthFlows).set(ended).where(eq(oauthFlows.id, flow.id));
    return { ...flow, ...ended };
  }

  /** The address to open, unsealed; null when it was sealed with another key, and then the sign-in has to begin again. */
  private opened({ authorizationUrl, id }: FlowRow): string | null {
    if (authorizationUrl === null) return null;
    try {
      return this.base.vault.open<string>(authorizationUrl, id);
    } catch (error) {
      if (error instanceof SealBrokenError) return null;
      throw error;
    }
  }
}
