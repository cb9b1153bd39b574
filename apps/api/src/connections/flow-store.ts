import { and, eq, gt, inArray } from 'drizzle-orm';
import type { Base } from '../base.js';
import type { Transaction } from '../db/database.js';
import type { StoredFlowState } from '../db/tables/connections.js';
import type { Problem } from '../problems.js';

export type FlowRow = Base['db']['tables']['oauthFlows']['$inferSelect'];

/** Sign-ins under way, in the database. */
export class FlowStore {
  constructor(private readonly base: Pick<Base, 'db' | 'clock'>) {}

  async insert(flow: FlowRow): Promise<void> {
    await this.base.db.transact(async (tx) => void (await tx.insert(this.base.db.tables.oauthFlows).values(flow)));
  }

  async byIds(ids: readonly string[]): Promise<FlowRow[]> {
    const { oauthFlows } = this.base.db.tables;
    return this.base.db.reader.select().from(oauthFlows).where(inArray(oauthFlows.id, ids.slice()));
  }

  /** Uses up a state; null when there is none that is pending, in time, and of this session. */
  async take(stateHash: string, sessionId: string | null): Promise<FlowRow | null> {
    const { oauthFlows } = this.base.db.tables;
    return this.base.db.transact(async (tx) => {
      const now = new Date(this.base.clock.now());
      const isOpen = and(
        eq(oauthFlows.stateHash, stateHash),
        eq(oauthFlows.state, 'PENDING'),
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
}
