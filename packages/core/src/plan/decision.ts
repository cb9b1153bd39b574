import type { Item, Limits } from '../platform/index.js';
import type { Policies } from './policies.js';
import type { ItemReason } from './vocabulary.js';

/** What a decision depends on beside its item. */
export interface Rules {
  policies: Policies;
  limits: Limits;
  /** Start of the planning, to judge locks. */
  now: Date;
  /** Whether the same conflict is settled for the other side too, where the source loses when both are of one age. */
  winsTies?: boolean;
  /** Whether what is locked at the source is locked at the destination, and whether the reverse is so too; absent or null: neither. */
  locks?: 'ONE_WAY' | 'BOTH_WAYS' | null;
}

/** What is to be done about one item, before it has its name and its costs. */
export interface Decision {
  action: 'ADOPT' | 'CREATE' | 'REFUSE' | 'SKIP' | 'UPDATE';
  reason: ItemReason;
  message: string;
  remedy?: string;
  existing?: Item;
  /** ADOPT of an item that the ledger knows already. */
  isNote?: boolean;
  isDestructive?: boolean;
  /** `EXISTING`: the item at the destination gets a conflict name. `SOURCE`: the source's gets it. */
  keepBoth?: 'EXISTING' | 'SOURCE';
}

export const adopt = (existing: Item, message: string): Decision => ({
  action: 'ADOPT',
  reason: 'IDENTICAL',
  message,
  existing,
});

/** Equal contents under another version than the ledger has. */
export const note = (existing: Item, message: string): Decision => ({ ...adopt(existing, message), isNote: true });

export const skip = (reason: ItemReason, message: string): Decision => ({ action: 'SKIP', reason, message });

export const refuse = (reason: ItemReason, message: string, remedy: string): Decision => ({
  action: 'REFUSE',
  reason,
  message,
  remedy,
});

export const update = (existing: Item, reason: ItemReason, message: string): Decision => ({
  action: 'UPDATE',
  reason,
  message,
  existing,
  isDestructive: true,
});
