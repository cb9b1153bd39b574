import { invalid } from '../errors.js';
import type { NameRules } from '../options.js';
import type { FolderItem, Item } from './types.js';

/** The name as it is stored. Refuses with 400 what the rules forbid. */
export function acceptName(rules: NameRules, sent: unknown): string {
  const text = typeof sent === 'string' ? sent : '';
  const trimmed = rules.trim ? text.trim() : text;
  if (trimmed === '' && rules.rejectEmpty) throw invalid('name', "can't be blank");
  if (trimmed.length > rules.maxLength) {
    throw invalid('name', `is too long (maximum is ${rules.maxLength} characters)`);
  }
  return rules.rewriteSpecial ? trimmed.replace(/[\\/:*?"<>|\u0000-\u001f]/g, '_') : trimmed;
}

/** What two names of one parent must not share. */
export function nameKey(rules: NameRules, kind: Item['kind'], name: string): string {
  const folded = rules.caseInsensitive ? name.toLowerCase() : name;
  return rules.shared || kind === 'folder' ? folded : `${folded}\u0000file`;
}

/** Refuses with 400 when another live child of the parent holds the name. */
export function requireFree(rules: NameRules, parent: FolderItem, kind: Item['kind'], name: string, self?: number) {
  const holder = parent.liveNames.get(nameKey(rules, kind, name));
  if (holder !== undefined && holder !== self) throw invalid('name', 'has already been taken');
}

/** The name itself or, when it is taken, the first `name (n).ext` that is free. */
export function uniqueName(rules: NameRules, parent: FolderItem, kind: Item['kind'], name: string): string {
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  let candidate = name;
  for (let n = 1; parent.liveNames.has(nameKey(rules, kind, candidate)); n += 1)
    candidate = `${stem} (${n})${extension}`;
  return candidate;
}
