import type { ItemRule } from '../platform/index.js';
import type { Judged } from './conditions.js';
import { ItemFilter } from './item-filter.js';
import { NO_CONDITION } from './ready-made.js';

export const NOW = Date.UTC(2026, 10, 21, 12);
export const include = (rule: Partial<ItemRule>): ItemRule => ({ ...NO_CONDITION, isExclusion: false, ...rule });
export const exclude = (rule: Partial<ItemRule>): ItemRule => ({ ...NO_CONDITION, isExclusion: true, ...rule });

export const FILE: Judged = {
  kind: 'FILE',
  size: 100,
  createdAt: new Date(NOW - 1_000),
  modifiedAt: new Date(NOW - 1_000),
  description: null,
  isPrivate: null,
};
export const FOLDER: Judged = { ...FILE, kind: 'FOLDER', size: null };

export const pathOf = (text: string): string[] => text.split('/').filter((name) => name !== '');

/** Standing and deciding filter of an item; a path that ends with `/` is a folder. */
export function verdict(rules: readonly ItemRule[], path: string, item: Partial<Judged> = {}): string {
  const judged = { ...(path.endsWith('/') ? FOLDER : FILE), ...item };
  const { standing, rule } = new ItemFilter(rules, NOW).judge(pathOf(path), judged);
  return rule === null ? standing : `${standing} by ${rule}`;
}
