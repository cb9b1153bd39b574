import type { ItemReason } from '@sluice/core/plan';
import type { RunCounters } from '../../db/tables/runs.js';
import { count } from '../engine-store/counters.js';
import type { FlaggedItem } from './flagged.store.js';

interface Figures {
  items: number;
  bytes: number;
}

/** How many flagged items of each plan become skipped ones, by the reason for which they were flagged. */
export class IgnoredItems {
  private readonly byPlan = new Map<number, Map<ItemReason, Figures>>();

  add(items: readonly FlaggedItem[]): void {
    for (const { planOrdinal, reason, byteCount } of items) {
      const reasons = this.byPlan.get(planOrdinal) ?? new Map<ItemReason, Figures>();
      const { items: before, bytes } = reasons.get(reason) ?? { items: 0, bytes: 0 };
      this.byPlan.set(planOrdinal, reasons.set(reason, { items: before + 1, bytes: bytes + byteCount }));
    }
  }

  /** Ordinals of the plans. */
  get plans(): Iterable<number> {
    return this.byPlan.keys();
  }

  /** Moves them in the counters of the plan's run. */
  moveIn(counters: RunCounters, planOrdinal: number): void {
    for (const [reason, { items, bytes }] of this.byPlan.get(planOrdinal) ?? []) {
      count(counters, 'FLAGGED', reason, { items: -items, bytes: -bytes });
      count(counters, 'SKIPPED', 'IGNORED', { items, bytes });
    }
  }
}
