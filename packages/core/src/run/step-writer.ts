import { createHash, type Hash } from 'node:crypto';
import type { Clock } from '../http/index.js';
import { INERT_ACTIONS, type PlanAction, type Side, type Step } from '../plan/index.js';
import type { Item } from '../platform/index.js';
import type { EngineStore } from './ports/index.js';

const BATCH_STEPS = 200;
const BATCH_UNCHANGED_ITEMS = 50_000;

/** Hands the steps of a plan to the store in batches, and takes their fingerprint. */
export class StepWriter {
  /** Steps to carry out, by the side that they change and by action. */
  readonly planned: Readonly<Record<Side, Map<PlanAction, number>>> = { SOURCE: new Map(), DESTINATION: new Map() };
  /** Steps that refuse an item. */
  refusals = 0;
  private readonly digest: Hash = createHash('sha256');
  private readonly steps: Step[] = [];
  private readonly unchanged = { items: 0, bytes: 0 };

  constructor(
    private readonly store: Pick<EngineStore, 'appendSteps' | 'countUnchanged'>,
    private readonly clock: Pick<Clock, 'sleep'>,
  ) {}

  async add(step: Step): Promise<void> {
    const { action, side, sourceKey, destinationKey, source, existing, reason } = step;
    const line = [
      ...(side === 'SOURCE' ? [side] : []),
      action,
      sourceKey,
      destinationKey,
      source?.version,
      existing?.version,
      reason,
    ];
    this.digest.update(JSON.stringify(line));
    this.steps.push(step);
    const planned = this.planned[side];
    this.refusals += Number(action === 'REFUSE');
    if (!INERT_ACTIONS.has(action)) planned.set(action, (planned.get(action) ?? 0) + 1);
    if (this.steps.length < BATCH_STEPS) return;
    await this.flushSteps();
    // A store in the same thread waits for nothing: others get their turn, however many items a folder has.
    await this.clock.sleep(0);
  }

  async addUnchanged(item: Item): Promise<void> {
    await this.countUnchanged(1, item.size ?? 0);
  }

  async countUnchanged(items: number, bytes: number): Promise<void> {
    this.unchanged.items += items;
    this.unchanged.bytes += bytes;
    await this.flushUnchanged(BATCH_UNCHANGED_ITEMS);
  }

  /** Everything is stored; gives the fingerprint of all steps, hex. */
  async finish(): Promise<string> {
    await this.flushSteps();
    await this.flushUnchanged(1);
    return this.digest.digest('hex');
  }

  private async flushSteps(): Promise<void> {
    if (this.steps.length > 0) await this.store.appendSteps(this.steps.splice(0));
  }

  private async flushUnchanged(threshold: number): Promise<void> {
    if (this.unchanged.items < threshold) return;
    await this.store.countUnchanged(this.unchanged.items, this.unchanged.bytes);
    this.unchanged.items = this.unchanged.bytes = 0;
  }
}
