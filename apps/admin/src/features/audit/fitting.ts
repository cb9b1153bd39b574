import type { Choice } from './data.js';

export interface Group {
  group: string;
  items: Choice[];
}

/** Those choices that have the text in their name, whatever its case, and the one that is chosen; groups without one are left out. */
export function fitting(groups: readonly Group[], text: string, chosen: string | undefined): Group[] {
  const part = text.toLowerCase();
  return groups
    .map(({ group, items }) => ({
      group,
      items: items.filter(({ value, label }) => value === chosen || label.toLowerCase().includes(part)),
    }))
    .filter(({ items }) => items.length > 0);
}
