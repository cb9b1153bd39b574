import type { DirectoryEntry } from '../platform/index.js';
import { isOfEveryItem } from './item-values.js';
import { KnownNames } from './known-names.js';
import type { MappingMatch, MappingSet, MetadataRule } from './mapping-set.js';
import type { BothDirectories } from './name-mapper.js';
import { NameTable } from './names.js';
import { readTemplate } from './template.js';
import type { TemplatePiece } from './template.js';

/** How a field at the destination is filled: the first rule that gives a value does. */
export interface FieldPlan {
  field: DirectoryEntry;
  /** Why the destination can hold nothing there; null when it can. */
  refusal: string | null;
  rules: readonly ReadyRule[];
  isRequired: boolean;
}

export interface ReadyRule {
  set: MappingSet;
  rule: MetadataRule;
  /** How the rule came to be: ENTRY when it was given, else how its fields were linked. */
  match: MappingMatch;
  pieces: readonly TemplatePiece[];
  choices: NameTable<string>;
}

/** A source field that automatic matches were to link and that no field at the destination belongs to. */
export interface UnlinkedField {
  key: string;
  label: string;
  set: MappingSet;
}

export interface MetadataPlan {
  fields: readonly FieldPlan[];
  unlinked: readonly UnlinkedField[];
}

/** Lays out what the rules of all sets, and the fields that their automatic matches link, fill in an item. */
export function planMetadata(sets: readonly MappingSet[], { source, destination }: BothDirectories): MetadataPlan {
  const given = sets.flatMap((set) => set.metadataRules.map((rule) => readyRule(set, rule, 'ENTRY')));
  const links = linkFields(sets, given, { source, destination });
  const required = (destination ?? []).filter(({ isRequired }) => isRequired);
  const rules = [...given, ...links.rules];
  const keys = new Set([...rules.map(({ rule }) => rule.destinationField), ...required.map(({ key }) => key)]);
  return {
    fields: [...keys].map((key) => fieldPlan(key, rules, destination)),
    unlinked: links.unlinked,
  };
}

function fieldPlan(key: string, all: readonly ReadyRule[], destination: BothDirectories['destination']): FieldPlan {
  const field = destinationField(key, destination);
  const rules = all.filter(({ rule }) => rule.destinationField === key);
  return {
    field,
    refusal: refusalOf(field, destination),
    rules,
    isRequired: field.isRequired === true || rules.some(({ rule }) => rule.isRequired),
  };
}

/** What is kept of every item where the platform keeps it at all, whatever its directory tells. */
const STANDARD: readonly Pick<DirectoryEntry, 'key' | 'type'>[] = [
  { key: 'description', type: 'TEXT' },
  { key: 'private', type: 'BOOLEAN' },
  { key: 'versionNotes', type: 'TEXT' },
];

function destinationField(key: string, destination: BothDirectories['destination']): DirectoryEntry {
  const known = destination?.find((entry) => entry.key === key);
  const type = STANDARD.find((entry) => entry.key === key)?.type ?? 'TEXT';
  return known ?? { key, label: key, email: null, choices: [], type };
}

/** A key with a colon, such as `xattr:user.project`, is named by whoever writes it: a directory cannot tell all of them. */
function refusalOf({ key, label, isReadOnly }: DirectoryEntry, destination: BothDirectories['destination']) {
  if (isReadOnly) return `The destination fills the field “${label}” itself.`;
  const isTold = destination === null || destination.some((entry) => entry.key === key) || key.includes(':');
  return isTold || STANDARD.some((entry) => entry.key === key) ? null : `The destination has no field “${key}”.`;
}

function readyRule(set: MappingSet, rule: MetadataRule, match: MappingMatch): ReadyRule {
  const read = rule.origin.kind === 'TEMPLATE' ? readTemplate(rule.origin.template) : [];
  if (typeof read === 'string') throw new Error(`The template for ${rule.destinationField} cannot be read: ${read}`);
  return { set, rule, match, pieces: read, choices: new NameTable(rule.choices.map(({ from, to }) => [from, to])) };
}

/**
 * Fields of the source that no rule reads, linked in the ways that the sets list to fields that no rule fills. KEEP_NAME keeps the key
 * of a field where the destination has it.
 */
function linkFields(sets: readonly MappingSet[], given: readonly ReadyRule[], directories: BothDirectories) {
  const filled = new Set(given.map(({ rule }) => rule.destinationField));
  const read = new Set(given.flatMap(({ rule: { origin } }) => (origin.kind === 'FIELD' ? [origin.field] : [])));
  const free = (directories.destination ?? []).filter(({ key, isReadOnly }) => !isReadOnly && !filled.has(key));
  const linking = sets
    .filter(({ automaticMatches }) => automaticMatches.length > 0)
    .map((set) => linkingSet(set, free));
  const links: Links = { rules: [], unlinked: [] };
  for (const entry of directories.source ?? []) {
    const unread = read.has(entry.key) ? [] : linking;
    const excluding = unread.find(({ excludes }) => excludes(entry));
    if (!excluding) linkField(entry, unread, filled, links);
  }
  return links;
}

interface Links {
  rules: ReadyRule[];
  unlinked: UnlinkedField[];
}

interface LinkingSet {
  set: MappingSet;
  excludes: (entry: DirectoryEntry) => boolean;
  find: (entry: DirectoryEntry) => { key: string; match: MappingMatch } | null;
}

function linkingSet(set: MappingSet, free: readonly DirectoryEntry[]): LinkingSet {
  const exclusions = new NameTable(set.exclusions.map((name) => [name, true]));
  const known = new KnownNames(free);
  const matches = [...set.automaticMatches, ...(set.unmapped === 'KEEP_NAME' ? (['ID'] as const) : [])];
  return {
    set,
    excludes: ({ key, label }) => (exclusions.find(key) ?? exclusions.find(label)) === true,
    find: (entry) => known.find(entry, matches),
  };
}

function linkField(entry: DirectoryEntry, sets: readonly LinkingSet[], filled: Set<string>, links: Links): void {
  for (const { set, find } of sets) {
    const found = find(entry);
    if (!found || filled.has(found.key)) continue;
    filled.add(found.key);
    links.rules.push(readyRule(set, copying(entry.key, found.key), found.match));
    return;
  }
  const last = sets.at(-1);
  if (last && !isOfEveryItem(entry.key)) links.unlinked.push({ key: entry.key, label: entry.label, set: last.set });
}

const copying = (field: string, destinationField: string): MetadataRule => ({
  destinationField,
  origin: { kind: 'FIELD', field },
  defaultValue: null,
  choices: [],
  isRequired: false,
});
